#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_COUNTER_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_COUNTER_H_

#include <array>
#include <string>

#include "staraction/document/v1/block.pb.h"

namespace staraction::document {

// Counts what a document numbers, in the order of its blocks.
class Counter {
 public:
  // Label of the next heading; empty when it carries no number.
  std::string Heading(const v1::Heading& heading);

  // Number of the next article: `wanted`, or the one after the last if that is 0. A `wanted` that
  // goes back is taken nevertheless; check with NextArticle before.
  int Article(int wanted);
  int NextArticle() const { return article_ + 1; }

  int Table() { return ++table_; }

 private:
  int chapter_ = 0;
  int section_ = 0;
  int annex_ = 0;
  int article_ = 0;
  int table_ = 0;
  std::array<int, 3> decimal_ = {};
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_COUNTER_H_
