#include "common/content/announcement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/content/library.h"
#include "common/testing/status_matchers.h"

namespace staraction::content {
namespace {

using ::testing::ElementsAre;

TEST(AnnouncementTest, FillsVariables) {
  const struct {
    const char* name;
    const char* text;
    const char* want;
  } kCases[] = {
      {"none", "宣言しました。", "宣言しました。"},
      {"known", "{{company}}は{{star}}を", "山﨑工業は一つ星を"},
      {"twice", "{{star}}{{star}}", "一つ星一つ星"},
      {"empty", "ID {{declaration_id}}", "ID 〔declaration_id〕"},
      {"unknown", "{{other}}", "〔other〕"},
      {"not closed", "{{star", "{{star"},
      {"value with braces", "{{website}}", "{{star}}"},
  };
  const std::map<std::string, std::string> values = {
      {"company", "山﨑工業"}, {"star", "一つ星"}, {"declaration_id", ""}, {"website", "{{star}}"}};
  for (const auto& c : kCases) EXPECT_EQ(FillVariables(c.text, values), c.want) << c.name;
  EXPECT_THAT(VariablesOf("{{star}} {{company}} {{star}}"), ElementsAre("star", "company"));
}

TEST(AnnouncementTest, TheBuiltInTextsCoverEachMedium) {
  const auto library = Library::Load();
  ASSERT_OK(library);
  std::vector<int> media;
  for (const auto* each : (*library)->List<v1::AnnouncementTemplate>()) {
    media.push_back(each->medium());
    EXPECT_FALSE(VariablesOf(each->body().text()).empty()) << each->id();
  }
  EXPECT_THAT(media, testing::IsSupersetOf(
                         {v1::ANNOUNCEMENT_MEDIUM_WEB_PAGE, v1::ANNOUNCEMENT_MEDIUM_EMAIL_SIGNATURE,
                          v1::ANNOUNCEMENT_MEDIUM_PRINT, v1::ANNOUNCEMENT_MEDIUM_NOTICE}));
}

}  // namespace
}  // namespace staraction::content
