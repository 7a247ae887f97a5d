// What the engagement service would tell of the work at the company.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/document/test_company.h"
#include "services/document/test_parts.h"
#include "staraction/engagement/v1/contact_service.pb.h"
#include "staraction/engagement/v1/quote_service.pb.h"
#include "staraction/engagement/v1/visit_service.pb.h"

namespace staraction::document {

namespace eng = engagement::v1;

void PutQuote(FixedSources& sources) {
  auto& quote = sources.Answer<eng::GetQuoteRequest, eng::Quote>(kQuoteName);
  quote.set_number("2026-0012");
  *quote.mutable_issue_date() = Day(2026, 6, 1);
  *quote.mutable_valid_until() = Day(2026, 6, 30);
  quote.set_subject("SECURITY ACTION 一つ星の宣言に向けた支援");
  quote.set_headcount(28);
  quote.set_min_months(1);
  quote.set_max_months(3);
  for (const char* text : {"全員の研修と理解度テスト", "ルールの点検と社内ルールづくり",
                           "代表者への説明、誓約、自己宣言の準備"}) {
    quote.add_scope(text);
  }
  const auto line = [&](const char* label, int count, int price) {
    auto& added = *quote.add_lines();
    added.set_label(label);
    added.set_quantity(count);
    added.set_unit_price_yen(price);
    added.set_amount_yen(int64_t{count} * price);
    added.set_tax_percent(10);
  };
  line("一つ星の支援（28人まで）", 1, 130000);
  line("追加の研修（工場で夜勤の方に向けて別の日に行うもの）", 2, 12500);
  line("値引き", 1, -5000);
  quote.set_price_yen(150000);
  quote.set_tax_yen(15000);
  quote.set_total_yen(165000);
  auto& tax = *quote.add_taxes();
  tax.set_percent(10);
  tax.set_taxable_yen(150000);
  tax.set_tax_yen(15000);
  auto& issuer = *quote.mutable_issuer();
  issuer.set_name("なにわセキュリティ支援協議会");
  issuer.set_postal_code("530-0001");
  issuer.set_address("大阪府大阪市北区梅田1丁目1番1号");
  issuer.set_phone("06-0000-0000");
  issuer.set_person("山田 花子");
  quote.mutable_recipient()->set_name("株式会社濵﨑髙製作所");
  quote.mutable_recipient()->set_representative_title("代表取締役");
  quote.mutable_recipient()->set_representative_name("濵﨑 髙志");
  quote.set_tax_note("発行者は適格請求書発行事業者ではありません。");
  quote.set_remarks("交通費は含みます。\n支払いは支援の完了後にお願いします。");
}

void PutVisit(FixedSources& sources) {
  auto& visit = sources.Answer<eng::GetVisitRequest, eng::Visit>(kVisitName);
  visit.set_name(kVisitName);
  visit.set_title("ルールの点検と対策の相談");
  visit.set_number(2);
  visit.set_state(eng::Visit::STATE_HELD);
  visit.set_means(eng::Visit::MEANS_ONSITE);
  visit.set_place("本社2階 会議室");
  *visit.mutable_start_time() = At(absl::CivilMinute(2026, 8, 5, 13, 30));
  *visit.mutable_end_time() = At(absl::CivilMinute(2026, 8, 5, 15, 10));
  visit.add_agenda("前回の宿題の確認");
  visit.add_agenda("点検の結果と対策");
  const auto person = [&](const char* name, const char* position, eng::Side side) {
    auto& added = *visit.add_participants();
    added.set_display_name(name);
    added.set_position(position);
    added.set_side(side);
  };
  person("濵﨑 髙志", "代表取締役", eng::SIDE_CLIENT);
  person("𠮷田 髙子", "総務部長", eng::SIDE_CLIENT);
  person("山田 花子", "", eng::SIDE_CONSULTANT);
  visit.set_minutes(
      "事務所と工場を回り、パソコン14台の更新の状態を確かめた。\n\n- 事務所の10台は最新だった。"
      "\n- 工場の4台は半年ほど更新されていない。生産の合間に止められる時間がないため。");
  auto& decision = *visit.add_decisions();
  decision.set_text("工場の4台は毎月第1月曜の始業前に更新する。");
  decision.set_person("濵﨑 髙志");
  auto& homework = *visit.add_homework();
  homework.set_title("更新の当番表をつくり、工場の掲示板に貼る。");
  homework.set_side(eng::SIDE_CLIENT);
  homework.set_owner_display_name("𠮷田 髙子");
  *homework.mutable_due_date() = Day(2026, 8, 19);
  *visit.mutable_next_visit_date() = Day(2026, 8, 20);
}

// Every second person, by department; one has no link, and one knows of two things to do.
void PutOutstanding(int people, FixedSources& sources) {
  auto& list =
      sources.Answer<eng::ListOutstandingMembersRequest, eng::ListOutstandingMembersResponse>(
          kEngagementName);
  for (int number = 1; number <= people; number += 2) {
    auto& member = *list.add_members();
    member.set_member(MemberName(number));
    member.set_display_name(PersonName(number));
    member.set_department(Department(number));
    member.add_items()->set_label("研修後の理解度テストを受ける");
    if (number == 3) member.add_items()->set_label("情報セキュリティの誓約書を提出する");
    if (number > 3) *member.mutable_last_contact_time() = At(absl::CivilMinute(2026, 8, 24, 9, 0));
    if (number == 7) continue;
    member.set_has_link(true);
    member.set_url(absl::StrCat("https://people.example.jp/go#", std::string(90, 'x'), number));
    member.set_printed_code("ABC-DEF");
  }
  std::stable_sort(list.mutable_members()->begin(), list.mutable_members()->end(),
                   [](const auto& a, const auto& b) { return a.department() < b.department(); });
}

}  // namespace staraction::document
