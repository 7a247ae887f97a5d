#include "services/diagnosis/domain/book.h"

#include "services/diagnosis/domain/testing.h"

namespace staraction::diagnosis::domain {
namespace {

using Rules = google::protobuf::RepeatedPtrField<v1::Rule>;

Rules RulesOf(const std::vector<std::string>& texts) {
  Rules rules;
  for (const std::string& text : texts) *rules.Add() = Parse<v1::Rule>(text);
  return rules;
}

const content::v1::RuleList& List() {
  static const auto* list = new content::v1::RuleList(Parse<content::v1::RuleList>(
      "rules { code: 'R1' number: 1 title { ja: '一' } } rules { code: 'R2' number: 2 title { ja: "
      "'二' } } rules { code: 'R3' number: 3 title { ja: '三' } }"));
  return *list;
}

TEST(BookTest, RulesStandUnderTheBasicRulesInTheirOrder) {
  const auto sections = SectionsOf(
      RulesOf({"name: 'a' rule_code: 'R3' text: 'A' revision: 2",
               "name: 'b' rule_code: 'R1' text: 'Bを守る' short_text: 'B'",
               "name: 'c' rule_code: 'GONE' text: 'C'", "name: 'd' rule_code: 'R1' text: 'D'"}),
      List());
  ASSERT_EQ(sections.size(), 3) << "none for R2";
  EXPECT_EQ(sections[0].title(), "一");
  ASSERT_EQ(sections[0].entries_size(), 2);
  EXPECT_EQ(sections[0].entries(0).short_text(), "B");
  EXPECT_EQ(sections[0].entries(1).short_text(), "D") << "the text itself";
  EXPECT_EQ(sections[1].number(), 3);
  EXPECT_EQ(sections[1].entries(0).revision(), 2);
  EXPECT_EQ(sections[2].rule_code(), "GONE");
  EXPECT_EQ(sections[2].number(), 0);
}

TEST(BookTest, ChangesAreCountedByRule) {
  const auto before = SectionsOf(
      RulesOf({"name: 'a' rule_code: 'R1' revision: 1", "name: 'b' rule_code: 'R1' revision: 1",
               "name: 'c' rule_code: 'R2' revision: 3"}),
      List());
  const auto now = SectionsOf(
      RulesOf({"name: 'b' rule_code: 'R1' revision: 2", "name: 'c' rule_code: 'R2' revision: 3",
               "name: 'd' rule_code: 'R3' revision: 1"}),
      List());
  const auto changes = ChangesOf(before, now);
  EXPECT_EQ(changes.added(), 1);
  EXPECT_EQ(changes.changed(), 1);
  EXPECT_EQ(changes.removed(), 1);
  EXPECT_EQ(ChangesOf({}, now).added(), 3);
  const auto none = ChangesOf(now, now);
  EXPECT_EQ(none.added() + none.changed() + none.removed(), 0);
}

}  // namespace
}  // namespace staraction::diagnosis::domain
