#ifndef STARACTION_SERVICES_TRAINING_REPORT_SERVICE_H_
#define STARACTION_SERVICES_TRAINING_REPORT_SERVICE_H_

#include <map>
#include <string>
#include <vector>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/training/roster.h"
#include "staraction/training/v1/report_service.grpc.pb.h"

namespace staraction::training {

// Figures of an engagement's training. Thread safe.
class ReportService final : public v1::ReportService::CallbackService {
 public:
  ReportService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Roster& roster)
      : rpc_(rpc), pool_(pool), library_(library), roster_(roster) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* GetTrainingReport(Context* context, const v1::GetTrainingReportRequest* request,
                             v1::TrainingReport* response) override;

 private:
  using Rosters = std::map<absl::CivilDay, std::vector<Person>>;

  // Everybody on each of the report's days, the last of which is today.
  absl::StatusOr<Rosters> ReadRosters(const Call& call, const std::string& engagement);
  // Coverage: now, by department, and on each day.
  absl::Status AddCoverage(pg::Transaction& tx, const std::string& engagement,
                           const Rosters& rosters, v1::TrainingReport& report) const;
  // Figures of the tests.
  absl::Status AddTests(pg::Transaction& tx, const std::string& engagement,
                        const std::vector<Person>& people, v1::TrainingReport& report) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Roster& roster_;
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_REPORT_SERVICE_H_
