// staraction-page URL SECONDS [ALLOWED-ADDRESS…]: fetches a page and prints what it says, as
// page_reader.h has it. Addresses and pages come from outside, so each one is read in a process of
// its own that can use little memory and time, and may crash.

#include <cstdlib>
#include <iostream>

#include "common/client/http.h"
#include "common/page/address.h"
#include "common/page/page_reader.h"
#include "common/page/page_text.h"
#include "common/process/child.h"
#include "common/seal/seal.h"

namespace staraction::page {
namespace {

constexpr int64_t kMemory = int64_t{768} << 20;
constexpr size_t kMaxPage = size_t{4} << 20;
constexpr size_t kMaxText = size_t{1} << 20;
constexpr int kMaxRedirects = 5;

Outcome OutcomeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kPermissionDenied:
      return Outcome::kRefused;
    case absl::StatusCode::kDeadlineExceeded:
      return Outcome::kTooSlow;
    case absl::StatusCode::kResourceExhausted:
      return Outcome::kTooLarge;
    default:
      return Outcome::kNoAnswer;
  }
}

PageReading Read(const std::string& url, const HttpGetOptions& options) {
  PageReading reading;
  const auto response = HttpGet(url, options);
  if (!response.ok()) {
    reading.outcome = OutcomeOf(response.status());
    return reading;
  }
  reading.http_status = response->status;
  reading.url = response->url;
  reading.sha256 = Seal(response->body);
  PageText page = TextOf(response->body, response->content_type);
  const bool fits = page.text.size() <= kMaxText;
  reading.outcome = !fits            ? Outcome::kTooLarge
                    : !page.readable ? Outcome::kUnreadable
                                     : Outcome::kPage;
  if (fits) reading.text = std::move(page.text);
  reading.charset = page.charset;
  reading.pdf = page.pdf;
  reading.pictures = page.pictures;
  reading.scripts = page.scripts;
  return reading;
}

int Main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int seconds = std::atoi(argv[2]);
  std::vector<AllowedAddress> allowed;
  for (int i = 3; i < argc; ++i) {
    const auto address = ParseAllowed(argv[i]);
    if (!address) return 2;
    allowed.push_back(*address);
  }
  if (seconds < 1 || !LimitThisProcess(kMemory, seconds + 1)) return 2;
  HttpGetOptions options;
  // A little is left for reading what came.
  options.time = absl::Seconds(seconds) - absl::Milliseconds(500);
  options.max_bytes = kMaxPage;
  options.max_redirects = kMaxRedirects;
  options.may_connect = [&allowed](const sockaddr& address) {
    return MayConnect(address, allowed);
  };
  std::cout << ToJson(Read(argv[1], options)) << std::flush;
  return 0;
}

}  // namespace
}  // namespace staraction::page

int main(int argc, char** argv) {
  return staraction::page::Main(argc, argv);
}
