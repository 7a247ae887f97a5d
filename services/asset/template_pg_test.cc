// Starter ledgers, through real gRPC and PostgreSQL.

#include "services/asset/testing.h"

namespace staraction::asset {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;

TEST_F(AssetTest, StarterLedgersAddWhatIsNotThere) {
  const auto list =
      As("consultant", *templates_, &Templates::ListAssetTemplates, "industry: 'MANUFACTURING'");
  ASSERT_OK(list);
  ASSERT_GE(list->asset_templates_size(), 1);
  const std::string name = list->asset_templates(0).name();
  const auto source =
      As("consultant", *templates_, &Templates::GetAssetTemplate, "name: '" + name + "'");
  ASSERT_OK(source);
  ASSERT_GE(source->entries_size(), 20);
  const auto add = [&](const std::string& entries) {
    return As("president", *templates_, &Templates::AddAssetsFromTemplate,
              "parent: '" + kClient + "' template: '" + name + "' " + entries);
  };
  EXPECT_THAT(BadFields(add("entries: 'NONSENSE'").status()), ElementsAre("entries[0]"));
  const auto one = add("entries: '" + source->entries(1).code() + "'");
  ASSERT_OK(one);
  ASSERT_EQ(one->assets_size(), 1);
  EXPECT_EQ(one->assets(0).display_name(), source->entries(1).asset().display_name());
  const auto all = add("");
  ASSERT_OK(all);
  EXPECT_EQ(all->assets_size(), source->entries_size() - 1);
  EXPECT_THAT(all->existing_entries(), ElementsAre(source->entries(1).code()));
  EXPECT_THAT(
      As("consultant", *templates_, &Templates::GetAssetTemplate, "name: 'assetTemplates/none'"),
      StatusIs(StatusCode::kNotFound));
}

}  // namespace
}  // namespace staraction::asset
