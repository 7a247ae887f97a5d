// The ledger, through real gRPC and PostgreSQL.

#include "absl/strings/str_cat.h"
#include "services/asset/testing.h"

namespace staraction::asset {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRequest[] = " request_id: '0b9e5c1e-6a52-4a0e-9d35-1f2f3a4b5c6d'";

TEST_F(AssetTest, AnEntryIsValuedAndShown) {
  const auto asset =
      Create(Entry("社員名簿", "BOTTOM", "flags: 'PERSONAL' persons: 28 site: '" + kOffice + "'"),
             kRequest);
  ASSERT_OK(asset);
  EXPECT_EQ(asset->importance(), 3);
  EXPECT_EQ(asset->importance_level(), "TOP");
  EXPECT_EQ(asset->confidentiality_value(), 1);
  EXPECT_NE(asset->raise_reason(), "");
  EXPECT_EQ(asset->medium_display_name(), "事務所PC");
  EXPECT_EQ(asset->stages_size(), 6);
  EXPECT_TRUE(asset->has_register_date()) << "today, if nobody says else";
  const auto again =
      Create(Entry("社員名簿", "BOTTOM", "flags: 'PERSONAL' persons: 28 site: '" + kOffice + "'"),
             kRequest);
  ASSERT_OK(again);
  EXPECT_EQ(again->name(), asset->name());

  const auto read = As("president", *assets_, &Assets::GetAsset, "name: '" + asset->name() + "'");
  ASSERT_OK(read);
  EXPECT_EQ(read->DebugString(), asset->DebugString());

  const auto changed =
      Update(asset->name(), "users: '総務部' importance: 1 etag: '" + asset->etag() + "'");
  ASSERT_OK(changed);
  EXPECT_EQ(changed->importance(), 3) << "what is computed is never typed";
  EXPECT_EQ(changed->users(), "総務部");
  EXPECT_THAT(Update(asset->name(), "users: '全員' etag: '" + asset->etag() + "'"),
              StatusIs(StatusCode::kAborted));
}

TEST_F(AssetTest, WhatIsWrongIsNamed) {
  EXPECT_THAT(
      BadFields(Create("business: '人事' display_name: 'x' medium: 'STONE' confidentiality: '3' "
                       "integrity: 'TOP' availability: 'TOP' flags: 'SECRET' liability: true")
                    .status()),
      ElementsAre("asset.medium", "asset.flags[0]", "asset.confidentiality",
                  "asset.liability_reason"));
  EXPECT_THAT(BadFields(Create("medium: 'PAPER'").status()), Contains("asset.display_name"));
  EXPECT_THAT(
      BadFields(Create(Entry("x", "TOP", "site: '" + kOtherClient + "/sites/" + kClientId + "'"))
                    .status()),
      ElementsAre("asset.site"));
  const auto first = Create(Entry("社員名簿"));
  ASSERT_OK(first);
  EXPECT_THAT(Create(Entry("社員名簿", "TOP")),
              StatusIs(StatusCode::kAlreadyExists, HasSubstr(first->name())));
  ASSERT_OK(Create(Entry("名札", "TOP", "source_id: '7'")));
  EXPECT_THAT(Create(Entry("別の名札", "TOP", "source_id: '7'")),
              StatusIs(StatusCode::kAlreadyExists));
  EXPECT_THAT(As("other", *assets_, &Assets::GetAsset, "name: '" + first->name() + "'"),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Listed(""), ElementsAre("社員名簿", "名札"));
}

TEST_F(AssetTest, SeveralAreStoredTogetherOrNotAtAll) {
  const auto batch = [this](const std::string& assets) {
    return As("consultant", *assets_, &Assets::BatchCreateAssets,
              "parent: '" + kClient + "' " + assets);
  };
  const std::string good = "assets { " + Entry("a") + " } assets { " + Entry("b", "TOP") + " } ";
  EXPECT_THAT(
      BadFields(batch(good + "assets { " + Entry("c", "HUGE") + " }").status()),
      ElementsAre("assets[2].confidentiality", "assets[2].integrity", "assets[2].availability"));
  EXPECT_THAT(batch(good + "assets { " + Entry("a") + " }"), StatusIs(StatusCode::kAlreadyExists));
  EXPECT_THAT(Listed(""), IsEmpty());
  const auto stored = batch(good);
  ASSERT_OK(stored);
  ASSERT_EQ(stored->assets_size(), 2);
  EXPECT_EQ(stored->assets(1).importance(), 3);
  EXPECT_THAT(Listed(""), ElementsAre("a", "b"));
}

TEST_F(AssetTest, TheListIsFilteredOrderedAndPaged) {
  ASSERT_OK(Create(Entry("給与台帳", "MIDDLE", "flags: 'MY_NUMBER' persons: 28")));
  ASSERT_OK(Create(Entry("図面", "TOP", "note: '得意先から預かる'")));
  ASSERT_OK(
      Create("business: '営業' display_name: '顧客リスト' department: '営業部' medium: 'CLOUD' "
             "confidentiality: 'TOP' integrity: 'TOP' availability: 'TOP' flags: 'PERSONAL' "
             "persons: 900 review_date { year: 2020 month: 1 day: 1 }"));
  ASSERT_OK(Create(Entry("掲示物")));
  EXPECT_THAT(Listed(""), ElementsAre("給与台帳", "図面", "顧客リスト", "掲示物"));
  EXPECT_THAT(Listed("order: ASSET_ORDER_IMPORTANCE"),
              ElementsAre("顧客リスト", "給与台帳", "図面", "掲示物"));
  EXPECT_THAT(Listed("query: 'ﾘｽﾄ'"), ElementsAre("顧客リスト")) << "variants are folded";
  EXPECT_THAT(Listed("query: '預かる'"), ElementsAre("図面")) << "notes are searched";
  EXPECT_THAT(Listed("department: '営業部'"), ElementsAre("顧客リスト"));
  EXPECT_THAT(Listed("medium: 'OFFICE_PC' importance_level: 'TOP'"),
              ElementsAre("給与台帳", "図面"));
  EXPECT_THAT(Listed("flag: 'MY_NUMBER'"), ElementsAre("給与台帳"));
  EXPECT_THAT(Listed("review_overdue: true"), ElementsAre("顧客リスト"));

  for (const std::string order : {"", "order: ASSET_ORDER_IMPORTANCE "}) {
    std::vector<std::string> names;
    std::string token;
    do {
      const auto page = As("president", *assets_, &Assets::ListAssets,
                           "parent: '" + kClient + "' page_size: 1 " + order +
                               (token.empty() ? "" : "page_token: '" + token + "'"));
      ASSERT_OK(page);
      for (const auto& asset : page->assets()) names.push_back(asset.display_name());
      token = page->next_page_token();
    } while (!token.empty());
    EXPECT_EQ(names, Listed(order));
  }
  EXPECT_THAT(
      As("president", *assets_, &Assets::ListAssets, "parent: '" + kClient + "' page_token: 'x'"),
      StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(AssetTest, AnotherScaleShowsTheSameLevelsWithItsNumbers) {
  const auto asset = Create(Entry("図面", "MIDDLE"));
  ASSERT_OK(asset);
  const auto ledger =
      As("president", *assets_, &Assets::GetLedger, "name: '" + kClient + "/ledger'");
  ASSERT_OK(ledger);
  EXPECT_EQ(ledger->entry_count(), 1);
  EXPECT_THAT(ledger->levels(), SizeIs(3));
  EXPECT_THAT(ledger->media(), SizeIs(6));
  const auto change = [this](const std::string& user, const std::string& scale) {
    return As(user, *assets_, &Assets::UpdateLedger,
              "ledger { name: '" + kClient + "/ledger' value_scale: '" + scale + "' }");
  };
  EXPECT_THAT(change("president", "value-scale-2"), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(BadFields(change("consultant", "value-scale-9").status()),
              ElementsAre("ledger.value_scale"));
  ASSERT_OK(Freeze());
  for (const char* scale : {"value-scale-2", "value-scale-4-0", "value-scale-2"}) {
    const auto changed = change("consultant", scale);
    ASSERT_OK(changed);
    EXPECT_EQ(changed->value_scale(), scale);
  }
  const auto read = As("president", *assets_, &Assets::GetAsset, "name: '" + asset->name() + "'");
  ASSERT_OK(read);
  EXPECT_EQ(read->importance(), 1);
  EXPECT_EQ(read->importance_level(), "MIDDLE");
  const auto frozen =
      As("president", *snapshots_, &Snapshots::ListAssetSnapshots, "parent: '" + kClient + "'");
  ASSERT_OK(frozen);
  EXPECT_EQ(frozen->asset_snapshots(0).value_scale(), ledger->value_scale())
      << "snapshots keep their numbers";
}

TEST_F(AssetTest, HintsLastUntilTheyAreDismissed) {
  const auto asset = Create(Entry("健康診断結果", "TOP", "users: '全員' flags: 'SENSITIVE'"));
  ASSERT_OK(asset);
  const auto codes = [this] {
    const auto review =
        As("president", *assets_, &Assets::ReviewAssets, "parent: '" + kClient + "'");
    EXPECT_OK(review);
    EXPECT_EQ(review->entry_count(), 1);
    std::vector<std::string> found;
    for (const auto& hint : review->hints()) found.push_back(hint.hint());
    EXPECT_EQ(review->hint_count(), static_cast<int>(found.size()));
    return found;
  };
  EXPECT_THAT(codes(), Contains("OPEN_TO_ALL"));
  const auto dismiss = [&](const std::string& hint) {
    return As("president", *assets_, &Assets::DismissHint,
              "name: '" + asset->name() + "' hint: '" + hint + "' reason: '掲示用の集計だけ'");
  };
  EXPECT_THAT(BadFields(dismiss("NONSENSE").status()), ElementsAre("hint"));
  const auto dismissed = dismiss("OPEN_TO_ALL");
  ASSERT_OK(dismissed);
  ASSERT_EQ(dismissed->dismissed_hints_size(), 1);
  EXPECT_EQ(dismissed->dismissed_hints(0).reason(), "掲示用の集計だけ");
  EXPECT_THAT(codes(), testing::Not(Contains("OPEN_TO_ALL")));
}

TEST_F(AssetTest, FactsCountTheLedger) {
  EXPECT_THAT(Facts(), Contains("ledger.entries=0"));
  ASSERT_OK(Create(Entry("a", "TOP", "backup: 'NAS'")));
  const auto b = Create(Entry("b", "TOP",
                              "profile { stage: 'DISPOSE' absent: true } review_date { "
                              "year: 2020 month: 1 day: 1 }"));
  ASSERT_OK(b);
  ASSERT_OK(Freeze());
  EXPECT_THAT(Facts(), ElementsAre("ledger.entries=2", "ledger.unreviewed=1", "ledger.backed_up=1",
                                   "ledger.without_disposal=1", "ledger.snapshots=1"));
  ASSERT_OK(Update(b->name(), "users: '総務部'"));
  EXPECT_THAT(As("president", *assets_, &Assets::DeleteAsset,
                 "name: '" + b->name() + "' etag: '" + b->etag() + "'"),
              StatusIs(StatusCode::kAborted));
  ASSERT_OK(As("president", *assets_, &Assets::DeleteAsset, "name: '" + b->name() + "'"));
  EXPECT_THAT(Facts(), Contains("ledger.entries=1"));
}

}  // namespace
}  // namespace staraction::asset
