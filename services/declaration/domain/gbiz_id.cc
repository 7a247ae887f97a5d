#include "services/declaration/domain/gbiz_id.h"

#include <algorithm>
#include <optional>

#include "services/declaration/domain/day.h"

namespace staraction::declaration::domain {
namespace {

using engagement::v1::GbizId;

content::v1::GbizIdKind ToContent(GbizId::Kind kind) {
  switch (kind) {
    case GbizId::KIND_PRIME:
      return content::v1::GBIZ_ID_KIND_PRIME;
    case GbizId::KIND_MEMBER:
      return content::v1::GBIZ_ID_KIND_MEMBER;
    case GbizId::KIND_ENTRY:
      return content::v1::GBIZ_ID_KIND_ENTRY;
    default:
      return content::v1::GBIZ_ID_KIND_UNSPECIFIED;
  }
}

// Everything that a case looks at.
struct Situation {
  const GbizId& gbiz_id;
  const content::v1::DeclarationProcedure& procedure;
  absl::CivilDay today;
  std::optional<absl::CivilDay> planned;

  std::optional<absl::CivilDay> expiry() const { return FromProtoDate(gbiz_id.expiry_date()); }
  bool could_be_had() const {
    return gbiz_id.kind() != GbizId::KIND_NOT_ELIGIBLE && gbiz_id.kind() != GbizId::KIND_ENTRY;
  }
  bool not_applied() const {
    return !gbiz_id.ready() && could_be_had() && !gbiz_id.has_apply_date();
  }
};

bool IsDue(const content::v1::GbizIdAdvice& advice, const Situation& now) {
  const auto kind = now.gbiz_id.kind();
  const auto expiry = now.expiry();
  const bool expired = expiry && *expiry < now.today;
  switch (advice.when()) {
    case content::v1::GBIZ_ID_CASE_UNKNOWN:
      return kind == GbizId::KIND_UNSPECIFIED;
    case content::v1::GBIZ_ID_CASE_NOT_ELIGIBLE:
      return kind == GbizId::KIND_NOT_ELIGIBLE;
    case content::v1::GBIZ_ID_CASE_NOT_ACCEPTED:
      return ToContent(kind) != content::v1::GBIZ_ID_KIND_UNSPECIFIED &&
             !Accepts(now.procedure, ToContent(kind));
    case content::v1::GBIZ_ID_CASE_NOT_APPLIED:
      return kind != GbizId::KIND_UNSPECIFIED && now.not_applied();
    case content::v1::GBIZ_ID_CASE_EXPECTED_LATE:
      return !now.gbiz_id.ready() && now.planned && now.gbiz_id.has_expected_date() &&
             DayOf(now.gbiz_id.expected_date()) > *now.planned;
    case content::v1::GBIZ_ID_CASE_SHORT_LEAD:
      return now.not_applied() && now.planned && *now.planned - now.today < advice.days();
    case content::v1::GBIZ_ID_CASE_EXPIRED:
      return expired;
    case content::v1::GBIZ_ID_CASE_EXPIRES_BEFORE:
      return expiry && !expired && now.planned && *expiry < *now.planned;
    case content::v1::GBIZ_ID_CASE_EXPIRES_SOON:
      return expiry && !expired && *expiry - now.today <= advice.days();
    case content::v1::GBIZ_ID_CASE_MEMBER:
      return kind == GbizId::KIND_MEMBER;
    default:
      return false;
  }
}

bool Applies(const content::v1::GbizIdAdvice& advice, const v1::Declaration& declaration) {
  if (advice.field().empty()) return true;
  return std::any_of(declaration.fields().begin(), declaration.fields().end(),
                     [&advice](const v1::DeclarationField& field) {
                       return field.code() == advice.field() && field.value() == advice.value();
                     });
}

}  // namespace

bool Accepts(const content::v1::DeclarationProcedure& procedure, content::v1::GbizIdKind kind) {
  const auto& kinds = procedure.gbiz_id_kinds();
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool IsUsable(const GbizId& gbiz_id, const content::v1::DeclarationProcedure& procedure,
              absl::CivilDay day) {
  if (procedure.gbiz_id_kinds().empty()) return true;
  const bool expired = gbiz_id.has_expiry_date() && DayOf(gbiz_id.expiry_date()) < day;
  return gbiz_id.ready() && !expired && Accepts(procedure, ToContent(gbiz_id.kind()));
}

std::vector<v1::GbizIdWarning> WarningsOf(const GbizId& gbiz_id,
                                          const content::v1::DeclarationProcedure& procedure,
                                          const v1::Declaration& declaration,
                                          absl::CivilDay today) {
  std::vector<v1::GbizIdWarning> warnings;
  if (declaration.state() != v1::Declaration::STATE_DRAFT &&
      declaration.state() != v1::Declaration::STATE_READY) {
    return warnings;
  }
  const Situation now{gbiz_id, procedure, today, FromProtoDate(declaration.planned_date())};
  for (const auto& advice : procedure.gbiz_id_advice()) {
    if (!Applies(advice, declaration) || !IsDue(advice, now)) continue;
    auto& warning = warnings.emplace_back();
    warning.set_code(advice.code());
    warning.set_text(advice.text().ja());
    warning.set_uncertainty(advice.uncertainty().note().ja());
  }
  return warnings;
}

}  // namespace staraction::declaration::domain
