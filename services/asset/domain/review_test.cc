// Hints and comparisons.

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "common/content/library.h"
#include "services/asset/domain/compare.h"
#include "services/asset/domain/hints.h"
#include "services/asset/domain/system_rules.h"
#include "services/asset/domain/valuation.h"

namespace staraction::asset::domain {
namespace {

using absl::CivilDay;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const content::Library& Content() {
  static const auto* library = content::Library::Load()->release();
  return *library;
}

template <typename T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// An entry about which there is nothing to say.
v1::Asset Quiet(const std::string& change = "") {
  auto asset = Parse<v1::Asset>(R"(
    name: 'clients/c/assets/a' business: '製造' display_name: '工程表' users: '製造部'
    department: '製造部' medium: 'OFFICE_PC' confidentiality: 'MIDDLE' integrity: 'MIDDLE'
    availability: 'MIDDLE' retention: '3年' backup: 'NAS')");
  asset.MergeFrom(Parse<v1::Asset>(change));
  return asset;
}

std::vector<std::string> HintsOf(std::vector<v1::Asset> assets) {
  const auto& scheme = *Content().List<content::v1::AssetScheme>().front();
  const auto& scale = *Content().Find<content::v1::ValueScale>("value-scale-3-1");
  for (v1::Asset& asset : assets) Value(scheme, scale, asset);
  std::vector<std::string> codes;
  for (const auto& hint :
       Review(scheme, scale, assets, CivilDay(2026, 11, 28), Language::kJapanese)) {
    codes.push_back(hint.hint());
    EXPECT_EQ(hint.text().find('{'), std::string::npos) << hint.text();
    EXPECT_NE(hint.title(), "");
    EXPECT_EQ(hint.asset(), assets.front().name());
  }
  return codes;
}

TEST(HintsTest, EachHintHasItsOccasion) {
  struct Case {
    const char* hint;
    const char* change;
    const char* no_longer;  // the same entry, mended
  };
  const Case cases[] = {
      {"LOW_VALUE",
       "display_name: '取引口座の一覧' confidentiality: 'BOTTOM' integrity: 'BOTTOM' availability: "
       "'BOTTOM'",
       "display_name: '取引口座の一覧'"},
      {"FLAG_MISSING", "display_name: '応募の一覧'",
       "display_name: '応募の一覧' flags: 'PERSONAL' persons: 3"},
      {"SENSITIVE_MISSING", "display_name: 'アレルギー表' flags: 'PERSONAL' persons: 3",
       "display_name: 'アレルギー表' flags: 'SENSITIVE' persons: 3"},
      {"OPEN_TO_ALL", "flags: 'MY_NUMBER' persons: 3 users: '全社員'",
       "flags: 'MY_NUMBER' persons: 3 users: '総務の担当者'"},
      {"PERSONS_MISSING", "flags: 'PERSONAL'", "flags: 'PERSONAL' persons: 10"},
      {"MANY_PERSONS", "flags: 'PERSONAL' persons: 1001", "flags: 'PERSONAL' persons: 1000"},
      {"NO_DISPOSAL", "profile { stage: 'DISPOSE' absent: true }",
       "profile { stage: 'DISPOSE' how: '裁断する' }"},
      {"NO_RETENTION", "retention: ''", "retention: '1年'"},
      {"NO_BACKUP", "availability: 'TOP' backup: ''", "availability: 'TOP' backup: '外付けHDD'"},
      {"NO_DEPARTMENT", "department: ''", "department: '総務部'"},
      {"TOO_COARSE", "display_name: '資料一式'", "display_name: '資料'"},
      {"REVIEW_OVERDUE", "review_date { year: 2026 month: 11 day: 27 }",
       "review_date { year: 2026 month: 11 day: 28 }"},
      {"ENTRUST_UNASKED", "display_name: '税務の控え'",
       "display_name: '税務の控え' profile { stage: 'ENTRUST' who: '税理士' how: '月に一度渡す' }"},
      {"TWIN_MISSING", "display_name: '議事録'", "display_name: '議事'"},
  };
  EXPECT_THAT(HintsOf({Quiet()}), IsEmpty());
  for (const Case& c : cases) {
    const auto changed = [&](const std::string& change) {
      v1::Asset asset = Quiet(change);
      // Merging leaves what is set to nothing.
      if (change.find("retention: ''") == 0) asset.clear_retention();
      if (change.find("backup: ''") != std::string::npos) asset.clear_backup();
      if (change.find("department: ''") == 0) asset.clear_department();
      return asset;
    };
    EXPECT_THAT(HintsOf({changed(c.change)}), Contains(c.hint)) << c.hint;
    EXPECT_THAT(HintsOf({changed(c.no_longer)}), Not(Contains(c.hint))) << c.hint;
    v1::Asset dismissed = changed(c.change);
    dismissed.add_dismissed_hints()->set_hint(c.hint);
    EXPECT_THAT(HintsOf({dismissed}), Not(Contains(c.hint))) << c.hint;
  }
}

TEST(HintsTest, TwinsOnPaperAndAsDataFindEachOther) {
  const v1::Asset data = Quiet("display_name: '議事録'");
  const v1::Asset paper = Quiet("display_name: '議事録（紙）' medium: 'PAPER'");
  EXPECT_THAT(HintsOf({data, paper}), Not(Contains("TWIN_MISSING")));
  EXPECT_THAT(HintsOf({paper}), Contains("TWIN_MISSING"));
}

TEST(HintsTest, ManyAlikeAreToldOnce) {
  std::vector<v1::Asset> alike;
  alike.reserve(6);
  for (int i = 0; i < 6; ++i) {
    alike.push_back(Quiet("display_name: '工程表 " + std::to_string(2020 + i) + "'"));
  }
  EXPECT_THAT(HintsOf(alike), ElementsAre("TOO_FINE"));
  alike.pop_back();
  EXPECT_THAT(HintsOf(alike), IsEmpty());
}

std::string Told(const std::vector<v1::AssetChange>& changes) {
  std::string text;
  for (const auto& change : changes) {
    text += v1::AssetChange::Kind_Name(change.kind()) + " " + change.asset();
    for (const auto& field : change.fields()) {
      text += " " + field.field() + ": " + field.before() + " -> " + field.after() + ";";
    }
    text += "\n";
  }
  return text;
}

TEST(CompareTest, DifferencesAreToldByField) {
  const auto asset = [](const char* id, const std::string& more) {
    auto each = Quiet(more);
    each.set_name(id);
    return each;
  };
  const auto changes = Changes(
      {asset("same", "etag: '1'"), asset("gone", ""),
       asset("changed", "users: '全員' persons: 3 importance: 2 flags: 'PERSONAL'")},
      {asset("same", "etag: '2' dismissed_hints { hint: 'NO_BACKUP' }"),
       asset(
           "changed",
           "users: '総務部' importance: 3 flags: 'SENSITIVE' flags: 'PERSONAL' review_date { year: "
           "2027 month: 4 day: 1 } profile { stage: 'STORE' place: '金庫' }"),
       asset("new", "")});
  EXPECT_EQ(Told(changes),
            "KIND_CHANGED changed users: 全員 -> 総務部; flags: PERSONAL -> PERSONAL, SENSITIVE; "
            "persons: 3 -> ; review_date:  -> 2027-04-01; profile:  -> STORE: 金庫 /  / ; "
            "importance: 2 -> 3;\nKIND_ADDED new\nKIND_REMOVED gone\n");
}

TEST(SystemTest, SupportEnds) {
  const CivilDay today(2026, 11, 28);
  const auto on = [&](const char* day) {
    return SupportOn(Parse<v1::System>(std::string("support_end_date { ") + day + " }"), today);
  };
  EXPECT_EQ(SupportOn(v1::System(), today), v1::SUPPORT_STATE_UNSPECIFIED);
  EXPECT_EQ(on("year: 2026 month: 11 day: 27"), v1::SUPPORT_STATE_ENDED);
  EXPECT_EQ(on("year: 2026 month: 11 day: 28"), v1::SUPPORT_STATE_ENDING);
  EXPECT_EQ(on("year: 2027 month: 5 day: 30"), v1::SUPPORT_STATE_ENDING);
  EXPECT_EQ(on("year: 2027 month: 5 day: 31"), v1::SUPPORT_STATE_SUPPORTED);
}

}  // namespace
}  // namespace staraction::asset::domain
