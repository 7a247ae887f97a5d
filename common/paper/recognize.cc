#include "common/paper/recognize.h"

#include <zbar.h>

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"

namespace staraction::paper {
namespace {

constexpr unsigned long kGray = 'Y' | '8' << 8 | '0' << 16 | '0' << 24;  // zbar's "Y800"

struct FreeScanner {
  void operator()(zbar::zbar_image_scanner_t* scanner) const {
    zbar::zbar_image_scanner_destroy(scanner);
  }
};
struct FreeImage {
  void operator()(zbar::zbar_image_t* image) const { zbar::zbar_image_destroy(image); }
};

void AddPage(int page, const std::optional<GrayImage>& image, std::string& lines) {
  absl::StrAppend(&lines, "page ", page, "\n");
  if (!image) return;
  for (const FormCode& code : FindFormCodes(*image)) {
    absl::StrAppend(&lines, EncodeFormCode(code), "\n");
  }
}

}  // namespace

std::vector<FormCode> FindFormCodes(const GrayImage& image) {
  const std::unique_ptr<zbar::zbar_image_scanner_t, FreeScanner> scanner(
      zbar::zbar_image_scanner_create());
  const std::unique_ptr<zbar::zbar_image_t, FreeImage> scanned(zbar::zbar_image_create());
  if (scanner == nullptr || scanned == nullptr) return {};
  zbar::zbar_image_scanner_set_config(scanner.get(), zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
  zbar::zbar_image_scanner_set_config(scanner.get(), zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
  zbar::zbar_image_set_format(scanned.get(), kGray);
  zbar::zbar_image_set_size(scanned.get(), static_cast<unsigned>(image.width),
                            static_cast<unsigned>(image.height));
  zbar::zbar_image_set_data(scanned.get(), image.pixels.data(), image.pixels.size(), nullptr);
  std::vector<FormCode> codes;
  if (zbar::zbar_scan_image(scanner.get(), scanned.get()) < 0) return codes;
  const auto* symbol = zbar::zbar_image_first_symbol(scanned.get());
  for (; symbol != nullptr; symbol = zbar::zbar_symbol_next(symbol)) {
    const auto code = DecodeFormCode(
        {zbar::zbar_symbol_get_data(symbol), zbar::zbar_symbol_get_data_length(symbol)});
    if (code && std::find(codes.begin(), codes.end(), *code) == codes.end()) {
      codes.push_back(*code);
    }
  }
  return codes;
}

std::string RecognizeFile(const std::string& bytes, const std::string& media_type, int max_pages) {
  std::string lines;
  if (media_type == "application/pdf") {
    int page = 0;
    ReadPdf(bytes, max_pages,
            [&](const std::optional<GrayImage>& image) { AddPage(++page, image, lines); });
    return lines;
  }
  const auto image = media_type == "image/png"    ? ReadPng(bytes)
                     : media_type == "image/jpeg" ? ReadJpeg(bytes)
                                                  : std::nullopt;
  if (image) AddPage(1, image, lines);
  return lines;
}

}  // namespace staraction::paper
