#include "services/asset/domain/valuation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/content/library.h"
#include "services/asset/domain/scheme.h"

namespace staraction::asset::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const content::Library& Content() {
  static const auto* library = content::Library::Load()->release();
  return *library;
}
const content::v1::AssetScheme& Scheme() {
  return *Content().List<content::v1::AssetScheme>().front();
}
const content::v1::ValueScale& Scale(const std::string& edition) {
  for (const auto* scale : Content().List<content::v1::ValueScale>()) {
    if (scale->edition() == edition) return *scale;
  }
  ADD_FAILURE() << "no scale of edition " << edition;
  return *Content().List<content::v1::ValueScale>().front();
}

v1::Asset Judged(const std::string& c, const std::string& i, const std::string& a) {
  v1::Asset asset;
  asset.set_medium("OFFICE_PC");
  asset.set_confidentiality(c);
  asset.set_integrity(i);
  asset.set_availability(a);
  return asset;
}

// The guideline's own examples: importance by edition.
TEST(ValuationTest, ImportanceIsTheHighestValueUnlessItIsRaised) {
  struct Case {
    const char* name;
    const char* edition;
    const char* c;
    const char* i;
    const char* a;
    const char* flag;
    bool liability;
    int want;
    bool raised;
  };
  const Case cases[] = {
      {"a web site", "3.1", "BOTTOM", "TOP", "TOP", "", false, 3, false},
      {"nothing matters", "3.1", "BOTTOM", "BOTTOM", "BOTTOM", "", false, 1, false},
      {"personal information", "3.1", "BOTTOM", "BOTTOM", "BOTTOM", "PERSONAL", false, 3, true},
      {"liability", "3.1", "BOTTOM", "MIDDLE", "BOTTOM", "", true, 3, true},
      {"top anyway", "4.0", "TOP", "BOTTOM", "BOTTOM", "MY_NUMBER", false, 3, false},
      {"middle", "4.0", "BOTTOM", "BOTTOM", "MIDDLE", "", false, 2, false},
      {"personal information, 2nd edition's numbers", "2", "BOTTOM", "BOTTOM", "BOTTOM", "PERSONAL",
       false, 2, true},
      {"integrity, 2nd edition's numbers", "2", "BOTTOM", "MIDDLE", "BOTTOM", "", false, 1, false},
      {"nothing matters, 2nd edition's numbers", "2", "BOTTOM", "BOTTOM", "BOTTOM", "", false, 0,
       false},
  };
  for (const Case& c : cases) {
    v1::Asset asset = Judged(c.c, c.i, c.a);
    if (*c.flag != '\0') asset.add_flags(c.flag);
    asset.set_liability(c.liability);
    Value(Scheme(), Scale(c.edition), asset);
    Show(Scheme(), Scale(c.edition), Language::kJapanese, asset);
    EXPECT_EQ(asset.importance(), c.want) << c.name;
    EXPECT_EQ(!asset.raise_reason().empty(), c.raised) << c.name;
  }
}

TEST(ValuationTest, EveryLevelOfEveryEditionCombines) {
  for (const auto* scale : Content().List<content::v1::ValueScale>()) {
    for (const auto& c : scale->levels()) {
      for (const auto& i : scale->levels()) {
        for (const auto& a : scale->levels()) {
          v1::Asset asset = Judged(c.code(), i.code(), a.code());
          Value(Scheme(), *scale, asset);
          Show(Scheme(), *scale, Language::kEnglish, asset);
          EXPECT_EQ(asset.importance(), std::max({c.value(), i.value(), a.value()})) << scale->id();
        }
      }
    }
  }
}

TEST(ValuationTest, WhatTheContentDoesNotKnowIsNamed) {
  struct Case {
    const char* name;
    void (*change)(v1::Asset&);
    std::vector<std::string> want;
  };
  const Case cases[] = {
      {"fine", [](v1::Asset&) {}, {}},
      {"medium", [](v1::Asset& a) { a.set_medium("STONE"); }, {"asset.medium"}},
      {"levels",
       [](v1::Asset& a) {
         a.set_confidentiality("3");
         a.set_availability("");
       },
       {"asset.confidentiality", "asset.availability"}},
      {"flags",
       [](v1::Asset& a) {
         a.add_flags("PERSONAL");
         a.add_flags("PERSONAL");
         a.add_flags("SECRET");
       },
       {"asset.flags[1]", "asset.flags[2]"}},
      {"stages",
       [](v1::Asset& a) {
         a.add_profile()->set_stage("STORE");
         a.add_profile()->set_stage("STORE");
         a.add_profile()->set_stage("BURN");
       },
       {"asset.profile[1].stage", "asset.profile[2].stage"}},
      {"liability", [](v1::Asset& a) { a.set_liability(true); }, {"asset.liability_reason"}},
  };
  for (const Case& c : cases) {
    v1::Asset asset = Judged("TOP", "MIDDLE", "BOTTOM");
    c.change(asset);
    std::vector<std::string> fields;
    for (const Violation& each : CodeProblems(Scheme(), Scale("3.1"), asset, "asset.")) {
      fields.push_back(each.field);
      EXPECT_NE(each.en, "") << c.name;
      EXPECT_NE(each.ja, "") << c.name;
    }
    EXPECT_EQ(fields, c.want) << c.name;
  }
}

TEST(ProfileTest, AnOwnStageTakesThePlaceOfTheUsualOne) {
  v1::Asset asset = Judged("TOP", "TOP", "TOP");
  v1::StageUse* own = asset.add_profile();
  own->set_stage("STORE");
  own->set_place("鍵のかかる棚");
  const auto stages = StagesOf(Scheme(), asset);
  ASSERT_EQ(stages.size(), 6u);
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(stages[static_cast<size_t>(i)].stage(), Scheme().stages(i).code());
  }
  EXPECT_EQ(stages[3].place(), "鍵のかかる棚");
  EXPECT_EQ(stages[3].how(), "");
  EXPECT_NE(stages[2].how(), "") << "as is usual for office PCs";
  EXPECT_TRUE(stages[4].absent()) << "office PCs are not entrusted, usually";
}

}  // namespace
}  // namespace staraction::asset::domain
