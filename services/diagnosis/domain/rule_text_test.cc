#include "services/diagnosis/domain/rule_text.h"

#include "services/diagnosis/domain/testing.h"

namespace staraction::diagnosis::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Values ValuesOf(const std::string& text) {
  return Parse<v1::MakeRuleRequest>(text).values();
}

TEST(RuleTextTest, TheCompanysValueComesBeforeTheDefault) {
  const struct {
    const char* text;
    const char* values;
    const char* want;
  } kCases[] = {
      {"{N}文字以上", "", "10文字以上"},
      {"{N}文字以上、{N}", "values { code: 'N' value: '12' }", "12文字以上、12"},
      {"{WHO}に知らせる", "", "{WHO}に知らせる"},
      {"{WHO}に知らせる", "values { code: 'WHO' value: '{N}' }", "{N}に知らせる"},
      {"変数なし", "values { code: 'N' value: '12' }", "変数なし"},
      {"{OTHER}", "", "{OTHER}"},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(FillIn(test.text, Check(), ValuesOf(test.values)), test.want) << test.text;
  }
}

TEST(RuleTextTest, ValuesAreCheckedAgainstTheContent) {
  const struct {
    const char* values;
    std::vector<std::string> fields;
  } kCases[] = {
      {"values { code: 'N' value: '8' } values { code: 'WHO' value: '総務課' }", {}},
      {"values { code: 'N' value: '7' }", {"values[0].value"}},
      {"values { code: 'N' value: '65' }", {"values[0].value"}},
      {"values { code: 'N' value: '１２' }", {"values[0].value"}},
      {"values { code: 'N' value: ' 12' }", {"values[0].value"}},
      {"values { code: 'M' value: '12' }", {"values[0].code"}},
      {"values { code: 'N' value: '9' } values { code: 'N' value: '9' }", {"values[1].code"}},
      {"values { code: 'WHO' value: '{N}' }", {"values[0].value"}},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(FieldsOf(ValueProblems(Check(), ValuesOf(test.values))), test.fields) << test.values;
  }
}

TEST(RuleTextTest, OpenVariablesAreNamed) {
  EXPECT_THAT(OpenVariables("10文字以上", "text"), IsEmpty());
  const auto problems = OpenVariables("{WHO}に{N}", "text");
  EXPECT_THAT(FieldsOf(problems), ElementsAre("text", "text"));
  EXPECT_THAT(problems[0].en, HasSubstr("{WHO}"));
  EXPECT_THAT(FieldsOf(OpenVariables("閉じない{", "text")), ElementsAre("text"));
}

}  // namespace
}  // namespace staraction::diagnosis::domain
