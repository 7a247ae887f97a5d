#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_FONT_LIBRARY_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_FONT_LIBRARY_H_

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace staraction::document {

// Families of the prepared fonts; each is followed by the full Noto font for rare kanji.
inline constexpr char kMincho[] = "StarAction Serif, Noto Serif CJK JP";
inline constexpr char kGothic[] = "StarAction Sans, Noto Sans CJK JP";

// The fonts of the product: the prepared ones from a folder, then the system's. Nothing of the
// machine's or the user's fontconfig files has an influence. Immutable; thread-safe.
class FontLibrary {
 public:
  // `folder` holds StarActionSerif-Regular.otf and its three siblings (build target
  // document_fonts). NOT_FOUND when one of them is missing; INTERNAL when fontconfig fails.
  static absl::StatusOr<std::shared_ptr<const FontLibrary>> Open(const std::string& folder);

  ~FontLibrary();
  FontLibrary(const FontLibrary&) = delete;
  FontLibrary& operator=(const FontLibrary&) = delete;

  // The Pango context of the calling thread: one font map per thread and library, kept until the
  // thread ends, because fonts are costly to load and Pango shares none between threads. Points are
  // 1/72 inch, nothing is hinted or rounded. Never pass it to another thread.
  PangoContext* ThreadContext() const;

 private:
  explicit FontLibrary(FcConfig* config) : config_(config) {}

  FcConfig* const config_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_FONT_LIBRARY_H_
