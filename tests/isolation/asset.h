#ifndef STARACTION_TESTS_ISOLATION_ASSET_H_
#define STARACTION_TESTS_ISOLATION_ASSET_H_

#include <memory>
#include <string>
#include <vector>

#include "services/asset/parts.h"

namespace staraction {

struct UnderTest {
  static std::string Name() { return "asset"; }
  static std::vector<std::string> Services() {
    return {"staraction.asset.v1.AssetService",         "staraction.asset.v1.AssetSnapshotService",
            "staraction.asset.v1.AssetTemplateService", "staraction.asset.v1.AssetTransferService",
            "staraction.asset.v1.SystemService",        "staraction.fact.v1.FactService"};
  }
  static std::vector<pg::Migration> Migrations() { return asset::Migrations(); }
  static absl::StatusOr<std::shared_ptr<void>> Make(Host& host) {
    return asset::MakeParts(host, "");
  }
};

}  // namespace staraction

#endif  // STARACTION_TESTS_ISOLATION_ASSET_H_
