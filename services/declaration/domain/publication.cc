#include "services/declaration/domain/publication.h"

#include <algorithm>

#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "services/declaration/domain/action.h"
#include "services/declaration/domain/day.h"
#include "services/declaration/domain/deviations.h"
#include "services/declaration/domain/page_check.h"

namespace staraction::declaration::domain {
namespace {

using Publication = v1::Publication;

constexpr Allowed<Publication::State> kPublication[] = {
    {Publication::STATE_PUBLISHED, "check"},
    {Publication::STATE_PUBLISHED, "checkPage"},
    {Publication::STATE_PUBLISHED, "withdraw"},
};

bool IsPage(const Publication& publication) {
  return publication.medium() == content::v1::ANNOUNCEMENT_MEDIUM_WEB_PAGE;
}

void CheckShape(const v1::CreatePublicationRequest& request,
                const std::optional<v1::Declaration>& declaration, const Act& act,
                std::vector<Violation>& violations) {
  const Publication& wanted = request.publication();
  RefuseFuture(wanted.publish_date(), "publication.publish_date", act.now, violations);
  if (wanted.has_proof_date()) {
    RefuseFuture(wanted.proof_date(), "publication.proof_date", act.now, violations);
  }
  if (request.proof().empty() == wanted.has_proof_date()) {
    violations.push_back({"publication.proof_date", "wanted with a picture, and only then",
                          "画像を添えるときは、その日付を指定してください"});
  }
  if (wanted.kind() == Publication::KIND_ANNOUNCEMENT && !declaration) {
    violations.push_back({"publication.declaration", "is required for an announcement",
                          "どの自己宣言を知らせたかを指定してください"});
  }
  if (IsPage(wanted) && wanted.url().empty()) {
    violations.push_back(
        {"publication.url", "is required for a web page", "ページのアドレスを入力してください"});
  }
  if (!IsPage(wanted) && wanted.description().empty()) {
    violations.push_back({"publication.description", "wanted where it is to be seen",
                          "どこに、どのように載せたかを入力してください"});
  }
}

void AddPolicyDeviations(const Publication& wanted,
                         const std::optional<document::v1::Approved>& policy,
                         Deviations& deviations) {
  if (!policy) {
    deviations.Add("NOT_APPROVED", "承認された基本方針がありません");
  } else if (DayOf(wanted.publish_date()) < DayOf(policy->approve_date())) {
    deviations.Add("BEFORE_APPROVAL", "基本方針が承認される前に公開しています");
  }
}

void AddDeviations(const v1::CreatePublicationRequest& request, const PublishedThing& thing,
                   const content::Library& library, Deviations& deviations) {
  const Publication& wanted = request.publication();
  if (!IsPage(wanted) && request.proof().empty()) {
    deviations.Add("NO_PICTURE", "日付の分かる写真や画像がありません");
  }
  if (wanted.kind() == Publication::KIND_POLICY) {
    AddPolicyDeviations(wanted, thing.policy, deviations);
  }
  if (wanted.kind() == Publication::KIND_ANNOUNCEMENT && thing.declaration) {
    const bool issued = !thing.declaration->issued_id().empty();
    if (!issued || DayOf(wanted.publish_date()) < DayOf(thing.declaration->issue_date())) {
      deviations.Add("BEFORE_ISSUE", "自己宣言IDが出る前に知らせています");
    }
  }
  const auto findings = CheckWording(wanted.text(), library);
  if (!findings.empty()) {
    std::string words;
    for (const auto& finding : findings) absl::StrAppend(&words, "「", finding.word(), "」");
    deviations.Add("WORDING", absl::StrCat("宣言の説明に使わない言葉", words, "があります"));
  }
}

}  // namespace

absl::StatusOr<Publication> NewPublication(const v1::CreatePublicationRequest& request,
                                           const PublishedThing& thing,
                                           const content::Library& library, const Act& act) {
  std::vector<Violation> violations;
  CheckShape(request, thing.declaration, act, violations);
  Deviations deviations(request.reason(), act);
  AddDeviations(request, thing, library, deviations);
  deviations.WantReason(violations);
  if (!violations.empty()) return InvalidFields(violations);
  Publication publication = request.publication();
  if (thing.declaration) publication.set_engagement(thing.declaration->engagement());
  if (thing.policy && publication.kind() == Publication::KIND_POLICY) {
    publication.set_revision(thing.policy->revision());
    publication.set_revision_digest(thing.policy->digest());
  }
  publication.set_state(Publication::STATE_PUBLISHED);
  publication.set_recorded_by(act.actor);
  deviations.AddTo(publication);
  return publication;
}

absl::Status CheckAction(const Publication& publication, const std::string& verb) {
  return CheckVerb(VerbsOf(kPublication, publication.state()), publication.name(),
                   Publication::State_Name(publication.state()), verb);
}

absl::Status Check(const v1::CheckPublicationRequest& request, const Act& act,
                   Publication& publication) {
  const google::type::Date day =
      request.has_check_date() ? request.check_date() : ToProtoDate(TokyoDay(act.now));
  std::vector<Violation> violations;
  RefuseFuture(day, "check_date", act.now, violations);
  if (DayOf(day) < DayOf(publication.publish_date())) {
    violations.push_back({"check_date", "is before the first day", "載せた日より前の日付です"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  auto* check = publication.add_checks();
  *check->mutable_check_date() = day;
  check->set_visible(request.visible());
  check->set_note(request.note());
  check->set_recorded_by(act.actor);
  *check->mutable_record_time() = ToTimestamp(act.now);
  return absl::OkStatus();
}

absl::Status Withdraw(const v1::WithdrawPublicationRequest& request, const Act& act,
                      Publication& publication) {
  std::vector<Violation> violations;
  RefuseFuture(request.withdraw_date(), "withdraw_date", act.now, violations);
  if (DayOf(request.withdraw_date()) < DayOf(publication.publish_date())) {
    violations.push_back({"withdraw_date", "is before the first day", "載せた日より前の日付です"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  auto* withdrawal = publication.mutable_withdrawal();
  *withdrawal->mutable_withdraw_date() = request.withdraw_date();
  withdrawal->set_reason(request.reason());
  withdrawal->set_recorded_by(act.actor);
  *withdrawal->mutable_record_time() = ToTimestamp(act.now);
  publication.set_state(Publication::STATE_WITHDRAWN);
  return absl::OkStatus();
}

void Complete(const content::Library& library, Publication& publication) {
  publication.clear_findings();
  for (auto& finding : CheckWording(publication.text(), library)) {
    *publication.add_findings() = std::move(finding);
  }
  publication.set_counts(publication.kind() == Publication::KIND_POLICY &&
                         publication.state() == Publication::STATE_PUBLISHED &&
                         (!publication.url().empty() || publication.has_proof()));
  publication.clear_allowed_actions();
  for (const std::string& verb : VerbsOf(kPublication, publication.state())) {
    if (verb != "checkPage" || HasPolicyPage(publication)) publication.add_allowed_actions(verb);
  }
}

}  // namespace staraction::declaration::domain
