#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_COMPARE_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_COMPARE_H_

#include <string>
#include <vector>

#include "services/document/model/resolved.h"

namespace staraction::document {

// One difference between two documents. Either text may be empty, not both.
struct Difference {
  std::string place;  // "第4章 アクセス管理 第12条（パスワード）", of the newer one if it has it
  std::string id;  // of the article or heading; may be empty
  std::string before;
  std::string after;
};

// How the newer document differs from the older one in its words: by articles and headings, in them
// by paragraphs, items, rows. Sections are matched by their ids, else by their titles; numbers
// alone make no difference. In the order of the newer one; what was removed stands where it was.
std::vector<Difference> Compare(const Resolved& before, const Resolved& after);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_COMPARE_H_
