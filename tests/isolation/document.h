#ifndef STARACTION_TESTS_ISOLATION_DOCUMENT_H_
#define STARACTION_TESTS_ISOLATION_DOCUMENT_H_

#include <memory>
#include <string>
#include <vector>

#include "services/document/parts.h"

namespace staraction {

struct UnderTest {
  static std::string Name() { return "document"; }
  static std::vector<std::string> Services() {
    return {"staraction.document.v1.TemplateService", "staraction.document.v1.DocumentService",
            "staraction.document.v1.RevisionService", "staraction.document.v1.ApprovedService",
            "staraction.fact.v1.FactService"};
  }
  static std::vector<pg::Migration> Migrations() { return document::Migrations(); }
  static absl::StatusOr<std::shared_ptr<void>> Make(Host& host) {
    document::Settings settings;
    settings.fonts_dir = DOCUMENT_FONTS_DIR;
    return document::MakeParts(host, settings);
  }
};

}  // namespace staraction

#endif  // STARACTION_TESTS_ISOLATION_DOCUMENT_H_
