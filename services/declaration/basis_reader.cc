#include "services/declaration/basis_reader.h"

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/rpc/peer.h"
#include "services/declaration/domain/declaration.h"
#include "services/declaration/store/page_checks.h"

namespace staraction::declaration {

absl::StatusOr<std::optional<diagnosis::v1::Diagnosis>> RemoteDiagnosisReader::FindSelfDiagnosis(
    const Call& call, const std::string& engagement) {
  using Stub = diagnosis::v1::DiagnosisService::Stub;
  std::optional<diagnosis::v1::Diagnosis> last;
  diagnosis::v1::ListDiagnosesRequest request;
  request.set_parent(engagement);
  do {
    SA_ASSIGN_OR_RETURN(const auto page, CallPeer(call, *stub_, &Stub::ListDiagnoses, request));
    for (const auto& each : page.diagnoses()) {
      const bool fits = each.kind() == content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS &&
                        each.state() == diagnosis::v1::Diagnosis::STATE_CONCLUDED;
      if (fits) last = each;
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return last;
}

absl::StatusOr<v1::DeclarationBasis> BasisReader::Read(const Call& call,
                                                       const std::string& engagement, int star) {
  v1::DeclarationBasis basis;
  if (star != domain::kTwoStars) return basis;
  SA_ASSIGN_OR_RETURN(const auto diagnosis, diagnoses_.FindSelfDiagnosis(call, engagement));
  if (diagnosis) {
    basis.set_diagnosis(diagnosis->name());
    *basis.mutable_diagnosis_date() =
        ToProtoDate(TokyoDay(FromTimestamp(diagnosis->conclude_time())));
  }
  SA_ASSIGN_OR_RETURN(const auto policy, ReadPolicy(documents_, call, false));
  if (policy) {
    basis.set_policy_revision(policy->revision());
    basis.set_policy_digest(policy->digest());
    *basis.mutable_policy_date() = policy->approve_date();
  }
  SA_ASSIGN_OR_RETURN(const v1::Publication publication, pool_.Read(call, [](pg::Transaction& tx) {
    return ReadPolicyPublication(tx);
  }));
  basis.set_publication(publication.name());
  basis.set_publication_place(publication.url().empty() ? publication.description()
                                                        : publication.url());
  return basis;
}

}  // namespace staraction::declaration
