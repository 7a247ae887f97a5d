#include "services/document/domain/fill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "services/document/domain/formats.h"
#include "services/document/domain/kinds.h"

namespace staraction::document::domain {
namespace {

using content::v1::FieldKind;
using declaration::v1::DeclarationField;
using ::testing::ElementsAre;

SubjectFacts Facts() {
  SubjectFacts facts;
  facts.client.set_legal_name("株式会社濵﨑製作所");
  facts.client.set_representative_title("代表取締役");
  facts.client.set_representative_name("髙橋 一");
  facts.today = absl::CivilDay(2026, 10, 1);
  facts.user_names["users/1"] = "山田 花子";
  facts.campaign.mutable_text()->set_title("全員の誓約");
  facts.campaign.mutable_text()->set_digest(std::string(64, 'a'));
  facts.campaign.mutable_text()->add_rules("更新する");
  facts.campaign.mutable_president_text()->set_title("代表者の誓約");
  return facts;
}

TemplateData MakeTemplateData(v1::DocumentKind kind, const SubjectFacts& facts) {
  return MakeTemplateData(*FindKind(kind), facts);
}

TEST(Formats, AreThoseOfJapaneseDocuments) {
  google::type::Date date;
  EXPECT_EQ(DateText(date), "");
  date.set_year(2026);
  date.set_month(10);
  date.set_day(1);
  EXPECT_EQ(DateText(date), "2026年10月1日");
  EXPECT_EQ(ShortDate(date), "2026/10/1");
  google::protobuf::Timestamp time;
  EXPECT_EQ(ClockText(time), "");
  time.set_seconds(1790866800);  // 2026-10-02 00:00 in Japan
  EXPECT_EQ(DateText(time), "2026年10月2日");
  EXPECT_EQ(ClockText(time), "00:00");
  EXPECT_EQ(YenText(0), "0");
  EXPECT_EQ(YenText(999), "999");
  EXPECT_EQ(YenText(165000), "165,000");
  EXPECT_EQ(YenText(-1234567), "-1,234,567");
  EXPECT_EQ(DecimalText(52.44), "52.4");
  EXPECT_EQ(DecimalText(99.96), "100");
  EXPECT_EQ(GroupedText("ABCDEFGH", 3), "ABC DEF GH");
  EXPECT_EQ(JoinedText({"", "甲", "", "乙"}, "、"), "甲、乙");
}

using Activity = engagement::v1::Activity;

Activity ActivityOf(const std::string& title, absl::CivilDay due, Activity::State state) {
  Activity activity;
  activity.set_title(title);
  *activity.mutable_due_date() = ToProtoDate(due);
  activity.set_state(state);
  activity.set_role("SYSTEM_ADMIN");
  return activity;
}

TEST(YearCalendar, ShowsWhatTheCompanyPlannedAndDid) {
  SubjectFacts facts = Facts();
  facts.today = absl::CivilDay(2026, 9, 30);  // the month before the first
  facts.role_labels["SYSTEM_ADMIN"] = "システム管理者";
  facts.activities = {
      ActivityOf("復元の確認", absl::CivilDay(2026, 10, 20), Activity::STATE_DONE),
      ActivityOf("内部点検", absl::CivilDay(2026, 11, 2), Activity::STATE_SKIPPED),
      ActivityOf("復元の確認", absl::CivilDay(2027, 9, 30), Activity::STATE_PLANNED)};
  *facts.activities[0].mutable_effective_date() = ToProtoDate(absl::CivilDay(2026, 10, 18));
  facts.activities[1].set_owner_display_name("髙橋 誠");
  const TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_YEAR_CALENDAR, facts);
  EXPECT_EQ(data.fields.at("calendar.period"), "2026年10月〜2027年9月");
  EXPECT_EQ(data.fields.at("calendar.month_4"), "1月");
  const auto& rows = data.lists.at("activity");
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows[0].at("title"), "復元の確認");
  EXPECT_EQ(rows[0].at("role"), "システム管理者");
  EXPECT_EQ(rows[0].at("month_1"), "済");
  EXPECT_EQ(rows[0].at("month_2"), "");
  EXPECT_EQ(rows[0].at("month_12"), "●");
  EXPECT_EQ(rows[0].at("done"), "10/18");
  EXPECT_EQ(rows[1].at("role"), "髙橋 誠");
  EXPECT_EQ(rows[1].at("month_2"), "－");
}

TEST(YearCalendar, IsTheContentsWhereNothingIsPlanned) {
  SubjectFacts facts = Facts();
  auto& twice = *facts.calendar.add_activities();
  twice.mutable_title()->set_ja("復元の確認");
  twice.set_first_business_days(30);
  twice.set_every_months(6);
  auto& once = *facts.calendar.add_activities();
  once.mutable_title()->set_ja("帳票の使い始め");
  const TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_YEAR_CALENDAR, facts);
  std::vector<std::vector<int>> months;
  for (const auto& row : data.lists.at("activity")) {
    months.emplace_back();
    for (int i = 1; i <= kCalendarMonths; ++i) {
      if (row.at(absl::StrCat("month_", i)) == "●") months.back().push_back(i);
    }
  }
  EXPECT_THAT(months, ElementsAre(ElementsAre(2, 8), ElementsAre(1)));
}

TEST(Kinds, SubjectsAreChecked) {
  const Kind& kind = *FindKind(v1::DOCUMENT_KIND_RULEBOOK);
  EXPECT_TRUE(CheckSubject(kind, "clients/c/rulebook", "f").ok());
  EXPECT_TRUE(CheckSubject(kind, "clients/c/rulebookVersions/v", "f").ok());
  EXPECT_FALSE(CheckSubject(kind, "clients/c/rules/r", "f").ok());
  EXPECT_EQ(FindKind(v1::DOCUMENT_KIND_UNSPECIFIED), nullptr);
}

TEST(EffectReport, CountsFromMeasuresUntilTwoChecksAreThere) {
  SubjectFacts facts = Facts();
  facts.diagnoses.emplace_back().set_name("engagements/e/diagnoses/1");
  using diagnosis::v1::Measure;
  // The third item was found out, and is still to be mended: one gap, which is open.
  const std::vector<std::pair<std::string, Measure::State>> measures = {
      {"RC_A", Measure::STATE_VERIFIED},
      {"RC_B", Measure::STATE_DONE},
      {"RC_C", Measure::STATE_DONE},
      {"RC_C", Measure::STATE_PROPOSED}};
  for (const auto& [item, state] : measures) {
    auto& measure = facts.measures.emplace_back();
    measure.set_diagnosis("engagements/e/diagnoses/1");
    measure.set_item(item);
    measure.set_state(state);
  }
  facts.measures.emplace_back().set_diagnosis("engagements/other/diagnoses/1");
  TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_EFFECT_REPORT, facts);
  EXPECT_EQ(data.fields.at("effect.gaps_found"), "3");
  EXPECT_EQ(data.fields.at("effect.gaps_closed"), "2");
  EXPECT_EQ(data.fields.at("effect.gaps_open"), "1");
  EXPECT_EQ(data.fields.at("effect.pledges"), "");
  EXPECT_EQ(data.fields.at("effect.compared"), "");
  facts.comparison.emplace().mutable_total()->set_gaps_before(7);
  data = MakeTemplateData(v1::DOCUMENT_KIND_EFFECT_REPORT, facts);
  EXPECT_EQ(data.fields.at("effect.gaps_found"), "7");
  EXPECT_EQ(data.fields.at("effect.compared"), "1");
}

TEST(Rulebook, AFrozenVersionNeverSpeaksOfLaterChanges) {
  SubjectFacts facts = Facts();
  auto& section = *facts.rulebook_version.add_sections();
  section.add_entries()->set_text("短い文のないルール");
  facts.rulebook_version.add_sections()->set_title("ルールのない項目");
  facts.rulebook.mutable_unpublished_changes()->set_changed(2);
  TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_RULE_POSTER, facts);
  EXPECT_EQ(data.fields.at("rulebook.unpublished"), "");
  ASSERT_EQ(data.lists.at("section").size(), 1U);
  EXPECT_EQ(data.lists.at("section")[0].at("heading"), "そのほかのルール");
  EXPECT_EQ(data.lists.at("section[0].entry")[0].at("short_text"), "短い文のないルール");
  facts.rulebook.set_name("clients/c/rulebook");
  data = MakeTemplateData(v1::DOCUMENT_KIND_RULE_POSTER, facts);
  EXPECT_EQ(data.fields.at("rulebook.unpublished"), "変更2件");
  EXPECT_TRUE(data.lists.at("section").empty());
}

TEST(TemplateData, EachPledgeSheetHasItsText) {
  const SubjectFacts facts = Facts();
  const TemplateData all = MakeTemplateData(v1::DOCUMENT_KIND_PLEDGE_SHEET, facts);
  EXPECT_EQ(all.fields.at("pledge.title"), "全員の誓約");
  EXPECT_EQ(all.fields.at("pledge.digest"), std::string(16, 'a'));
  EXPECT_EQ(all.fields.at("client.representative"), "代表取締役　髙橋 一");
  EXPECT_EQ(all.fields.at("document.date"), "2026年10月1日");
  ASSERT_EQ(all.lists.at("rule").size(), 1);
  EXPECT_EQ(all.lists.at("rule")[0].at("title"), "更新する");
  const TemplateData president = MakeTemplateData(v1::DOCUMENT_KIND_PRESIDENT_PLEDGE_SHEET, facts);
  EXPECT_EQ(president.fields.at("pledge.title"), "代表者の誓約");
}

TEST(TemplateData, ARepresentativeWithoutTitleStandsAlone) {
  SubjectFacts facts = Facts();
  facts.client.clear_representative_title();
  const TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_PLEDGE_SHEET, facts);
  EXPECT_EQ(data.fields.at("client.representative"), "髙橋 一");
}

struct ValueCase {
  std::string name;
  FieldKind kind;
  std::string value;
  bool required;
  std::string want;
};

class ValueTest : public ::testing::TestWithParam<ValueCase> {};

TEST_P(ValueTest, IsShownAsTheScreenTakesIt) {
  SubjectFacts facts = Facts();
  DeclarationField& field = *facts.declaration.add_fields();
  field.set_kind(GetParam().kind);
  field.set_value(GetParam().value);
  field.set_required(GetParam().required);
  field.add_choices()->set_code("MANUFACTURING");
  field.mutable_choices(0)->set_label("製造業");
  const TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_DECLARATION_SHEET, facts);
  EXPECT_EQ(data.lists.at("entry")[0].at("value"), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    All, ValueTest,
    ::testing::ValuesIn(std::vector<ValueCase>{
        {"Text", content::v1::FIELD_KIND_TEXT, "大阪市", true, "大阪市"},
        {"Choice", content::v1::FIELD_KIND_CHOICE, "MANUFACTURING", true, "製造業"},
        {"ChoiceGone", content::v1::FIELD_KIND_CHOICE, "OTHER", true, "OTHER"},
        {"Yes", content::v1::FIELD_KIND_CHECK, "true", true, "はい"},
        {"No", content::v1::FIELD_KIND_CHECK, "false", false, "いいえ"},
        {"Date", content::v1::FIELD_KIND_DATE, "2026-04-01", true, "2026年4月1日"},
        {"MissingRequired", content::v1::FIELD_KIND_TEXT, "", true, ""},
        {"MissingOptional", content::v1::FIELD_KIND_TEXT, "", false, "（空欄のまま）"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(TemplateData, TellsWhoEnteredEachValue) {
  SubjectFacts facts = Facts();
  for (const char* by : {"client", "users/1", "users/9", ""}) {
    DeclarationField& field = *facts.declaration.add_fields();
    field.set_entered_by(by);
    if (*by != '\0') field.set_value("値");
    field.mutable_enter_time()->set_seconds(1790866800);  // 2026-10-02 00:00 in Japan
  }
  const TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_DECLARATION_SHEET, facts);
  std::vector<std::string> who;
  for (const auto& row : data.lists.at("entry")) {
    who.push_back(row.at("entered_by") + "|" + row.at("enter_day"));
  }
  EXPECT_THAT(
      who, ElementsAre("会社の基本情報|2026/10/2", "山田 花子|2026/10/2", "担当者|2026/10/2", "|"));
}

TEST(TemplateData, OnlyFieldsWithAHintOrADoubtAreNotes) {
  SubjectFacts facts = Facts();
  facts.declaration.add_fields()->set_label("所在地");
  DeclarationField& field = *facts.declaration.add_fields();
  field.set_label("目的");
  field.set_hint("選びます。");
  field.set_uncertainty("選択肢は未確認です。");
  const TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_DECLARATION_SHEET, facts);
  ASSERT_EQ(data.lists.at("note").size(), 1);
  EXPECT_EQ(data.lists.at("note")[0].at("text"), "選びます。選択肢は未確認です。");
}

TEST(TemplateData, OutstandingMembersComeByDepartmentWithSlipsForWhoHasAnAddress) {
  SubjectFacts facts = Facts();
  const auto add = [&](const char* name, const char* department, bool has_link, const char* url) {
    auto& member = *facts.outstanding.add_members();
    member.set_display_name(name);
    member.set_department(department);
    member.set_has_link(has_link);
    member.set_url(url);
    member.add_items()->set_label("研修を受ける");
    member.add_items()->set_label("誓約書を提出する");
  };
  add("甲", "", true, "https://x/#1");
  add("乙", "営業部", false, "");
  add("丙", "営業部", true, "");
  facts.outstanding.mutable_members(0)->set_printed_code("ABC-DEF");
  TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_OUTSTANDING_LIST, facts);
  const auto values = [&](const std::string& list, const std::string& code) {
    std::vector<std::string> texts;
    for (const auto& row : data.lists.at(list)) texts.push_back(row.at(code));
    return texts;
  };
  EXPECT_EQ(data.fields.at("outstanding.count"), "3");
  EXPECT_EQ(data.fields.at("outstanding.without_link"), "1");
  EXPECT_EQ(data.fields.at("outstanding.without_address"), "1");
  EXPECT_EQ(data.fields.at("outstanding.incomplete"), "");
  EXPECT_THAT(values("department", "name"), ElementsAre("所属なし", "営業部"));
  EXPECT_THAT(values("department", "count"), ElementsAre("1", "2"));
  EXPECT_THAT(values("department[1].member", "name"), ElementsAre("乙", "丙"));
  EXPECT_THAT(values("department[0].member", "items"),
              ElementsAre("研修を受ける\n誓約書を提出する"));
  EXPECT_THAT(values("slip", "name"), ElementsAre("甲"));
  EXPECT_THAT(values("slip", "code_text"), ElementsAre("確認コード ABC-DEF"));
  EXPECT_THAT(values("slip[0].item", "label"), ElementsAre("研修を受ける", "誓約書を提出する"));
  facts.outstanding.add_silent_services("training");
  data = MakeTemplateData(v1::DOCUMENT_KIND_OUTSTANDING_LIST, facts);
  EXPECT_EQ(data.fields.at("outstanding.incomplete"), "1");
}

TEST(TemplateData, AnnouncementsSayWhatIsStillToBeEntered) {
  SubjectFacts facts = Facts();
  auto& news = facts.announcement_drafts.emplace_back();
  news.set_title("お知らせ");
  news.set_body("# 題\n会社\n代表\n\n〔自己宣言ID〕");
  news.add_missing("declaration_id");
  news.set_hint("注意");
  facts.announcement_drafts.emplace_back().set_body("本文");
  const TemplateData data = MakeTemplateData(v1::DOCUMENT_KIND_ANNOUNCEMENT, facts);
  EXPECT_EQ(data.prose.at("draft[0].body"), "# 題\\\n会社\\\n代表\n\n〔自己宣言ID〕");
  EXPECT_EQ(data.prose.at("draft[1].body"), "本文");
  EXPECT_EQ(data.lists.at("draft[0].note").size(), 2);
  EXPECT_TRUE(data.lists.at("draft[1].note").empty());
}

TEST(TemplateData, GbizIdIsToldInWords) {
  using engagement::v1::GbizId;
  SubjectFacts facts = Facts();
  const auto text = [&](GbizId::Kind kind, bool usable) {
    facts.declaration.mutable_gbiz_id()->mutable_gbiz_id()->set_kind(kind);
    facts.declaration.mutable_gbiz_id()->set_usable(usable);
    return MakeTemplateData(v1::DOCUMENT_KIND_DECLARATION_SHEET, facts)
        .fields.at("declaration.gbiz_id");
  };
  EXPECT_EQ(text(GbizId::KIND_PRIME, true), "プライム（使えます）");
  EXPECT_EQ(text(GbizId::KIND_MEMBER, false), "メンバー（まだ使えません）");
  EXPECT_EQ(text(GbizId::KIND_ENTRY, false), "エントリー（まだ使えません）");
  EXPECT_EQ(text(GbizId::KIND_UNSPECIFIED, true), "この手続きでは要りません");
  EXPECT_EQ(text(GbizId::KIND_UNSPECIFIED, false), "");
}

}  // namespace
}  // namespace staraction::document::domain
