#ifndef STARACTION_COMMON_PAPER_GRAY_IMAGE_H_
#define STARACTION_COMMON_PAPER_GRAY_IMAGE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace staraction::paper {

// Most pixels of a page that is looked at: an A4 sheet at 600 dpi has 35 million.
inline constexpr int64_t kMaxPixels = 40'000'000;

// One page in shades of gray, a byte a pixel, row by row from the top.
struct GrayImage {
  int width = 0;
  int height = 0;
  std::string pixels{};
};

// The picture of a PNG or JPEG file; nothing if it is damaged, of another kind, or larger than
// kMaxPixels (told from its head, before anything is unpacked). JPEGs of more than 12 million
// pixels come at half size, which is enough for a QR.
std::optional<GrayImage> ReadPng(const std::string& bytes);
std::optional<GrayImage> ReadJpeg(const std::string& bytes);

// Calls `page` with each of the first `max_pages` pages of a PDF file, in order and one at a time;
// a page that cannot be drawn comes without a picture. Returns the number of its pages; 0 if it is
// damaged, locked or no PDF.
int ReadPdf(const std::string& bytes, int max_pages,
            const std::function<void(std::optional<GrayImage> image)>& page);

}  // namespace staraction::paper

#endif  // STARACTION_COMMON_PAPER_GRAY_IMAGE_H_
