#include "services/risk/work.h"

#include "common/base/macros.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"

namespace staraction::risk {

using diagnosis::v1::Measure;
using DiagnosisStub = diagnosis::v1::DiagnosisService::Stub;
using MeasureStub = diagnosis::v1::MeasureService::Stub;
using RulebookStub = diagnosis::v1::RulebookService::Stub;

absl::StatusOr<diagnosis::v1::Diagnosis> DiagnosisWork::Diagnosis(const Call& call,
                                                                  const std::string& name) {
  diagnosis::v1::GetDiagnosisRequest request;
  request.set_name(name);
  return CallPeer<DiagnosisStub, diagnosis::v1::GetDiagnosisRequest, diagnosis::v1::Diagnosis>(
      call, *diagnoses_, &DiagnosisStub::GetDiagnosis, request);
}

absl::Status DiagnosisWork::Decide(const Call& call, const std::string& measure,
                                   const WantedMeasure& wanted) const {
  diagnosis::v1::DecideMeasureRequest request;
  request.set_name(measure);
  request.set_owner(wanted.owner);
  *request.mutable_due_date() = wanted.due_date;
  return CallPeer<RulebookStub, diagnosis::v1::DecideMeasureRequest, Measure>(
             call, *rulebook_, &RulebookStub::DecideMeasure, request)
      .status();
}

absl::StatusOr<std::string> DiagnosisWork::MeasureFor(const Call& call,
                                                      const WantedMeasure& wanted) {
  diagnosis::v1::CreateMeasureRequest request;
  request.set_parent(call.client_name());
  request.mutable_measure()->set_control(wanted.control);
  request.mutable_measure()->set_treatment(wanted.treatment);
  const absl::StatusOr<Measure> measure =
      CallPeer<MeasureStub, diagnosis::v1::CreateMeasureRequest, Measure>(
          call, *measures_, &MeasureStub::CreateMeasure, request);
  if (measure.ok()) {
    if (!wanted.owner.empty()) SA_RETURN_IF_ERROR(Decide(call, measure->name(), wanted));
    return measure->name();
  }
  const auto info = GetDetail<google::rpc::ErrorInfo>(measure.status());
  if (!absl::IsAlreadyExists(measure.status()) || !info) return measure.status();
  const auto open = info->metadata().find("resource");
  return open == info->metadata().end() ? absl::StatusOr<std::string>(measure.status())
                                        : open->second;
}

absl::Status DiagnosisWork::AddDone(const Call& call, Measure::State state,
                                    std::map<std::string, std::string>& done) const {
  diagnosis::v1::ListMeasuresRequest request;
  request.set_parent(call.client_name());
  request.set_page_size(1000);
  request.set_state(state);
  do {
    const absl::StatusOr<diagnosis::v1::ListMeasuresResponse> page =
        CallPeer<RulebookStub, diagnosis::v1::ListMeasuresRequest,
                 diagnosis::v1::ListMeasuresResponse>(call, *rulebook_, &RulebookStub::ListMeasures,
                                                      request);
    if (!page.ok()) return page.status();
    for (const Measure& measure : page->measures()) {
      if (!measure.control().empty()) done[measure.control()] = measure.name();
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::StatusOr<std::map<std::string, std::string>> DiagnosisWork::DoneControls(const Call& call) {
  std::map<std::string, std::string> done;
  SA_RETURN_IF_ERROR(AddDone(call, Measure::STATE_DONE, done));
  SA_RETURN_IF_ERROR(AddDone(call, Measure::STATE_VERIFIED, done));
  return done;
}

}  // namespace staraction::risk
