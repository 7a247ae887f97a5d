#include "services/declaration/domain/sheet.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/timestamp.h"
#include "common/resource/name.h"
#include "common/status/errors.h"

namespace staraction::declaration::domain {
namespace {

using Scan = v1::PledgeScan;

bool IsOf(const paper::FormCode& code, const v1::Campaign& campaign) {
  return code.kind == paper::FormKind::kPledge && code.resource == LastId(campaign.name());
}

bool Waits(const Scan::Sheet& sheet) {
  switch (sheet.outcome()) {
    case Scan::OUTCOME_OTHER_CAMPAIGN:
    case Scan::OUTCOME_OTHER_FORM:
    case Scan::OUTCOME_NOT_ON_LIST:
    case Scan::OUTCOME_UNREADABLE:
      return true;
    default:
      return false;
  }
}

const char* TextOf(const Scan::Sheet& sheet) {
  switch (sheet.outcome()) {
    case Scan::OUTCOME_RECORDED:
      return "誓約を記録しました";
    case Scan::OUTCOME_ALREADY_PLEDGED:
      return "この人の誓約は記録済みです。変更はしていません";
    case Scan::OUTCOME_OTHER_CAMPAIGN:
      return "別の誓約の取り組みの用紙です。その取り組みに登録し直してください";
    case Scan::OUTCOME_OTHER_FORM:
      return "誓約書ではない用紙です";
    case Scan::OUTCOME_NOT_ON_LIST:
      return "対象者の一覧にない人の用紙です";
    case Scan::OUTCOME_UNREADABLE:
      return sheet.page() == 0
                 ? "ファイルを読み取れません。画像を確かめ、だれの用紙かを選んでください"
                 : "用紙のコードを読み取れません。画像を確かめ、だれの用紙かを選んでください";
    case Scan::OUTCOME_ASSIGNED:
      return "だれの用紙かを選び、誓約を記録しました";
    case Scan::OUTCOME_DISCARDED:
      return "誓約書ではないページとして扱いました";
    default:
      return "";
  }
}

Scan::Sheet NewSheet(int page, Scan::Outcome outcome) {
  Scan::Sheet sheet;
  sheet.set_page(page);
  Conclude(outcome, sheet);
  return sheet;
}

Scan::Outcome OutcomeOf(const paper::FormCode& code, const v1::Campaign& campaign) {
  if (code.kind != paper::FormKind::kPledge) return Scan::OUTCOME_OTHER_FORM;
  if (!IsOf(code, campaign)) return Scan::OUTCOME_OTHER_CAMPAIGN;
  return code.member.empty() ? Scan::OUTCOME_NOT_ON_LIST : Scan::OUTCOME_UNSPECIFIED;
}

}  // namespace

SheetCheck CheckCodes(const paper::ScannedPages& pages, const v1::Campaign& campaign,
                      const v1::Pledge& pledge) {
  SheetCheck check;
  for (const auto& codes : pages) {
    for (const paper::FormCode& code : codes) {
      if (IsOf(code, campaign) && code.member == LastId(pledge.member())) return SheetCheck();
      check.fits = false;
      if (IsOf(code, campaign)) check.member = code.member;
    }
  }
  return check;
}

absl::Status WrongSheet(const std::string& display_name) {
  if (!display_name.empty()) {
    return InvalidField("scan", absl::StrCat("is the sheet of ", display_name, ", by its code"),
                        absl::StrCat("コードによると、", display_name, "さんの用紙です"));
  }
  return InvalidField("scan", "is no sheet of this campaign, by its code",
                      "コードによると、この誓約の取り組みの用紙ではありません");
}

std::vector<Scan::Sheet> NewSheets(const paper::ScannedPages& pages, const v1::Campaign& campaign) {
  if (pages.empty()) return {NewSheet(0, Scan::OUTCOME_UNREADABLE)};
  std::vector<Scan::Sheet> sheets;
  for (size_t i = 0; i < pages.size(); ++i) {
    const int page = static_cast<int>(i) + 1;
    if (pages[i].empty()) sheets.push_back(NewSheet(page, Scan::OUTCOME_UNREADABLE));
    for (const paper::FormCode& code : pages[i]) {
      Scan::Sheet& sheet = sheets.emplace_back(NewSheet(page, OutcomeOf(code, campaign)));
      sheet.set_code(paper::EncodeFormCode(code));
    }
  }
  return sheets;
}

std::string MemberOf(const Scan::Sheet& sheet) {
  const auto code = paper::DecodeFormCode(sheet.code());
  return sheet.outcome() == Scan::OUTCOME_UNSPECIFIED && code ? code->member : "";
}

void Conclude(Scan::Outcome outcome, Scan::Sheet& sheet) {
  sheet.set_outcome(outcome);
  sheet.set_text(TextOf(sheet));
}

void Resolve(Scan::Outcome outcome, const Act& act, Scan::Sheet& sheet) {
  Conclude(outcome, sheet);
  sheet.set_resolved_by(act.actor);
  *sheet.mutable_resolve_time() = ToTimestamp(act.now);
}

absl::StatusOr<Scan::Sheet*> FindOpenSheet(Scan& scan, int page, bool assign) {
  bool waits = false;
  for (Scan::Sheet& sheet : *scan.mutable_sheets()) {
    if (sheet.page() != page || !Waits(sheet)) continue;
    if (!assign || sheet.outcome() == Scan::OUTCOME_UNREADABLE) return &sheet;
    waits = true;
  }
  if (waits) {
    return InvalidField("page", "has a readable code, which says whose it is",
                        "コードを読み取れた用紙なので、別の人の用紙にはできません");
  }
  return InvalidField("page", absl::StrCat(page, " has no sheet that waits"),
                      absl::StrCat(page, "ページに、確認待ちの用紙はありません"));
}

int OpenSheets(const Scan& scan) {
  return static_cast<int>(std::count_if(scan.sheets().begin(), scan.sheets().end(), Waits));
}

void SetState(Scan& scan) {
  scan.set_state(OpenSheets(scan) > 0 ? Scan::STATE_OPEN : Scan::STATE_DONE);
}

void SetActions(Scan& scan) {
  scan.clear_allowed_actions();
  if (scan.state() != Scan::STATE_OPEN) return;
  const bool unreadable = std::any_of(
      scan.sheets().begin(), scan.sheets().end(),
      [](const Scan::Sheet& sheet) { return sheet.outcome() == Scan::OUTCOME_UNREADABLE; });
  if (unreadable) scan.add_allowed_actions("assignSheet");
  scan.add_allowed_actions("discardSheet");
}

}  // namespace staraction::declaration::domain
