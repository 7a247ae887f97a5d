// The database away for ten seconds: answers stay quick and clear, readiness follows, liveness
// does not, and everything is back by itself.

#include <unistd.h>

#include "common/rpc/health.h"
#include "services/engagement/testing/world.h"

namespace staraction::engagement {
namespace {

class DatabaseGoneTest : public ::testing::Test {
 protected:
  bool Serving(const std::string& what) {
    return WaitUntilServing(world_.service().address(), absl::Milliseconds(50), what).ok();
  }
  bool WaitFor(bool serving, absl::Duration limit) {
    const absl::Time until = RealClock()() + limit;
    while (Serving("") != serving && RealClock()() < until) usleep(50'000);
    return Serving("") == serving;
  }

  World world_;
};

TEST_F(DatabaseGoneTest, TenSecondsAway) {
  const v1::Client client = world_.CreateClient("consultant");
  v1::GetClientRequest get;
  get.set_name(client.name());
  EXPECT_TRUE(Serving(""));
  test::TestDatabase::CrashCluster();
  const absl::Time gone = RealClock()();
  EXPECT_TRUE(WaitFor(false, absl::Seconds(5)));
  while (RealClock()() < gone + absl::Seconds(10)) {
    const absl::Time asked = RealClock()();
    EXPECT_THAT(world_.Clients("consultant", &v1::ClientService::Stub::GetClient, get),
                test::StatusIs(absl::StatusCode::kUnavailable));
    EXPECT_LT(RealClock()() - asked, absl::Seconds(4));
    EXPECT_TRUE(Serving("live"));
    usleep(200'000);
  }
  test::TestDatabase::StartCluster();
  EXPECT_TRUE(WaitFor(true, absl::Seconds(5)));
  EXPECT_OK(world_.Clients("consultant", &v1::ClientService::Stub::GetClient, get));
}

}  // namespace
}  // namespace staraction::engagement
