// The server layer, jobs and facts, through a real service whose facts do what a test wants.

#include <grpcpp/create_channel.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "common/base/id.h"
#include "common/status/errors.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "google/protobuf/wrappers.pb.h"

namespace staraction {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::HasSubstr;

constexpr char kClient[] = "0190a000-0000-7000-8000-00000000000c";

class HostTest : public ::testing::Test {
 protected:
  HostTest()
      : service_({"engagement", {}}, keys_, &access_,
                 [this](Host& host) -> absl::StatusOr<std::shared_ptr<void>> {
                   host.ServeFacts(
                       [this](pg::Transaction& tx, const std::string&) { return collect_(tx); });
                   host.jobs().Add("test", [this](const Job& job) { return run_(job); });
                   return std::make_shared<int>(0);
                 }),
        facts_(fact::v1::FactService::NewStub(service_.channel())),
        token_(*keys_.signer("training")->Service(test::kOrganization, kClient)) {}

  absl::StatusOr<fact::v1::FactSheet> Collect(const std::string& token) {
    fact::v1::CollectFactsRequest request;
    request.set_client(std::string("clients/") + kClient);
    return test::CallAs(token, *facts_, &fact::v1::FactService::Stub::CollectFacts, request);
  }
  Call OwnCall() {
    return SystemCall("engagement", test::kOrganization, kClient, RealClock()(), absl::Seconds(10));
  }

  using Facts = absl::StatusOr<std::vector<fact::v1::Fact>>;
  std::function<Facts(pg::Transaction&)> collect_ = [](pg::Transaction&) {
    return Facts(std::vector<fact::v1::Fact>());
  };
  std::function<absl::Status(const Job&)> run_ = [](const Job&) { return absl::OkStatus(); };
  test::TestKeys keys_;
  test::TestAccess access_;
  test::TestService service_;
  std::unique_ptr<fact::v1::FactService::Stub> facts_;
  const std::string token_;
};

TEST_F(HostTest, ExceptionsBecomeNeutralInternalErrors) {
  collect_ = [](pg::Transaction&) -> Facts { throw std::runtime_error("secret detail"); };
  const auto answer = Collect(token_);
  EXPECT_THAT(answer, StatusIs(StatusCode::kInternal, HasSubstr("log id")));
  EXPECT_THAT(answer.status().ToString(), ::testing::Not(HasSubstr("secret")));
  collect_ = [](pg::Transaction&) { return Facts(std::vector<fact::v1::Fact>()); };
  EXPECT_OK(Collect(token_));  // the worker lives on
}

TEST_F(HostTest, TheRequestsIdStandsInErrorsAndTravelsToRecords) {
  static constexpr char kId[] = "0190a000-feed-4000-8000-00000000beef";
  collect_ = [this](pg::Transaction& tx) -> Facts {
    EXPECT_EQ(tx.call().correlation_id, kId);
    google::protobuf::StringValue request;
    EXPECT_OK(service_.host().pool().Write(
        tx.call(), request, [](pg::Transaction&) -> absl::StatusOr<google::protobuf::StringValue> {
          return google::protobuf::StringValue();
        }));
    return NotFound("clients/x");
  };
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + token_);
  context.AddMetadata("x-request-id", kId);
  fact::v1::CollectFactsRequest request;
  request.set_client(std::string("clients/") + kClient);
  fact::v1::FactSheet sheet;
  const auto status = FromGrpc(facts_->CollectFacts(&context, request, &sheet));
  ASSERT_THAT(status, StatusIs(StatusCode::kNotFound));
  EXPECT_EQ(GetDetail<google::rpc::RequestInfo>(status)->request_id(), kId);
  EXPECT_EQ(service_.database().Query("select correlation_id as value from engagement.audit_entry"),
            kId);
}

TEST_F(HostTest, WithoutAFitIdTheTracesTakesItsPlace) {
  constexpr char kTrace[] = "0af7651916cd43dd8448eb211c80319c";
  for (const char* given : {"", "yamada.taro@example.co.jp"}) {
    grpc::ClientContext context;
    context.AddMetadata("traceparent", std::string("00-") + kTrace + "-b7ad6b7169203331-00");
    if (*given != 0) context.AddMetadata("x-request-id", given);
    fact::v1::FactSheet sheet;
    const auto status = FromGrpc(facts_->CollectFacts(&context, {}, &sheet));
    ASSERT_THAT(status, StatusIs(StatusCode::kUnauthenticated));
    EXPECT_EQ(GetDetail<google::rpc::RequestInfo>(status)->request_id(), kTrace) << given;
  }
}

TEST_F(HostTest, MoreCallsThanQueueAreRefusedAtOnceAndTheRestIsAnswered) {
  std::atomic<bool> go{false};
  std::atomic<int> running{0};
  collect_ = [&](pg::Transaction&) -> Facts {
    ++running;
    while (!go) std::this_thread::yield();
    return std::vector<fact::v1::Fact>();
  };
  constexpr int kCalls = 120;
  std::atomic<int> refused{0}, answered{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kCalls; ++i) {
    threads.emplace_back([&] {
      const auto answer = Collect(token_);
      if (answer.ok()) {
        ++answered;
      } else {
        EXPECT_THAT(answer, StatusIs(StatusCode::kResourceExhausted));
        EXPECT_TRUE(GetDetail<google::rpc::RetryInfo>(answer.status()).has_value());
        ++refused;
      }
    });
    // Both workers are busy before the queue fills, so that its length alone decides.
    while (i == 1 && running < 2) std::this_thread::yield();
  }
  // The queue holds 64 and two run: the others come back while those still wait.
  while (refused < kCalls - 66) std::this_thread::yield();
  EXPECT_EQ(answered, 0);
  go = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refused, kCalls - 66);
  EXPECT_EQ(answered, 66);
}

TEST_F(HostTest, CallersAreCheckedBeforeShapes) {
  fact::v1::CollectFactsRequest empty;
  const auto collect = &fact::v1::FactService::Stub::CollectFacts;
  EXPECT_THAT(test::CallAs("", *facts_, collect, empty), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(test::CallAs("nonsense", *facts_, collect, empty),
              StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(test::CallAs(keys_.User("somebody"), *facts_, collect, empty),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(test::CallAs(token_, *facts_, collect, empty),
              StatusIs(StatusCode::kInvalidArgument));
  grpc::ClientContext twice;
  twice.AddMetadata("authorization", "Bearer " + token_);
  twice.AddMetadata("authorization", "Bearer " + token_);
  fact::v1::FactSheet sheet;
  EXPECT_EQ(facts_->CollectFacts(&twice, empty, &sheet).error_code(), grpc::UNAUTHENTICATED);
}

TEST_F(HostTest, AServiceReachesItsOwnClientOnly) {
  fact::v1::CollectFactsRequest request;
  request.set_client("clients/0190a000-0000-7000-8000-0000000000ff");
  EXPECT_THAT(test::CallAs(token_, *facts_, &fact::v1::FactService::Stub::CollectFacts, request),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(HostTest, HopelessDeadlinesAreRefused) {
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + token_);
  context.set_deadline(absl::ToChronoTime(RealClock()() + absl::Milliseconds(15)));
  fact::v1::CollectFactsRequest request;
  request.set_client(std::string("clients/") + kClient);
  fact::v1::FactSheet sheet;
  std::atomic<bool> ran{false};
  collect_ = [&](pg::Transaction&) -> Facts {
    ran = true;
    return std::vector<fact::v1::Fact>();
  };
  EXPECT_EQ(facts_->CollectFacts(&context, request, &sheet).error_code(), grpc::DEADLINE_EXCEEDED);
  EXPECT_FALSE(ran);
}

TEST_F(HostTest, AJobRunsOnceItsTransactionCommittedAndAgainAfterFailure) {
  std::atomic<int> runs{0};
  run_ = [&](const Job& job) -> absl::Status {
    EXPECT_EQ(job.key, "k");
    return ++runs == 1 ? absl::UnavailableError("not yet") : absl::OkStatus();
  };
  const absl::Status rolled_back = service_.host().pool().Run(OwnCall(), [](pg::Transaction& tx) {
    EXPECT_OK(EnqueueJob(tx, "test", "lost", absl::ZeroDuration()));
    return absl::AbortedError("changed my mind");
  });
  EXPECT_FALSE(rolled_back.ok());
  ASSERT_OK(service_.host().pool().Run(OwnCall(), [](pg::Transaction& tx) {
    return EnqueueJob(tx, "test", "k", absl::ZeroDuration());
  }));
  const absl::Time until = RealClock()() + absl::Seconds(20);
  while (service_.database().Query("select count(*) as value from engagement.job") != "0" &&
         RealClock()() < until) {
    std::this_thread::yield();
  }
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(service_.database().Query("select count(*) as value from engagement.job"), "0");
}

// The value of a family's line whose labels include these; -1 if there is none.
double Value(const Metrics& metrics, const std::string& name, const prometheus::Labels& labels) {
  for (const auto& family : metrics.Collect()) {
    if (family.name != name) continue;
    for (const auto& metric : family.metric) {
      size_t found = 0;
      for (const auto& label : metric.label) {
        const auto wanted = labels.find(label.name);
        found += wanted != labels.end() && wanted->second == label.value ? 1 : 0;
      }
      if (found != labels.size()) continue;
      return family.type == prometheus::MetricType::Counter ? metric.counter.value
                                                            : metric.gauge.value;
    }
  }
  return -1;
}

TEST_F(HostTest, JobsThatFailAreSeen) {
  run_ = [](const Job&) { return absl::UnavailableError("never"); };
  ASSERT_OK(service_.host().pool().Run(OwnCall(), [](pg::Transaction& tx) {
    return EnqueueJob(tx, "test", "k", absl::ZeroDuration());
  }));
  const Metrics& metrics = service_.host().metrics();
  const absl::Time until = RealClock()() + absl::Seconds(30);
  while (Value(metrics, "staraction_jobs_failing", {{"kind", "test"}}) < 1 &&
         RealClock()() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(Value(metrics, "staraction_jobs_failing", {{"kind", "test"}}), 1);
  EXPECT_EQ(Value(metrics, "staraction_jobs_waiting", {{"kind", "test"}}), 1);
  EXPECT_GE(Value(metrics, "staraction_job_runs_total", {{"kind", "test"}, {"outcome", "failed"}}),
            3);
  EXPECT_EQ(Value(metrics, "staraction_job_runs_total", {{"kind", "test"}, {"outcome", "ok"}}), 0);
}

TEST_F(HostTest, GaugesAreAbsentWhenTheyCannotBeRead) {
  Metrics metrics("engagement", "test");
  DatabaseGauges gauges("staraction_database_gauges_read", service_.host().jobs_pool(), RealClock(),
                        absl::ZeroDuration(), metrics);
  static const pg::Statement unknown("test_gauge_unknown", "select 1", pg::Statement::Role::kJobs);
  AddJobGauges(gauges);
  EXPECT_EQ(Value(metrics, "staraction_database_gauges_read", {}), 1);
  // The pool's connections are open and know no statement that was made later.
  gauges.Add({"staraction_unknown", "Never there.", {}, &unknown});
  EXPECT_EQ(Value(metrics, "staraction_database_gauges_read", {}), 0);
  EXPECT_EQ(Value(metrics, "staraction_unknown", {}), -1);
}

TEST_F(HostTest, TwoRunnersShareTheJobsWithoutDoublingThem) {
  std::atomic<int> runs{0};
  Metrics metrics("engagement", "test");
  pg::PoolOptions options;
  options.url = service_.database().jobs_url();
  options.role = pg::Statement::Role::kJobs;
  options.service = "engagement";
  pg::Pool first_pool(options), second_pool(options);
  // A kind of its own: the service's runner leaves it alone.
  JobRunner first(first_pool, RealClock(), metrics), second(second_pool, RealClock(), metrics);
  for (JobRunner* runner : {&first, &second}) {
    runner->Add("shared", [&](const Job&) {
      ++runs;
      return absl::OkStatus();
    });
  }
  for (int i = 0; i < 200; ++i) {
    ASSERT_OK(service_.host().pool().Run(OwnCall(), [&](pg::Transaction& tx) {
      return EnqueueJob(tx, "shared", std::to_string(i), absl::ZeroDuration());
    }));
  }
  const auto drain = [](JobRunner& runner) {
    while (true) {
      const auto ran = runner.RunDue();
      ASSERT_OK(ran);
      if (*ran == 0) return;
    }
  };
  std::thread other([&] { drain(second); });
  drain(first);
  other.join();
  EXPECT_EQ(runs, 200);
}

}  // namespace
}  // namespace staraction
