#ifndef STARACTION_COMMON_BASE_MEDIA_TYPE_H_
#define STARACTION_COMMON_BASE_MEDIA_TYPE_H_

#include <string_view>

namespace staraction {

// Whether we take files of this media type as evidence: PDF, PNG and JPEG.
inline bool IsEvidenceType(std::string_view media_type) {
  return media_type == "application/pdf" || media_type == "image/png" || media_type == "image/jpeg";
}

// Whether the bytes begin as files of that type do; false for any other type.
inline bool BeginsAs(std::string_view bytes, std::string_view media_type) {
  if (media_type == "application/pdf") return bytes.starts_with("%PDF-");
  if (media_type == "image/png") return bytes.starts_with("\x89PNG\r\n\x1a\n");
  return media_type == "image/jpeg" && bytes.starts_with("\xff\xd8\xff");
}

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_MEDIA_TYPE_H_
