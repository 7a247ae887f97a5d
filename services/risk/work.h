#ifndef STARACTION_SERVICES_RISK_WORK_H_
#define STARACTION_SERVICES_RISK_WORK_H_

#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "staraction/diagnosis/v1/diagnosis_service.grpc.pb.h"
#include "staraction/diagnosis/v1/measure_service.grpc.pb.h"
#include "staraction/diagnosis/v1/rulebook_service.grpc.pb.h"

namespace staraction::risk {

// A measure that a treatment wants.
struct WantedMeasure {
  std::string control;    // code
  std::string treatment;  // "clients/{client}/treatments/{treatment}"
  std::string owner;      // empty: undecided
  google::type::Date due_date;
};

// Diagnoses and measures of the call's client. Thread safe.
class Work {
 public:
  virtual ~Work() = default;
  // One diagnosis with its answers; NOT_FOUND if there is none.
  virtual absl::StatusOr<diagnosis::v1::Diagnosis> Diagnosis(const Call& call,
                                                             const std::string& name) = 0;
  // Proposes the measure for a control unless one for it is open, and decides it if `wanted` has
  // owner and day; the measure's name.
  virtual absl::StatusOr<std::string> MeasureFor(const Call& call, const WantedMeasure& wanted) = 0;
  // Measures for controls that are done or verified: names by the control's code.
  virtual absl::StatusOr<std::map<std::string, std::string>> DoneControls(const Call& call) = 0;
};

// The diagnosis service's, with the caller's own rights.
class DiagnosisWork : public Work {
 public:
  explicit DiagnosisWork(const std::shared_ptr<grpc::Channel>& channel)
      : diagnoses_(diagnosis::v1::DiagnosisService::NewStub(channel)),
        measures_(diagnosis::v1::MeasureService::NewStub(channel)),
        rulebook_(diagnosis::v1::RulebookService::NewStub(channel)) {}
  absl::StatusOr<diagnosis::v1::Diagnosis> Diagnosis(const Call& call,
                                                     const std::string& name) override;
  absl::StatusOr<std::string> MeasureFor(const Call& call, const WantedMeasure& wanted) override;
  absl::StatusOr<std::map<std::string, std::string>> DoneControls(const Call& call) override;

 private:
  absl::Status Decide(const Call& call, const std::string& measure,
                      const WantedMeasure& wanted) const;
  absl::Status AddDone(const Call& call, diagnosis::v1::Measure::State state,
                       std::map<std::string, std::string>& done) const;

  const std::unique_ptr<diagnosis::v1::DiagnosisService::Stub> diagnoses_;
  const std::unique_ptr<diagnosis::v1::MeasureService::Stub> measures_;
  const std::unique_ptr<diagnosis::v1::RulebookService::Stub> rulebook_;
};

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_WORK_H_
