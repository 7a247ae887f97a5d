#ifndef STARACTION_SERVICES_TRAINING_ATTEMPT_SERVICE_H_
#define STARACTION_SERVICES_TRAINING_ATTEMPT_SERVICE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/training/roster.h"
#include "staraction/training/v1/attempt_service.grpc.pb.h"

namespace staraction::training {

// Where a drawing begins: any number, not negative.
using SeedSource = std::function<int64_t()>;

// From the operating system's generator.
SeedSource RandomSeeds();

// Attempts, follow-ups and completions. Thread safe. (Abandoning and correcting:
// correct_methods.cc; follow-ups and completions: follow_up_methods.cc.)
class AttemptService final : public v1::AttemptService::CallbackService {
 public:
  AttemptService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Roster& roster,
                 SeedSource seeds)
      : rpc_(rpc), pool_(pool), library_(library), roster_(roster), seeds_(std::move(seeds)) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateAttempt(Context* context, const v1::CreateAttemptRequest* request,
                         v1::Attempt* response) override;
  Reactor* GetAttempt(Context* context, const v1::GetAttemptRequest* request,
                      v1::Attempt* response) override;
  Reactor* ListAttempts(Context* context, const v1::ListAttemptsRequest* request,
                        v1::ListAttemptsResponse* response) override;
  Reactor* SubmitAttempt(Context* context, const v1::SubmitAttemptRequest* request,
                         v1::Attempt* response) override;

  Reactor* AbandonAttempt(Context* context, const v1::AbandonAttemptRequest* request,
                          v1::Attempt* response) override;
  Reactor* CorrectAttempt(Context* context, const v1::CorrectAttemptRequest* request,
                          v1::Attempt* response) override;

  Reactor* GetFollowUp(Context* context, const v1::GetFollowUpRequest* request,
                       v1::FollowUp* response) override;
  Reactor* ListFollowUps(Context* context, const v1::ListFollowUpsRequest* request,
                         v1::ListFollowUpsResponse* response) override;
  Reactor* CompleteFollowUp(Context* context, const v1::CompleteFollowUpRequest* request,
                            v1::FollowUp* response) override;
  Reactor* ListCompletions(Context* context, const v1::ListCompletionsRequest* request,
                           v1::ListCompletionsResponse* response) override;

 private:
  // INVALID_ARGUMENT unless the member is on the call's client's roster.
  absl::Status CheckMember(const Call& call, const std::string& member);
  // Fills in the questions and stores the attempt, if it is the member's next.
  absl::StatusOr<v1::Attempt> Draw(pg::Transaction& tx, const std::string& parent,
                                   v1::Attempt attempt) const;
  // The version that everybody in the engagement is asked from, as long as it is loaded.
  absl::StatusOr<const content::v1::Course*> PinnedCourse(pg::Transaction& tx,
                                                          const std::string& parent,
                                                          const std::string& course) const;
  // One for each missed topic of the attempt but these.
  absl::Status InsertFollowUps(pg::Transaction& tx, const v1::Attempt& attempt,
                               const std::vector<std::string>& done = {}) const;
  absl::StatusOr<v1::Attempt> Correct(pg::Transaction& tx,
                                      const v1::CorrectAttemptRequest& request) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Roster& roster_;
  const SeedSource seeds_;
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_ATTEMPT_SERVICE_H_
