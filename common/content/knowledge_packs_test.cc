#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "common/content/library.h"
#include "common/testing/status_matchers.h"

// What two stars rely on in the packs that ship with the product.
namespace staraction::content {
namespace {

using testing::AllOf;
using testing::Ge;
using testing::Le;
using testing::SizeIs;

const Library& BuiltIn() {
  static const auto* library = [] {
    auto loaded = Library::Load();
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    return loaded->release();
  }();
  return *library;
}

std::map<std::string, int> Numbers(const char* id) {
  std::map<std::string, int> numbers;
  for (const auto& item : BuiltIn().FindQuestionnaire(id)->items()) {
    numbers[item.code()] = item.number();
  }
  return numbers;
}

TEST(KnowledgePacksTest, EditionsOfTheDiagnosisAskAboutTheSameTopicsUnderTheirOwnNumbers) {
  const auto old = Numbers("self-diagnosis-2");
  const auto now = Numbers("self-diagnosis-3-1");
  EXPECT_THAT(now, SizeIs(25));
  EXPECT_EQ(Numbers("self-diagnosis-4-0"), now);
  std::map<int, int> moved;
  for (const auto& [code, number] : old) {
    ASSERT_EQ(now.count(code), 1u) << code;
    if (now.at(code) != number) moved[number] = now.at(code);
  }
  EXPECT_EQ(moved, (std::map<int, int>{{19, 23}, {20, 19}, {21, 20}, {22, 21}, {23, 22}}));
}

TEST(KnowledgePacksTest, PartsOfTheDiagnosisHaveFiveThirteenAndSevenItems) {
  std::map<std::string, int> parts;
  for (const auto& item : BuiltIn().FindQuestionnaire("self-diagnosis-3-1")->items()) {
    ++parts[item.part()];
  }
  EXPECT_EQ(parts,
            (std::map<std::string, int>{{"BASIC", 5}, {"EMPLOYEE", 13}, {"ORGANIZATION", 7}}));
}

TEST(KnowledgePacksTest, NotUsedIsAnAnswerToFourItemsOfEditionTwo) {
  std::set<int> numbers;
  for (const auto& item : BuiltIn().FindQuestionnaire("self-diagnosis-2")->items()) {
    const auto& answers = item.answers();
    if (std::count(answers.begin(), answers.end(), v1::ANSWER_NOT_USED) > 0) {
      numbers.insert(item.number());
    }
  }
  EXPECT_EQ(numbers, (std::set<int>{4, 5, 9, 19}));
}

TEST(KnowledgePacksTest, RulesOfTheDiagnosisFitAPoster) {
  for (const auto& item : BuiltIn().FindQuestionnaire("self-diagnosis-3-1")->items()) {
    EXPECT_LE(item.short_rule().ja().size(), size_t{3 * 40}) << item.code();
  }
}

TEST(KnowledgePacksTest, PracticeChecksAreShort) {
  int checks = 0;
  for (const auto* sheet : BuiltIn().List<v1::Questionnaire>()) {
    if (sheet->kind() != v1::QUESTIONNAIRE_KIND_PRACTICE_CHECK) continue;
    ++checks;
    EXPECT_THAT(sheet->items_size(), AllOf(Ge(5), Le(8))) << sheet->id();
    EXPECT_TRUE(sheet->has_sample()) << sheet->id();
    EXPECT_GT(sheet->follow_up_percent(), 0) << sheet->id();
  }
  EXPECT_EQ(checks, 3);
}

TEST(KnowledgePacksTest, EveryIndustryThatWeKnowHasALedgerOfTwentyEntries) {
  std::map<std::string, int> ledgers;
  for (const auto* ledger : BuiltIn().List<v1::AssetTemplate>()) {
    ++ledgers[ledger->industry()];
    EXPECT_GE(ledger->entries_size(), 20) << ledger->id();
  }
  for (const auto& industry : BuiltIn().FindCodeList("industries")->entries()) {
    if (industry.code() == "OTHER") continue;
    EXPECT_GE(ledgers[industry.code()], 1) << industry.code();
  }
}

// What has to be locked away or kept from others needs the highest confidentiality.
TEST(KnowledgePacksTest, SensitiveEntriesOfLedgersAreConfidential) {
  for (const auto* ledger : BuiltIn().List<v1::AssetTemplate>()) {
    for (const auto& entry : ledger->entries()) {
      const auto& flags = entry.flags();
      const bool sensitive = std::count(flags.begin(), flags.end(), "SENSITIVE") > 0 ||
                             std::count(flags.begin(), flags.end(), "MY_NUMBER") > 0;
      if (!sensitive) continue;
      EXPECT_EQ(entry.confidentiality(), "TOP") << ledger->id() << " " << entry.title().ja();
      EXPECT_EQ(std::count(flags.begin(), flags.end(), "PERSONAL"), 1)
          << ledger->id() << " " << entry.title().ja();
    }
  }
}

TEST(KnowledgePacksTest, TheCatalogueHasThreatsAndControlsForEverySubject) {
  const auto* catalogue = BuiltIn().Find<v1::ThreatCatalogue>("threat-catalogue");
  ASSERT_NE(catalogue, nullptr);
  EXPECT_GE(catalogue->threats_size(), 25);
  EXPECT_GE(catalogue->controls_size(), 64);
  EXPECT_THAT(catalogue->categories(), SizeIs(11));
  std::set<int> chapters;
  for (const auto& control : catalogue->controls()) chapters.insert(control.chapter());
  EXPECT_EQ(chapters, (std::set<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
}

// Answers of a diagnosis shall say something about risks: every topic tells the state of a control.
TEST(KnowledgePacksTest, EveryItemOfTheDiagnosisTellsTheStateOfAControl) {
  std::set<std::string> told;
  for (const auto& control : BuiltIn().Find<v1::ThreatCatalogue>("threat-catalogue")->controls()) {
    told.insert(control.items().begin(), control.items().end());
  }
  for (const auto& item : BuiltIn().FindQuestionnaire("self-diagnosis-3-1")->items()) {
    EXPECT_EQ(told.count(item.code()), 1u) << item.code();
  }
}

int Likelihood(const v1::RiskModel& model, int frequency, int vulnerability) {
  for (const auto& cell : model.likelihoods()) {
    if (cell.frequency() == frequency && cell.vulnerability() == vulnerability) {
      return cell.likelihood();
    }
  }
  return 0;
}

std::string Band(const v1::RiskModel& model, int value) {
  for (const auto& band : model.bands()) {
    if (value >= band.minimum() && value <= band.maximum()) return band.code();
  }
  return "";
}

TEST(KnowledgePacksTest, RiskIsComputedAsTheGuidelineDoes) {
  for (const auto* model : BuiltIn().List<v1::RiskModel>()) {
    for (int threat = 1; threat <= 3; ++threat) {
      for (int vulnerability = 1; vulnerability <= 3; ++vulnerability) {
        EXPECT_EQ(Likelihood(*model, threat, vulnerability),
                  std::max(1, threat + vulnerability - 3))
            << model->id() << " " << threat << " " << vulnerability;
      }
    }
  }
  struct Case {
    const char* model;
    int value;
    const char* band;
  };
  const Case cases[] = {{"risk-model-4-0", 9, "HIGH"},   {"risk-model-4-0", 6, "HIGH"},
                        {"risk-model-4-0", 4, "MIDDLE"}, {"risk-model-4-0", 3, "LOW"},
                        {"risk-model-4-0", 1, "LOW"},    {"risk-model-2", 6, "HIGH"},
                        {"risk-model-2", 4, "HIGH"},     {"risk-model-2", 3, "MIDDLE"},
                        {"risk-model-2", 1, "MIDDLE"},   {"risk-model-2", 0, "LOW"}};
  for (const Case& c : cases) {
    EXPECT_EQ(Band(*BuiltIn().Find<v1::RiskModel>(c.model), c.value), c.band)
        << c.model << " " << c.value;
  }
}

TEST(KnowledgePacksTest, WhatIsUncertainSaysSo) {
  for (const char* id : {"risk-model-2", "risk-model-3-1"}) {
    EXPECT_TRUE(BuiltIn().Find<v1::RiskModel>(id)->has_uncertainty()) << id;
  }
  for (const char* id : {"self-diagnosis-2", "self-diagnosis-3-1", "self-diagnosis-4-0"}) {
    EXPECT_TRUE(BuiltIn().FindQuestionnaire(id)->has_uncertainty()) << id;
  }
  EXPECT_TRUE(BuiltIn().Find<v1::ValueScale>("value-scale-2")->has_uncertainty());
}

}  // namespace
}  // namespace staraction::content
