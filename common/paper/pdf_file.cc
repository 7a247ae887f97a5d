#include <poppler-document.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <memory>

#include "common/paper/gray_image.h"

namespace staraction::paper {
namespace {

constexpr double kDpi = 200;
constexpr double kLeastDpi = 60;  // below it no QR of ours can be read

// Dots an inch at which the page has at most kMaxPixels; 0 if that is too few.
double DpiFor(const poppler::rectf& page) {
  const double square_inches = page.width() / 72 * page.height() / 72;
  if (!(square_inches > 0)) return 0;
  const double dpi = std::min(kDpi, std::sqrt(static_cast<double>(kMaxPixels) / square_inches));
  return dpi < kLeastDpi ? 0 : dpi;
}

std::optional<GrayImage> Draw(const poppler::document& document, int index,
                              const poppler::page_renderer& renderer) {
  const std::unique_ptr<poppler::page> page(document.create_page(index));
  if (page == nullptr) return std::nullopt;
  const double dpi = DpiFor(page->page_rect());
  if (dpi == 0) return std::nullopt;
  const poppler::image drawn = renderer.render_page(page.get(), dpi, dpi);
  if (!drawn.is_valid() || drawn.format() != poppler::image::format_gray8) return std::nullopt;
  GrayImage image{drawn.width(), drawn.height(), ""};
  for (int y = 0; y < image.height; ++y) {
    image.pixels.append(drawn.const_data() + static_cast<ptrdiff_t>(y) * drawn.bytes_per_row(),
                        static_cast<size_t>(image.width));
  }
  return image;
}

}  // namespace

int ReadPdf(const std::string& bytes, int max_pages,
            const std::function<void(std::optional<GrayImage> image)>& page) {
  if (bytes.size() > INT_MAX) return 0;
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr || document->is_locked()) return 0;
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  const int pages = document->pages();
  for (int i = 0; i < std::min(pages, max_pages); ++i) page(Draw(*document, i, renderer));
  return pages;
}

}  // namespace staraction::paper
