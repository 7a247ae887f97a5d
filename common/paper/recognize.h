#ifndef STARACTION_COMMON_PAPER_RECOGNIZE_H_
#define STARACTION_COMMON_PAPER_RECOGNIZE_H_

#include <string>
#include <vector>

#include "common/paper/form_code.h"
#include "common/paper/gray_image.h"

namespace staraction::paper {

// The codes of our forms on a page, each once, however it lies. Other QR codes are left out.
std::vector<FormCode> FindFormCodes(const GrayImage& image);

// What staraction-scan does: reads a file of this media type (application/pdf, image/png,
// image/jpeg) and says what it found, a line each, "page 1" before the codes on page 1. No line:
// the file cannot be read. In this process, so only where crashing and using up memory do no harm.
std::string RecognizeFile(const std::string& bytes, const std::string& media_type, int max_pages);

}  // namespace staraction::paper

#endif  // STARACTION_COMMON_PAPER_RECOGNIZE_H_
