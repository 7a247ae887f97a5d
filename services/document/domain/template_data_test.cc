#include "services/document/domain/template_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
