// Devices, software and services, through real gRPC and PostgreSQL.

#include "services/asset/testing.h"

namespace staraction::asset {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;

class SystemTest : public AssetTest {
 protected:
  absl::StatusOr<v1::System> Register(const std::string& system, const std::string& more = "") {
    return As("president", *systems_, &Systems::CreateSystem,
              "parent: '" + kClient + "' system { " + system + " } " + more);
  }
  std::vector<std::string> ListedSystems(const std::string& filter) {
    const auto page =
        As("president", *systems_, &Systems::ListSystems, "parent: '" + kClient + "' " + filter);
    EXPECT_OK(page);
    std::vector<std::string> names;
    for (const auto& system : page->systems()) names.push_back(system.display_name());
    return names;
  }
};

TEST_F(SystemTest, DevicesAreKeptBesideTheLedger) {
  const auto asset = Create(Entry("図面"));
  ASSERT_OK(asset);
  const std::string id = " request_id: '0b9e5c1e-6a52-4a0e-9d35-1f2f3a4b5c6d'";
  const std::string pc =
      "kind: 'PC' display_name: 'PC-01' serial: 'S1' software_version: "
      "'Windows 10' assets: '" +
      asset->name() + "' support_end_date { year: 2025 month: 10 day: 14 }";
  const auto system = Register(pc, id);
  ASSERT_OK(system);
  EXPECT_EQ(system->quantity(), 1);
  EXPECT_EQ(system->kind_display_name(), "パソコン");
  EXPECT_EQ(system->support_state(), v1::SUPPORT_STATE_ENDED);
  const auto again = Register(pc, id);
  ASSERT_OK(again);
  EXPECT_EQ(again->name(), system->name());
  EXPECT_THAT(Register(pc), StatusIs(StatusCode::kAlreadyExists));
  ASSERT_OK(Register("kind: 'CLOUD_SERVICE' display_name: '会計サービス' external: true"));
  EXPECT_THAT(ListedSystems(""), ElementsAre("PC-01", "会計サービス"));
  EXPECT_THAT(ListedSystems("kind: 'CLOUD_SERVICE'"), ElementsAre("会計サービス"));
  EXPECT_THAT(ListedSystems("support_ending: true"), ElementsAre("PC-01"));

  const auto changed = As("president", *systems_, &Systems::UpdateSystem,
                          "system { name: '" + system->name() + "' quantity: 3 }");
  ASSERT_OK(changed);
  EXPECT_EQ(changed->quantity(), 3);
  EXPECT_THAT(As("president", *systems_, &Systems::DeleteSystem,
                 "name: '" + system->name() + "' etag: '" + system->etag() + "'"),
              StatusIs(StatusCode::kAborted));
  ASSERT_OK(As("president", *systems_, &Systems::DeleteSystem, "name: '" + system->name() + "'"));
  EXPECT_THAT(As("president", *systems_, &Systems::GetSystem, "name: '" + system->name() + "'"),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(SystemTest, WhatIsWrongIsNamed) {
  EXPECT_THAT(BadFields(Register("kind: 'TOASTER' display_name: 'x' assets: '" + kOtherClient +
                                 "/assets/" + kClientId +
                                 "' start_date { year: 2026 month: 4 day: 1 } support_end_date { "
                                 "year: 2026 month: 3 day: 1 }")
                            .status()),
              ElementsAre("system.kind", "system.support_end_date", "system.assets[0]"));
  EXPECT_THAT(BadFields(Register("kind: 'PC' display_name: 'x' assets: '" + kClient + "/assets/" +
                                 kClientId + "'")
                            .status()),
              ElementsAre("system.assets"));
  EXPECT_THAT(As("other", *systems_, &Systems::ListSystems, "parent: '" + kClient + "'"),
              StatusIs(StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace staraction::asset
