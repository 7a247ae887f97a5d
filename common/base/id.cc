#include "common/base/id.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>

namespace staraction {
namespace {

constexpr char kHex[] = "0123456789abcdef";

void Fill(unsigned char* bytes, size_t size) {
  if (RAND_bytes(bytes, static_cast<int>(size)) != 1) std::abort();
}

// A forked child must not give out the bytes that its parent gives out, too.
std::atomic<unsigned> forks{0};
[[maybe_unused]] const int kWatchesForks = pthread_atfork(nullptr, nullptr, [] { ++forks; });

// Random bytes ahead, since asking the generator costs the same for a few as for many. What is
// given out is wiped here.
class Supply {
 public:
  void Take(unsigned char* out, size_t size) {
    if (size > kAtOnce) return Fill(out, size);
    const unsigned now = forks.load(std::memory_order_relaxed);
    if (at_ + size > bytes_.size() || forks_ != now) {
      Fill(bytes_.data(), bytes_.size());
      at_ = 0;
      forks_ = now;
    }
    std::copy_n(bytes_.data() + at_, size, out);
    OPENSSL_cleanse(bytes_.data() + at_, size);
    at_ += size;
  }

 private:
  static constexpr size_t kAtOnce = 64;
  std::array<unsigned char, 1024> bytes_{};
  size_t at_ = bytes_.size();
  unsigned forks_ = 0;
};

std::string FormatUuid(std::string bytes, int version) {
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0F) | (version << 4));
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3F) | 0x80);
  std::string out;
  out.reserve(36);
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out += kHex[byte >> 4];
    out += kHex[byte & 0x0F];
  }
  return out;
}

}  // namespace

std::string RandomBytes(size_t size) {
  thread_local Supply supply;
  std::string bytes(size, '\0');
  supply.Take(reinterpret_cast<unsigned char*>(bytes.data()), size);
  return bytes;
}

std::string NewId(absl::Time now) {
  std::string bytes = RandomBytes(16);
  const auto millis = static_cast<uint64_t>(absl::ToUnixMillis(now));
  for (int i = 0; i < 6; ++i)
    bytes[static_cast<size_t>(i)] = static_cast<char>(millis >> (40 - 8 * i));
  return FormatUuid(std::move(bytes), 7);
}

std::string NewUuid4() {
  return FormatUuid(RandomBytes(16), 4);
}

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

}  // namespace staraction
