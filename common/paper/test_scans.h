#ifndef STARACTION_COMMON_PAPER_TEST_SCANS_H_
#define STARACTION_COMMON_PAPER_TEST_SCANS_H_

#include <string>
#include <vector>

#include "common/paper/gray_image.h"

// Scans for tests, made the way that printers and scanners make them.
namespace staraction::paper {

// A sheet of A4 at 150 dpi with these codes as QR one under the other; without codes, and with
// grey in the corner where one would be, for "".
GrayImage DrawSheet(const std::vector<std::string>& codes);

std::string ToPng(const GrayImage& image);
std::string ToJpeg(const GrayImage& image, int quality = 60);
// A PDF with a page for each picture, as scanners make them.
std::string ToPdf(const std::vector<GrayImage>& pages);

}  // namespace staraction::paper

#endif  // STARACTION_COMMON_PAPER_TEST_SCANS_H_
