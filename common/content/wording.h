#ifndef STARACTION_COMMON_CONTENT_WORDING_H_
#define STARACTION_COMMON_CONTENT_WORDING_H_

#include <string>
#include <vector>

#include "staraction/content/v1/code_list.pb.h"

namespace staraction::content {

// A word that a check forbids, where it was said.
struct WordingFinding {
  // Line in the text, from 1.
  int line = 1;
  // The sentence that it stands in.
  std::string sentence;
  // The forbidden word.
  std::string word;
};

// Forbidden words in `text` (UTF-8, plain or Markdown), sentence by sentence; a sentence ends at
// 。！？ or at an empty line, so wrapped lines stay together. Phrases that the check allows are
// passed over. Letters A to Z match in any case.
std::vector<WordingFinding> FindForbiddenWording(const std::string& text,
                                                 const v1::WordingCheck& check);

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_WORDING_H_
