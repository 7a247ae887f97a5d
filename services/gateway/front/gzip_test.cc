#include "services/gateway/front/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace staraction::gateway {
namespace {

std::string Gunzip(const std::string& bytes, size_t size) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(size, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  inflateEnd(&stream);
  return out;
}

TEST(GzipTest, CompressesTextForWhoTakesIt) {
  const std::string text(5000, 'a');
  const struct {
    const char* accept;
    std::string content_type;
    size_t size;
    bool compressed;
  } kCases[] = {
      {"gzip", "application/json", 5000, true},
      {"br, GZIP;q=0.5", "text/html; charset=utf-8", 5000, true},
      {"deflate, gzip;q=1.0", "text/css", 5000, true},
      {"gzip;q=0", "application/json", 5000, false},
      {"gzip;q=much", "application/json", 5000, false},
      {"identity", "application/json", 5000, false},
      {"", "application/json", 5000, false},
      {"xgzip", "application/json", 5000, false},
      {"gzip", "application/json", 1000, false},
      {"gzip", "application/pdf", 5000, false},
  };
  for (const auto& c : kCases) {
    HttpReply reply{200, c.content_type, text.substr(0, c.size), {}};
    CompressFor(c.accept, reply);
    EXPECT_EQ(reply.headers.Get("Content-Encoding") == "gzip", c.compressed) << c.accept;
    if (c.compressed) {
      EXPECT_LT(reply.body.size(), 100u);
      EXPECT_EQ(Gunzip(reply.body, c.size), text.substr(0, c.size));
      EXPECT_EQ(reply.headers.Get("Vary"), "Accept-Encoding");
    } else {
      EXPECT_EQ(reply.body.size(), c.size);
    }
  }
}

TEST(GzipTest, LeavesAloneWhatOnlyGrows) {
  std::string noise(5000, '\0');
  unsigned state = 1;
  for (char& c : noise) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  HttpReply reply{200, "text/plain", noise, {}};
  CompressFor("gzip", reply);
  EXPECT_EQ(reply.body, noise);
  EXPECT_EQ(reply.headers.Count("Content-Encoding"), 0);
}

}  // namespace
}  // namespace staraction::gateway
