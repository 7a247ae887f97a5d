#include "services/document/domain/decide.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "staraction/content/v1/document_template.pb.h"

namespace staraction::document::domain {
namespace {

using ::testing::ElementsAre;

content::v1::DocumentTemplate Template() {
  content::v1::DocumentTemplate out;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(R"(
    variables { code: "length" title: "長さ" kind: VARIABLE_KIND_NUMBER default_value: "10"
                minimum: 8 maximum: 64 }
    variables { code: "telework" title: "テレワーク" kind: VARIABLE_KIND_CHAPTER
                default_from: "facts.telework" }
    variables { code: "place" title: "保管先" kind: VARIABLE_KIND_CHOICE
                options { code: "CLOUD" title: "クラウド" } options { code: "DISK" title: "外付け" } }
    variables { code: "owner" title: "責任者" kind: VARIABLE_KIND_TEXT default_from: "role.owner"
                default_value: "代表者" maximum: 5 }
    variables { code: "note" title: "備考" kind: VARIABLE_KIND_TEXT optional: true }
  )",
                                                            &out));
  return out;
}

v1::Edits Edits(const std::map<std::string, std::string>& values) {
  v1::Edits edits;
  edits.mutable_variables()->insert(values.begin(), values.end());
  return edits;
}

std::vector<std::string> Lines(const std::vector<v1::VariableValue>& values) {
  std::vector<std::string> lines;
  for (const auto& value : values) {
    static const char* const kOrigins[] = {"?", "default", "fact", "edit"};
    lines.push_back(value.code() + "=" + value.value() + " " + kOrigins[value.origin()]);
  }
  return lines;
}

TEST(Decide, EditsGoBeforeFactsAndFactsBeforeDefaults) {
  const auto from = Template();
  TemplateData data;
  data.fields = {{"facts.telework", "1"}, {"role.owner", "山田"}};
  EXPECT_THAT(Lines(Decide(from.variables(), {}, data)),
              ElementsAre("length=10 default", "telework=true fact", "place= default",
                          "owner=山田 fact", "note= default"));
  EXPECT_EQ(data.fields.at("set.telework"), "1");
  EXPECT_EQ(data.fields.at("set.place"), "");
  data.fields["role.owner"] = "とても長い名前の人";
  EXPECT_THAT(
      Lines(Decide(from.variables(),
                   Edits({{"length", "１２"}, {"telework", "false"}, {"place", "DISK"}}), data)),
      ElementsAre("length=12 edit", "telework=false edit", "place=DISK edit",
                  "owner=代表者 default", "note= default"));
  EXPECT_EQ(data.fields.at("set.length"), "12");
  EXPECT_EQ(data.fields.at("set.telework"), "");
  EXPECT_EQ(data.fields.at("set.place"), "外付け");
  EXPECT_EQ(data.fields.at("set.place.DISK"), "1");
  EXPECT_EQ(data.fields.at("set.place.CLOUD"), "");
}

TEST(Decide, NamesWhatNobodyDecided) {
  const auto from = Template();
  TemplateData data;
  EXPECT_THAT(Undecided(from.variables(), Decide(from.variables(), {}, data)),
              ElementsAre("set.telework", "set.place"));
  data.fields["facts.telework"] = "";
  EXPECT_THAT(
      Undecided(from.variables(), Decide(from.variables(), Edits({{"place", "DISK"}}), data)),
      ElementsAre());
}

TEST(Decide, PassesOverWhatDoesNotFitAnyMore) {
  const auto from = Template();
  TemplateData data;
  EXPECT_THAT(Lines(Decide(from.variables(), Edits({{"length", "7"}, {"gone", "x"}}), data))[0],
              "length=10 default");
}

TEST(Decide, RefusesWhatDoesNotFit) {
  const auto from = Template();
  std::vector<Violation> violations;
  CheckGiven(from.variables(),
             Edits({{"length", "65"},
                    {"telework", "yes"},
                    {"place", "TAPE"},
                    {"owner", "六文字の責任"},
                    {"gone", "x"},
                    {"note", ""}}),
             violations);
  std::vector<std::string> fields;
  for (const auto& each : violations) fields.push_back(each.field);
  EXPECT_THAT(fields,
              testing::UnorderedElementsAre("edits.variables[length]", "edits.variables[telework]",
                                            "edits.variables[place]", "edits.variables[owner]",
                                            "edits.variables[gone]"));
  for (const auto& each : violations) {
    if (each.field != "edits.variables[length]") continue;
    EXPECT_EQ(each.en, "'65' came; wanted a number from 8 to 64");
    EXPECT_EQ(each.ja, "「65」は使えません。8〜64の数にしてください");
  }
}

}  // namespace
}  // namespace staraction::document::domain
