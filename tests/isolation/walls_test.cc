// What tries the walls must see a leak when there is one.

#include "tests/isolation/walls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/json/message_writer.h"
#include "staraction/engagement/v1/client_service.pb.h"
#include "tests/isolation/rest_transport.h"
#include "tests/isolation/untried.h"

namespace staraction::test {
namespace {

using google::protobuf::MethodDescriptor;

constexpr char kForeign[] = "clients/0190a000-0000-7000-8000-00000000000c";
constexpr char kMember[] =
    "clients/0190a000-0000-7000-8000-00000000000c/members/0190a000-0000-7000-8000-00000000000d";
constexpr char kOwn[] = "clients/0190a000-0000-7000-8000-0000000000aa";
constexpr char kSecret[] = "clients/0190a000-0000-7000-8000-0000000000ee";

enum class Fault { kNone, kCode, kText, kHeader, kTells };

// Answers as a service with this fault would; no name is known to it but the foreign ones.
class FaultyService : public Transport {
 public:
  explicit FaultyService(Fault fault) : fault_(fault) {}
  std::string name() const override { return "fake"; }
  bool Serves(const MethodDescriptor&) const override { return true; }
  Answer Send(const MethodDescriptor&, const google::protobuf::Message& request,
              const std::string&) override {
    std::string text;
    AppendJson(request, JsonStyle(), text);
    const bool foreign = text.find("00000000000c") != std::string::npos;
    Answer answer;
    answer.code = foreign && fault_ == Fault::kCode ? "PERMISSION_DENIED" : "NOT_FOUND";
    answer.text = text + (foreign && fault_ == Fault::kText ? " of somebody" : "");
    answer.headers = foreign && fault_ == Fault::kHeader ? "x-cached: yes\n" : "";
    if (fault_ == Fault::kTells) absl::StrAppend(&answer.text, " see ", kSecret);
    return answer;
  }

 private:
  const Fault fault_;
};

size_t LeaksWith(Fault fault) {
  FaultyService service(fault);
  NameBook own, victim;
  own.Add(kOwn);
  for (const char* name : {kForeign, kMember, kSecret}) victim.Add(name);
  Walls walls(service, victim, 5, 1);
  const auto* clients =
      engagement::v1::GetMemberRequest::descriptor()->file()->FindServiceByName("ClientService");
  walls.Try(*clients->FindMethodByName("GetMember"), {"somebody", "token", &own});
  EXPECT_GE(walls.requests(), 4);
  return walls.leaks().size();
}

TEST(WallsTest, SeesEachKindOfLeak) {
  EXPECT_EQ(LeaksWith(Fault::kNone), 0U);
  for (const Fault fault : {Fault::kCode, Fault::kText, Fault::kHeader, Fault::kTells}) {
    EXPECT_GT(LeaksWith(fault), 0U) << static_cast<int>(fault);
  }
}

// Finds each request malformed before it looks anything up.
class StrictService : public Transport {
 public:
  std::string name() const override { return "strict"; }
  bool Serves(const MethodDescriptor&) const override { return true; }
  Answer Send(const MethodDescriptor& method, const google::protobuf::Message&,
              const std::string&) override {
    Answer answer;
    answer.code = method.name() == "GetMember" ? "INVALID_ARGUMENT" : "NOT_FOUND";
    return answer;
  }
};

TEST(WallsTest, TellsWhatItNeverTried) {
  StrictService service;
  NameBook own, victim;
  own.Add(kOwn);
  victim.Add(kMember);
  Walls walls(service, victim, 5, 1);
  const auto* clients =
      engagement::v1::GetMemberRequest::descriptor()->file()->FindServiceByName("ClientService");
  for (const char* method : {"GetMember", "ListMembers", "DeleteAccess"}) {
    walls.Try(*clients->FindMethodByName(method), {"somebody", "token", &own});
  }
  const std::string get = "shallow engagement.v1.ClientService.GetMember name";
  const std::string access = "unpaired engagement.v1.ClientService.DeleteAccess name";
  EXPECT_THAT(Untried(walls.tried()), testing::ElementsAre(get, access));
  EXPECT_THAT(CompareUntried(walls.tried(), get + ": why\n\n# more\n" + access + ": why\n"),
              testing::IsEmpty());
  EXPECT_THAT(CompareUntried(walls.tried(), get + ": why\nshallow gone name: why\n" + access),
              testing::UnorderedElementsAre(testing::HasSubstr("no reason: " + access),
                                            testing::HasSubstr("or gone: shallow gone name")));
  EXPECT_THAT(CompareUntried(walls.tried(), access + ": why"),
              testing::ElementsAre(testing::HasSubstr("not in the list: " + get)));
}

// Times of a noisy machine: 1 ms to 1 s for both, and `more` for the foreign one.
TimePairs Times(int count, absl::Duration more) {
  std::mt19937 random(7);
  std::exponential_distribution<double> noise(200);
  TimePairs pairs;
  for (int i = 0; i < count; ++i) {
    const auto took = [&] { return absl::Milliseconds(1) + absl::Seconds(noise(random)); };
    pairs.emplace_back(took() + more, took());
  }
  return pairs;
}

TEST(WallsTest, TellsFiveMillisecondsFromNoise) {
  for (const int count : {40, 200, 2000}) {
    EXPECT_FALSE(TellsByTime(Times(count, absl::ZeroDuration()), absl::Milliseconds(1))) << count;
  }
  EXPECT_TRUE(TellsByTime(Times(200, absl::Milliseconds(5)), absl::Milliseconds(1)));
  EXPECT_TRUE(TellsByTime(Times(200, -absl::Milliseconds(5)), absl::Milliseconds(1)));
}

TEST(WallsTest, MakesRestRequestsFromRoutes) {
  engagement::v1::UpdateMemberRequest update;
  update.mutable_member()->set_name(kMember);
  update.mutable_member()->set_display_name("北浜 隆");
  update.mutable_update_mask()->add_paths("display_name");
  const auto& service = *update.GetDescriptor()->file()->FindServiceByName("ClientService");
  const RestRequest patch = ToRest(*service.FindMethodByName("UpdateMember"), update);
  EXPECT_EQ(patch.verb, "PATCH");
  EXPECT_EQ(patch.path, absl::StrCat("/v1/", kMember, "?updateMask=displayName"));
  EXPECT_EQ(patch.body, R"({"displayName":"北浜 隆"})");
  engagement::v1::ListMembersRequest list;
  list.set_parent(kForeign);
  list.set_page_size(5);
  EXPECT_EQ(ToRest(*service.FindMethodByName("ListMembers"), list).path,
            absl::StrCat("/v1/", kForeign, "/members?pageSize=5"));
}

}  // namespace
}  // namespace staraction::test
