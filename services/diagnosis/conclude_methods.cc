// How a diagnosis ends.

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/obs/log.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/diagnosis/diagnosis_service.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/domain/practice.h"
#include "services/diagnosis/measure_acts.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/sheets.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using content::v1::QUESTIONNAIRE_KIND_PRACTICE_CHECK;
using content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS;
using pg::Transaction;
using Reactor = DiagnosisService::Reactor;

absl::Status CheckSomebodyAnswered(const v1::Diagnosis& diagnosis, const domain::Sheets& sheets) {
  for (const auto& sheet : sheets) {
    if (sheet.state() == v1::AnswerSheet::STATE_SUBMITTED) return absl::OkStatus();
  }
  return CriteriaUnmet(diagnosis.name(),
                       {{"answer_sheets", "nobody has answered yet", "まだ誰も回答していません"}});
}

}  // namespace

Reactor* DiagnosisService::ConcludeDiagnosis(Context* context,
                                             const v1::ConcludeDiagnosisRequest* request,
                                             v1::Diagnosis* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Diagnosis> {
        SA_ASSIGN_OR_RETURN(const auto diagnosis, pool_.Read(call, [&](Transaction& tx) {
          return kDiagnoses.Get(tx, request->name());
        }));
        ClientProfile profile;
        if (diagnosis.kind() == QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) {
          // A result doesn't wait for whom it is compared with: without a profile, with all.
          const auto known = roster_.Profile(call);
          if (known.ok()) profile = *known;
        }
        return pool_.Write(call, *request,
                           [&](Transaction& tx) { return Conclude(tx, *request, profile); });
      });
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Conclude(
    Transaction& tx, const v1::ConcludeDiagnosisRequest& request,
    const ClientProfile& profile) const {
  SA_ASSIGN_OR_RETURN(v1::Diagnosis diagnosis, kDiagnoses.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), diagnosis.etag(), diagnosis.name()));
  SA_ASSIGN_OR_RETURN(const auto state, domain::After(diagnosis, "conclude"));
  SA_ASSIGN_OR_RETURN(const auto* questions, RequireQuestionnaire(library_, diagnosis));
  SA_RETURN_IF_ERROR(Fill(tx, *questions, diagnosis));
  if (diagnosis.kind() != QUESTIONNAIRE_KIND_PRACTICE_CHECK) {
    const auto missing = domain::MissingItems(*questions, diagnosis);
    if (!missing.empty()) return CriteriaUnmet(diagnosis.name(), missing);
  }
  SA_RETURN_IF_ERROR(Follow(tx, *questions, diagnosis, profile));
  diagnosis.set_state(state);
  diagnosis.set_concluded_by(tx.call().Actor());
  *diagnosis.mutable_conclude_time() = pg::ToTimestamp(tx.now());
  SA_ASSIGN_OR_RETURN(diagnosis, kDiagnoses.Update(tx, std::move(diagnosis)));
  return WithActions(library_, tx.call().language, std::move(diagnosis));
}

absl::Status DiagnosisService::Follow(Transaction& tx, const content::v1::Questionnaire& questions,
                                      const v1::Diagnosis& diagnosis,
                                      const ClientProfile& profile) const {
  if (diagnosis.kind() == QUESTIONNAIRE_KIND_PRACTICE_CHECK) {
    SA_ASSIGN_OR_RETURN(const auto sheets, SheetsOf(tx, diagnosis.name()));
    SA_RETURN_IF_ERROR(CheckSomebodyAnswered(diagnosis, sheets));
    return ProposeAll(tx, domain::FollowUps(questions, diagnosis, sheets));
  }
  SA_RETURN_IF_ERROR(MakeMeasures(tx, questions, diagnosis));
  if (diagnosis.kind() != QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) return absl::OkStatus();
  return AskForCount(tx, questions, profile);
}

Reactor* DiagnosisService::AbandonDiagnosis(Context* context,
                                            const v1::AbandonDiagnosisRequest* request,
                                            v1::Diagnosis* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Diagnosis> {
      SA_ASSIGN_OR_RETURN(v1::Diagnosis diagnosis, kDiagnoses.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), diagnosis.etag(), diagnosis.name()));
      SA_ASSIGN_OR_RETURN(const auto state, domain::After(diagnosis, "abandon"));
      diagnosis.set_state(state);
      diagnosis.set_abandon_reason(request->reason());
      SA_ASSIGN_OR_RETURN(diagnosis, kDiagnoses.Update(tx, std::move(diagnosis)));
      return WithActions(library_, call.language, std::move(diagnosis));
    });
  });
}

}  // namespace staraction::diagnosis
