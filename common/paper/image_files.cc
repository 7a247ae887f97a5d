// jpeglib.h needs size_t and FILE, and doesn't say so.
#include <cstdio>
// clang-format off
#include <jpeglib.h>
// clang-format on
#include <png.h>

#include <csetjmp>

#include "common/paper/gray_image.h"

namespace staraction::paper {
namespace {

constexpr int64_t kHalfFrom = 12'000'000;
// Of libjpeg itself; progressive files need their coefficients in memory.
constexpr long kJpegMemory = 256L << 20;
constexpr int kMaxScans = 100;  // progressive files of cameras and scanners have about ten

bool Fits(int64_t width, int64_t height) {
  return width > 0 && height > 0 && width <= kMaxPixels && height <= kMaxPixels / width;
}

// libjpeg reports by these; leaving by longjmp is its own way.
struct JpegErrors {
  jpeg_error_mgr manager;
  std::jmp_buf leave;
};

[[noreturn]] void Leave(j_common_ptr info) {
  std::longjmp(reinterpret_cast<JpegErrors*>(info->err)->leave, 1);
}

void Ignore(j_common_ptr, int) {}

void CountScans(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMaxScans) Leave(info);
}

// Decodes into `image`; nothing here has a destructor, so that longjmp may leave it.
void Decode(jpeg_decompress_struct& info, GrayImage& image) {
  jpeg_start_decompress(&info);
  image.width = static_cast<int>(info.output_width);
  image.height = static_cast<int>(info.output_height);
  image.pixels.resize(static_cast<size_t>(image.width) * info.output_height);
  while (info.output_scanline < info.output_height) {
    auto* row = reinterpret_cast<JSAMPROW>(
        &image.pixels[static_cast<size_t>(image.width) * info.output_scanline]);
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
}

}  // namespace

std::optional<GrayImage> ReadPng(const std::string& bytes) {
  png_image head = {};
  head.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&head, bytes.data(), bytes.size()) == 0) {
    return std::nullopt;
  }
  if (!Fits(head.width, head.height)) {
    png_image_free(&head);
    return std::nullopt;
  }
  head.format = PNG_FORMAT_GRAY;
  GrayImage image{static_cast<int>(head.width), static_cast<int>(head.height),
                  std::string(PNG_IMAGE_SIZE(head), '\0')};
  const png_color white = {255, 255, 255};  // behind what is transparent
  if (png_image_finish_read(&head, &white, image.pixels.data(), 0, nullptr) == 0) {
    return std::nullopt;
  }
  return image;
}

std::optional<GrayImage> ReadJpeg(const std::string& bytes) {
  jpeg_decompress_struct info = {};
  JpegErrors errors = {};
  jpeg_progress_mgr progress = {};
  std::optional<GrayImage> image(std::in_place);
  info.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = Leave;
  errors.manager.emit_message = Ignore;
  progress.progress_monitor = CountScans;
  if (setjmp(errors.leave) != 0) {
    jpeg_destroy_decompress(&info);
    return std::nullopt;
  }
  jpeg_create_decompress(&info);
  info.progress = &progress;
  info.mem->max_memory_to_use = kJpegMemory;
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&info, TRUE);
  const int64_t width = info.image_width;
  if (!Fits(width, info.image_height)) Leave(reinterpret_cast<j_common_ptr>(&info));
  info.out_color_space = JCS_GRAYSCALE;
  if (width * info.image_height > kHalfFrom) info.scale_denom = 2;
  Decode(info, *image);
  jpeg_destroy_decompress(&info);
  return image;
}

}  // namespace staraction::paper
