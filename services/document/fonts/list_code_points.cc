// Writes the code points that the prepared fonts keep, one U+… a line, for hb-subset: everything
// of JIS X 0208/0213 and CP932, and the blocks of signs that business documents use.
#include <iconv.h>

#include <cstdint>
#include <cstdio>
#include <set>
#include <string>

namespace {

// Adds what the one to three bytes mean in the encoding, if anything.
void AddDecoded(iconv_t decoder, std::string bytes, std::set<uint32_t>& points) {
  char32_t decoded[4] = {};
  char* in = bytes.data();
  char* out = reinterpret_cast<char*>(decoded);
  size_t in_left = bytes.size();
  size_t out_left = sizeof(decoded);
  iconv(decoder, nullptr, nullptr, nullptr, nullptr);
  if (iconv(decoder, &in, &in_left, &out, &out_left) == static_cast<size_t>(-1)) return;
  iconv(decoder, nullptr, nullptr, &out, &out_left);
  const size_t count = 4 - out_left / sizeof(char32_t);
  for (size_t i = 0; i < count; ++i) points.insert(decoded[i]);
}

bool AddEncoding(const char* name, const std::string& prefix, std::set<uint32_t>& points) {
  iconv_t decoder = iconv_open("UTF-32LE", name);
  if (decoder == reinterpret_cast<iconv_t>(-1)) return false;
  for (int high = 0x80; high <= 0xff; ++high) {
    AddDecoded(decoder, prefix + static_cast<char>(high), points);
    for (int low = 0x40; low <= 0xff; ++low) {
      AddDecoded(decoder, prefix + static_cast<char>(high) + static_cast<char>(low), points);
    }
  }
  iconv_close(decoder);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::FILE* out = argc == 2 ? std::fopen(argv[1], "w") : nullptr;
  if (out == nullptr) {
    std::fputs("usage: list_code_points FILE\n", stderr);
    return 2;
  }
  std::set<uint32_t> points;
  if (!AddEncoding("CP932", "", points) || !AddEncoding("EUC-JISX0213", "", points) ||
      !AddEncoding("EUC-JISX0213", "\x8f", points)) {
    std::fputs("iconv knows no CP932 or EUC-JISX0213\n", stderr);
    return 1;
  }
  constexpr uint32_t kRanges[][2] = {
      {0x20, 0x7e},     {0xa0, 0x17f},    {0x2000, 0x206f}, {0x20a0, 0x20bf},
      {0x2100, 0x22ff}, {0x2460, 0x26ff}, {0x2700, 0x27bf}, {0x3000, 0x30ff},
      {0x31f0, 0x33ff}, {0xfe00, 0xfe0f}, {0xff00, 0xffef}, {0xe0100, 0xe01ef},
  };
  for (const auto& [first, last] : kRanges) {
    for (uint32_t point = first; point <= last; ++point) points.insert(point);
  }
  for (const uint32_t point : points) {
    if (point >= 0x20) std::fprintf(out, "U+%04X\n", static_cast<unsigned>(point));
  }
  return std::fclose(out) == 0 ? 0 : 1;
}
