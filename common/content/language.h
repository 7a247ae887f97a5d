#ifndef STARACTION_COMMON_CONTENT_LANGUAGE_H_
#define STARACTION_COMMON_CONTENT_LANGUAGE_H_

#include <string>

#include "common/status/grpc_status.h"
#include "staraction/content/v1/text.pb.h"

namespace staraction::content {

// The text for a reader: in English where the content has it.
inline const std::string& InLanguage(const v1::Text& text, Language language) {
  return language == Language::kEnglish && !text.en().empty() ? text.en() : text.ja();
}

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_LANGUAGE_H_
