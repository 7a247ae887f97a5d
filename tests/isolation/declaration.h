#ifndef STARACTION_TESTS_ISOLATION_DECLARATION_H_
#define STARACTION_TESTS_ISOLATION_DECLARATION_H_

#include <memory>
#include <string>
#include <vector>

#include "services/declaration/parts.h"

namespace staraction {

struct UnderTest {
  static std::string Name() { return "declaration"; }
  static std::vector<std::string> Services() {
    return {"staraction.declaration.v1.CampaignService",
            "staraction.declaration.v1.DeclarationService",
            "staraction.declaration.v1.InquiryService",
            "staraction.declaration.v1.PageCheckService",
            "staraction.declaration.v1.PledgeScanService",
            "staraction.declaration.v1.PledgedDocumentService",
            "staraction.declaration.v1.PublicationService",
            "staraction.fact.v1.FactService"};
  }
  static std::vector<pg::Migration> Migrations() { return declaration::Migrations(); }
  static absl::StatusOr<std::shared_ptr<void>> Make(Host& host) {
    return declaration::MakeParts(host, declaration::PartsOptions());
  }
};

}  // namespace staraction

#endif  // STARACTION_TESTS_ISOLATION_DECLARATION_H_
