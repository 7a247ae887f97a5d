#include "services/document/model/counter.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace staraction::document {

std::string Counter::Heading(const v1::Heading& heading) {
  const size_t level = static_cast<size_t>(std::clamp(heading.level(), 1, 3));
  switch (heading.numbering()) {
    case v1::HEADING_NUMBERING_CHAPTER:
      if (level > 1) return absl::StrCat("第", ++section_, "節");
      section_ = 0;
      return absl::StrCat("第", ++chapter_, "章");
    case v1::HEADING_NUMBERING_DECIMAL: {
      ++decimal_[level - 1];
      std::fill(decimal_.begin() + static_cast<std::ptrdiff_t>(level), decimal_.end(), 0);
      std::string label = absl::StrCat(decimal_[0]);
      for (size_t i = 1; i < level; ++i) absl::StrAppend(&label, ".", decimal_[i]);
      return label;
    }
    case v1::HEADING_NUMBERING_ANNEX:
      return absl::StrCat("別紙", ++annex_);
    default:
      return "";
  }
}

int Counter::Article(int wanted) {
  article_ = wanted > 0 ? wanted : article_ + 1;
  return article_;
}

}  // namespace staraction::document
