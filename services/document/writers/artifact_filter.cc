#include "services/document/writers/artifact_filter.h"

#include <algorithm>
#include <array>

namespace staraction::document {
namespace {

// Operators that begin and end one drawn object: a path, a text, an image.
constexpr std::array kBegin = {"m", "re", "BT", "Do", "sh"};
constexpr std::array kEnd = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "n", "ET", "Do", "sh"};

template <size_t N>
bool In(const std::array<const char*, N>& set, const std::string& word) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

}  // namespace

void ArtifactFilter::handleToken(const QPDFTokenizer::Token& token) {
  if (token.getType() != QPDFTokenizer::tt_word) {
    operands_ += token.getRawValue();
    return;
  }
  const std::string& word = token.getValue();
  if (depth_ == 0 && !open_ && In(kBegin, word)) {
    write("/Artifact BMC\n");
    open_ = true;
  }
  write(operands_);
  write(token.getRawValue());
  operands_.clear();
  if (word == "BDC" || word == "BMC") ++depth_;
  if (word == "EMC") --depth_;
  if (open_ && In(kEnd, word)) {
    write("\nEMC");
    open_ = false;
  }
}

void ArtifactFilter::handleEOF() {
  write(operands_);
}

}  // namespace staraction::document
