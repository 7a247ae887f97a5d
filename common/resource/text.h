#ifndef STARACTION_COMMON_RESOURCE_TEXT_H_
#define STARACTION_COMMON_RESOURCE_TEXT_H_

#include <optional>
#include <string>

#include "staraction/common/v1/limits.pb.h"

namespace staraction {

// A phrase in both languages.
struct Phrase {
  std::string en;
  std::string ja;
};

// The text as an error message may show it: its first 40 code points, the last of them an
// ellipsis if there are more; control characters and broken bytes become U+FFFD.
std::string Shorten(const std::string& text);

// What the format wants, if the text does not have it. An empty text has every format.
std::optional<Phrase> FormatProblem(common::v1::TextFormat format, const std::string& text);

// Whether a text of this format says nothing about a person, so that an error may repeat it.
bool MayShow(common::v1::TextFormat format);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_TEXT_H_
