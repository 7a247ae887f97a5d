// Frozen ledgers, through real gRPC and PostgreSQL.

#include "common/pg/connection.h"
#include "services/asset/testing.h"

namespace staraction::asset {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(AssetTest, ASnapshotKeepsWhatTheLedgerSaid) {
  EXPECT_THAT(Freeze(), StatusIs(StatusCode::kFailedPrecondition));
  const auto a = Create(Entry("図面", "MIDDLE"));
  const auto b = Create(Entry("名簿", "BOTTOM", "flags: 'PERSONAL' persons: 28"));
  ASSERT_OK(a);
  ASSERT_OK(b);
  const auto first = Freeze("期首");
  ASSERT_OK(first);
  EXPECT_EQ(first->entry_count(), 2);
  EXPECT_EQ(first->personal_count(), 1);
  ASSERT_EQ(first->importance_counts_size(), 2);
  EXPECT_EQ(first->importance_counts(0).importance(), 3);
  EXPECT_EQ(first->note(), "期首");
  EXPECT_THAT(first->pack(), HasSubstr("@"));
  ASSERT_OK(Update(a->name(), "users: '設計課'"));
  ASSERT_OK(As("president", *assets_, &Assets::DeleteAsset, "name: '" + b->name() + "'"));
  ASSERT_OK(Create(Entry("型紙")));
  const auto second = Freeze();
  ASSERT_OK(second);

  const auto entries = As("president", *snapshots_, &Snapshots::ListSnapshotAssets,
                          "parent: '" + first->name() + "' page_size: 1");
  ASSERT_OK(entries);
  ASSERT_EQ(entries->snapshot_assets_size(), 1);
  EXPECT_EQ(entries->snapshot_assets(0).asset().display_name(), "図面");
  EXPECT_EQ(entries->snapshot_assets(0).asset().importance(), 2);
  EXPECT_EQ(entries->snapshot_assets(0).asset().stages_size(), 6);
  const auto rest = As("president", *snapshots_, &Snapshots::ListSnapshotAssets,
                       "parent: '" + first->name() + "' page_size: 1 page_token: '" +
                           entries->next_page_token() + "'");
  ASSERT_OK(rest);
  EXPECT_EQ(rest->snapshot_assets(0).asset().display_name(), "名簿");
  EXPECT_EQ(rest->next_page_token(), "");

  const auto compare = [this](const std::string& name, const std::string& base) {
    return As("president", *snapshots_, &Snapshots::CompareAssetSnapshots,
              "name: '" + name + "' base: '" + base + "'");
  };
  const auto difference = compare(second->name(), "");
  ASSERT_OK(difference);
  EXPECT_EQ(difference->base(), first->name());
  EXPECT_EQ(difference->added_count(), 1);
  EXPECT_EQ(difference->removed_count(), 1);
  EXPECT_EQ(difference->changed_count(), 1);
  EXPECT_EQ(difference->same_count(), 0);
  ASSERT_EQ(difference->changes_size(), 3);
  EXPECT_EQ(difference->changes(0).fields(0).field(), "users");
  EXPECT_THAT(BadFields(compare(first->name(), "").status()), ElementsAre("base"));
  EXPECT_THAT(
      BadFields(compare(second->name(), kOtherClient + "/assetSnapshots/" + kClientId).status()),
      ElementsAre("base"));
  const auto list =
      As("president", *snapshots_, &Snapshots::ListAssetSnapshots, "parent: '" + kClient + "'");
  ASSERT_OK(list);
  EXPECT_EQ(list->asset_snapshots_size(), 2);
  const auto get =
      As("president", *snapshots_, &Snapshots::GetAssetSnapshot, "name: '" + second->name() + "'");
  ASSERT_OK(get);
  EXPECT_EQ(get->entry_count(), 2);
}

TEST_F(AssetTest, TheDatabaseKeepsSnapshotsAsTheyAre) {
  ASSERT_OK(Create(Entry("図面")));
  ASSERT_OK(Freeze());
  auto connection = pg::Connection::OpenBare(service_->database().service_url());
  ASSERT_OK(connection);
  for (const char* change :
       {"update asset.snapshot_asset set note = ''", "delete from asset.snapshot_asset",
        "update asset.snapshot_content set scale = '{}'", "delete from asset.snapshot_content",
        "delete from asset.asset_snapshot", "update asset.asset_snapshot set note = 'x'"}) {
    EXPECT_THAT((*connection)->ExecText(change), StatusIs(StatusCode::kInternal)) << change;
  }
}

}  // namespace
}  // namespace staraction::asset
