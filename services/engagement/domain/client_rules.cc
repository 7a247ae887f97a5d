#include "services/engagement/domain/client_rules.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/engagement/domain/code.h"

namespace staraction::engagement::domain {
namespace {

using v1::Client;
using v1::GbizId;
using State = v1::ClientHome::GbizIdState;

constexpr int kEndingDays = 60;

class Violations {
 public:
  void If(bool wrong, const char* field, std::string en, std::string ja) {
    if (wrong) list_.push_back({std::string("client.") + field, std::move(en), std::move(ja)});
  }
  absl::Status ToStatus() const { return list_.empty() ? absl::OkStatus() : InvalidFields(list_); }

 private:
  std::vector<Violation> list_;
};

void CheckKind(const Client& client, Violations& wrong) {
  if (client.kind() != v1::CLIENT_KIND_SOLE_PROPRIETOR) return;
  wrong.If(!client.corporate_number().empty(), "corporate_number",
           absl::StrCat("came ", client.corporate_number(),
                        "; a sole proprietor has none: leave it empty, or choose another kind"),
           absl::StrCat(client.corporate_number(),
                        " が入力されました。個人事業主に法人番号はありません。空にするか、"
                        "事業者の種類を見直してください"));
  wrong.If(client.has_capital_yen() && client.capital_yen() != 0, "capital_yen",
           absl::StrCat("came ", client.capital_yen(), "; a sole proprietor has none"),
           absl::StrCat(client.capital_yen(),
                        " が入力されました。個人事業主に資本金はありません。空にしてください"));
  wrong.If(client.representative_name().empty(), "representative_name",
           "nothing came; want the proprietor's own name",
           "値がありません。個人事業主は、代表者（ご本人）の氏名を入力してください");
}

void CheckRepeats(const Client& client, Violations& wrong) {
  std::set<std::string> seen;
  for (const std::string& code : client.practices()) {
    wrong.If(!seen.insert(code).second, "practices",
             absl::StrCat("came ", code, " twice; want each code once"),
             absl::StrCat(code, " が2回入力されました。1回だけ入れてください"));
  }
}

void CheckGbizId(const Client& client, Violations& wrong) {
  const GbizId& gbiz = client.gbiz_id();
  const bool not_eligible = gbiz.kind() == GbizId::KIND_NOT_ELIGIBLE;
  wrong.If(not_eligible && client.kind() != v1::CLIENT_KIND_ORGANISATION, "gbiz_id.kind",
           "came KIND_NOT_ELIGIBLE; only organisations can be unable to get one",
           "「作成できない」を選べるのは団体だけです。法人と個人事業主はGビズIDを作成できます");
  const bool refused =
      not_eligible || gbiz.kind() == GbizId::KIND_ENTRY || gbiz.kind() == GbizId::KIND_UNSPECIFIED;
  wrong.If(gbiz.ready() && refused, "gbiz_id.ready",
           absl::StrCat("came true with ", GbizId::Kind_Name(gbiz.kind()),
                        "; the portal accepts KIND_PRIME and KIND_MEMBER only"),
           "宣言に使えるのはGビズIDプライムかメンバーです。種類を確かめてください");
  const auto applied = FromProtoDate(gbiz.apply_date());
  for (const auto& [field, date] : {std::pair{"gbiz_id.expected_date", gbiz.expected_date()},
                                    std::pair{"gbiz_id.expiry_date", gbiz.expiry_date()}}) {
    const auto day = FromProtoDate(date);
    if (!day || !applied) continue;
    wrong.If(*day < *applied, field,
             absl::StrCat("came ", FormatIsoDate(*day), "; want a day on or after apply_date ",
                          FormatIsoDate(*applied)),
             absl::StrCat(FormatIsoDate(*day), " は申請日より前です。申請日（",
                          FormatIsoDate(*applied), "）以降の日付を入力してください"));
  }
}

State Make(State::Kind kind, const std::string& text, std::optional<absl::CivilDay> day = {}) {
  State state;
  state.set_kind(kind);
  state.set_text(text);
  if (day) *state.mutable_date() = ToProtoDate(*day);
  return state;
}

State ReadyState(const GbizId& gbiz, absl::CivilDay today) {
  const auto end = FromProtoDate(gbiz.expiry_date());
  if (!end) return Make(State::KIND_READY, "利用できます");
  const std::string day = FormatJapaneseDate(*end);
  if (*end < today) {
    return Make(State::KIND_ENDED, absl::StrCat(day, "に有効期限が切れました"), end);
  }
  if (*end - today <= kEndingDays) {
    return Make(State::KIND_ENDING,
                absl::StrCat("有効期限は", day, "です。更新の手続きを案内してください"), end);
  }
  return Make(State::KIND_READY, absl::StrCat("利用できます（有効期限 ", day, "）"), end);
}

}  // namespace

absl::Status CheckClient(const Client& client, const content::Library& content) {
  Violations wrong;
  CheckKind(client, wrong);
  CheckGbizId(client, wrong);
  CheckRepeats(client, wrong);
  SA_RETURN_IF_ERROR(wrong.ToStatus());
  for (int i = 0; i < client.practices_size(); ++i) {
    SA_RETURN_IF_ERROR(CheckCode(*content.FindCodeList("client-practices"), client.practices(i),
                                 absl::StrCat("client.practices[", i, "]")));
  }
  return CheckCode(*content.FindCodeList("industries"), client.industry(), "client.industry");
}

State GbizIdStateOn(const Client& client, absl::CivilDay today) {
  const GbizId& gbiz = client.gbiz_id();
  if (gbiz.kind() == GbizId::KIND_NOT_ELIGIBLE) {
    return Make(State::KIND_NOT_ELIGIBLE, "この団体はGビズIDを作成できません");
  }
  if (gbiz.kind() == GbizId::KIND_ENTRY) {
    return Make(State::KIND_UNUSABLE,
                "エントリーは宣言に使えません。プライムかメンバーを用意してください");
  }
  if (gbiz.ready()) return ReadyState(gbiz, today);
  const auto expected = FromProtoDate(gbiz.expected_date());
  if (expected) {
    return Make(State::KIND_WAITING,
                absl::StrCat(FormatJapaneseDate(*expected), "ごろ使えるようになる見込みです"),
                expected);
  }
  if (gbiz.has_apply_date()) return Make(State::KIND_WAITING, "申請中です");
  if (gbiz.kind() != GbizId::KIND_UNSPECIFIED)
    return Make(State::KIND_WAITING, "これから用意します");
  return Make(State::KIND_UNKNOWN, "まだ確認していません");
}

}  // namespace staraction::engagement::domain
