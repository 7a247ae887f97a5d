#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/text.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "services/declaration/domain/day.h"
#include "services/declaration/domain/declaration.h"
#include "services/declaration/domain/deviations.h"
#include "services/declaration/domain/gbiz_id.h"

// What the company did is recorded, also where it went another way than the procedure says.
namespace staraction::declaration::domain {
namespace {

bool HadEnded(const content::v1::DeclarationProcedure& procedure, absl::CivilDay day) {
  return procedure.has_valid_to() && DayOf(procedure.valid_to()) < day;
}

// Whether the day lies outside of the procedure's time.
bool IsOutside(const content::v1::DeclarationProcedure& procedure, absl::CivilDay day) {
  return day < DayOf(procedure.valid_from()) || HadEnded(procedure, day);
}

void AddSubmissionDeviations(const v1::RecordSubmissionRequest& request,
                             const v1::Declaration& declaration,
                             const content::v1::DeclarationProcedure* procedure,
                             Deviations& deviations) {
  if (declaration.state() == v1::Declaration::STATE_DRAFT) {
    deviations.Add("NOT_PREPARED", "準備が完了する前に提出されました");
  }
  if (procedure != nullptr) {
    if (!Accepts(*procedure, request.gbiz_id_kind())) {
      deviations.Add("GBIZ_ID_KIND", "手続きが認める種類のGビズIDではありません");
    }
    const absl::CivilDay day = DayOf(request.submit_date());
    if (IsOutside(*procedure, day)) {
      deviations.Add("OUTSIDE_PROCEDURE", "提出日がこの手続きの期間の外です");
    }
  }
  const std::string& acknowledged = declaration.acknowledgement().rule_list();
  const std::string& expected = acknowledged.empty() ? declaration.rule_list() : acknowledged;
  if (!request.shown_rule_list().empty() && request.shown_rule_list() != expected) {
    deviations.Add("OTHER_RULE_LIST", "画面に示された一覧が、社長が確かめた一覧と異なります");
  }
}

bool Fits(const content::v1::DeclarationIdPattern& pattern, const std::string& id) {
  return static_cast<int>(id.size()) == pattern.length() &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         absl::StrContains(pattern.first_digits(), id.substr(0, 1));
}

// The procedure that gives ids of this form: the declaration's own, else an ended one.
const content::v1::DeclarationProcedure* IssuerOf(const std::string& id,
                                                  const content::v1::DeclarationProcedure* own,
                                                  const content::Library& library,
                                                  absl::CivilDay day) {
  if (own != nullptr && Fits(own->declaration_id(), id)) return own;
  for (const auto* other : library.List<content::v1::DeclarationProcedure>()) {
    if (HadEnded(*other, day) && Fits(other->declaration_id(), id)) return other;
  }
  return nullptr;
}

std::string NormalizeId(const std::string& typed) {
  std::string id = NormalizeCode(typed);
  id.erase(std::remove_if(id.begin(), id.end(), [](char c) { return c == '-' || c == ' '; }),
           id.end());
  return id;
}

Violation BadId(const content::v1::DeclarationProcedure* procedure) {
  const auto& pattern = procedure == nullptr ? content::v1::DeclarationIdPattern::default_instance()
                                             : procedure->declaration_id();
  return {
      "issued_id",
      absl::StrCat("wanted ", pattern.length(), " digits beginning with ", pattern.first_digits()),
      absl::StrCat("自己宣言IDは", pattern.first_digits(), "で始まる", pattern.length(),
                   "桁の数字です")};
}

void AddIssuedId(const std::string& id, const v1::RecordIssueRequest& request, const Act& act,
                 v1::Declaration& declaration) {
  auto* entry = declaration.add_id_history();
  entry->set_issued_id(id);
  *entry->mutable_issue_date() = request.issue_date();
  entry->set_reason(request.reason());
  entry->set_recorded_by(act.actor);
  *entry->mutable_record_time() = ToTimestamp(act.now);
}

}  // namespace

absl::StatusOr<v1::DeclarationEvent> RecordSubmission(const v1::RecordSubmissionRequest& request,
                                                      const content::Library& library,
                                                      const Act& act,
                                                      v1::Declaration& declaration) {
  std::vector<Violation> violations;
  RefuseFuture(request.submit_date(), "submit_date", act.now, violations);
  if (!request.shown_rule_list().empty() &&
      library.FindRuleList(request.shown_rule_list()) == nullptr) {
    violations.push_back(UnknownContent("shown_rule_list", request.shown_rule_list()));
  }
  Deviations deviations(request.reason(), act);
  AddSubmissionDeviations(request, declaration, ProcedureOf(declaration, library), deviations);
  deviations.WantReason(violations);
  if (!violations.empty()) return InvalidFields(violations);
  deviations.AddTo(declaration);
  auto* submission = declaration.mutable_submission();
  *submission->mutable_submit_date() = request.submit_date();
  submission->set_gbiz_id_kind(request.gbiz_id_kind());
  submission->set_submitted_by(request.submitted_by());
  submission->set_shown_rule_list(request.shown_rule_list());
  submission->set_recorded_by(act.actor);
  *submission->mutable_record_time() = ToTimestamp(act.now);
  declaration.set_state(v1::Declaration::STATE_SUBMITTED);
  v1::DeclarationEvent event = NewDeclarationEvent("recordSubmission", request.submitted_by(), act);
  *event.mutable_effective_date() = request.submit_date();
  return event;
}

absl::StatusOr<v1::DeclarationEvent> RecordIssue(const v1::RecordIssueRequest& request,
                                                 const content::Library& library, const Act& act,
                                                 v1::Declaration& declaration) {
  const absl::CivilDay today = TokyoDay(act.now);
  const std::string id = NormalizeId(request.issued_id());
  const auto* own = ProcedureOf(declaration, library);
  const auto* issuer = IssuerOf(id, own, library, today);
  std::vector<Violation> violations;
  RefuseFuture(request.issue_date(), "issue_date", act.now, violations);
  if (DayOf(request.issue_date()) < DayOf(declaration.submission().submit_date())) {
    violations.push_back({"issue_date", "is before the submission", "提出日より前の日付です"});
  }
  if (issuer == nullptr) violations.push_back(BadId(own));
  Deviations deviations(request.reason(), act);
  if (issuer != nullptr && IsOutside(*issuer, DayOf(request.issue_date()))) {
    deviations.Add("ID_OF_OTHER_PERIOD", "IDの形が、受け取った日の手続きのものではありません");
    deviations.WantReason(violations);
  }
  if (!declaration.issued_id().empty() && request.reason().empty() && deviations.empty()) {
    violations.push_back({"reason", "is required to correct an id that was recorded",
                          "記録済みのIDを訂正する理由を入力してください"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  if (issuer != own || HadEnded(*issuer, today)) {
    deviations.Add("LEGACY_ID", absl::StrCat(issuer->title().ja(),
                                             "で発行された旧形式のIDです。補助金などでは"
                                             "新しいIDを求められることがあります"));
  }
  deviations.AddTo(declaration);
  AddIssuedId(id, request, act, declaration);
  declaration.set_issued_id(id);
  *declaration.mutable_issue_date() = request.issue_date();
  declaration.set_state(v1::Declaration::STATE_ISSUED);
  v1::DeclarationEvent event = NewDeclarationEvent("recordIssue", id, act);
  *event.mutable_effective_date() = request.issue_date();
  return event;
}

absl::StatusOr<v1::DeclarationEvent> RecordStop(const v1::RecordStopRequest& request,
                                                const Act& act, v1::Declaration& declaration) {
  std::vector<Violation> violations;
  RefuseFuture(request.stop_date(), "stop_date", act.now, violations);
  if (request.superseded_by() == declaration.name()) {
    violations.push_back({"superseded_by", "is this declaration itself", "この宣言自身です"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  auto* stop = declaration.mutable_stop();
  *stop->mutable_stop_date() = request.stop_date();
  stop->set_reason(request.reason());
  stop->set_superseded_by(request.superseded_by());
  stop->set_recorded_by(act.actor);
  *stop->mutable_record_time() = ToTimestamp(act.now);
  declaration.set_state(request.superseded_by().empty() ? v1::Declaration::STATE_STOPPED
                                                        : v1::Declaration::STATE_SUPERSEDED);
  v1::DeclarationEvent event = NewDeclarationEvent("recordStop", request.reason(), act);
  *event.mutable_effective_date() = request.stop_date();
  return event;
}

}  // namespace staraction::declaration::domain
