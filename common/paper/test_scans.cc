#include "common/paper/test_scans.h"

// jpeglib.h needs size_t and FILE, and doesn't say so.
#include <cstdio>
// clang-format off
#include <jpeglib.h>
// clang-format on
#include <cairo-pdf.h>
#include <png.h>
#include <qrencode.h>

#include <cstdlib>
#include <cstring>

namespace staraction::paper {
namespace {

constexpr int kWidth = 1240;
constexpr int kHeight = 1754;
constexpr int kModule = 6;  // dots a module: about 1 mm
constexpr char kPaper = '\xf0';
constexpr char kInk = '\x28';

void Square(int left, int top, char shade, GrayImage& image) {
  for (int y = top; y < top + kModule; ++y) {
    for (int x = left; x < left + kModule; ++x) {
      image.pixels[static_cast<size_t>(y) * static_cast<size_t>(image.width) +
                   static_cast<size_t>(x)] = shade;
    }
  }
}

void DrawQr(const std::string& text, int left, int top, GrayImage& image) {
  QRcode* code = QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M);
  if (code == nullptr) std::abort();
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      const bool dark = (code->data[y * code->width + x] & 1) != 0;
      if (dark) Square(left + x * kModule, top + y * kModule, kInk, image);
    }
  }
  QRcode_free(code);
}

}  // namespace

GrayImage DrawSheet(const std::vector<std::string>& codes) {
  GrayImage image{kWidth, kHeight, std::string(static_cast<size_t>(kWidth) * kHeight, kPaper)};
  int top = 100;
  for (const std::string& code : codes) {
    if (!code.empty()) {
      DrawQr(code, 900, top, image);
    } else {
      for (int i = 0; i < 40; ++i) Square(900 + i * kModule, top, kInk, image);
    }
    top += 300;
  }
  return image;
}

std::string ToPng(const GrayImage& image) {
  png_image head = {};
  head.version = PNG_IMAGE_VERSION;
  head.width = static_cast<png_uint_32>(image.width);
  head.height = static_cast<png_uint_32>(image.height);
  head.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&head, nullptr, &size, 0, image.pixels.data(), 0, nullptr) == 0) {
    std::abort();
  }
  std::string bytes(size, '\0');
  if (png_image_write_to_memory(&head, bytes.data(), &size, 0, image.pixels.data(), 0, nullptr) ==
      0) {
    std::abort();
  }
  bytes.resize(size);
  return bytes;
}

std::string ToJpeg(const GrayImage& image, int quality) {
  jpeg_compress_struct info = {};
  jpeg_error_mgr errors = {};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* memory = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &memory, &size);
  info.image_width = static_cast<JDIMENSION>(image.width);
  info.image_height = static_cast<JDIMENSION>(image.height);
  info.input_components = 1;
  info.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  std::string pixels = image.pixels;
  while (info.next_scanline < info.image_height) {
    auto* row =
        reinterpret_cast<JSAMPROW>(&pixels[static_cast<size_t>(image.width) * info.next_scanline]);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  std::string bytes(reinterpret_cast<const char*>(memory), size);
  jpeg_destroy_compress(&info);
  std::free(memory);
  return bytes;
}

std::string ToPdf(const std::vector<GrayImage>& pages) {
  std::string bytes;
  const auto write = [](void* to, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
  };
  cairo_surface_t* pdf = cairo_pdf_surface_create_for_stream(write, &bytes, 595, 842);
  cairo_t* cairo = cairo_create(pdf);
  for (const GrayImage& page : pages) {
    cairo_surface_t* picture =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, page.width, page.height);
    const int stride = cairo_image_surface_get_stride(picture);
    for (int y = 0; y < page.height; ++y) {
      for (int x = 0; x < page.width; ++x) {
        std::memset(cairo_image_surface_get_data(picture) + y * stride + 4 * x,
                    page.pixels[static_cast<size_t>(y) * static_cast<size_t>(page.width) +
                                static_cast<size_t>(x)],
                    4);
      }
    }
    cairo_surface_mark_dirty(picture);
    cairo_save(cairo);
    cairo_scale(cairo, 595.0 / page.width, 842.0 / page.height);
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
    cairo_show_page(cairo);
    cairo_surface_destroy(picture);
  }
  cairo_destroy(cairo);
  cairo_surface_destroy(pdf);
  return bytes;
}

}  // namespace staraction::paper
