#ifndef STARACTION_COMMON_PAGE_PAGE_READER_H_
#define STARACTION_COMMON_PAGE_PAGE_READER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace staraction::page {

// What came of fetching a page.
enum class Outcome {
  kPage,        // an answer that could be read, whatever its status says
  kRefused,     // not an address that may be asked
  kNoAnswer,    // no connection, no certificate that holds, too many redirects
  kTooSlow,     //
  kTooLarge,    // more than 4 MiB
  kUnreadable,  // neither HTML nor text nor PDF, or damaged
};

struct PageReading {
  Outcome outcome = Outcome::kNoAnswer;
  int http_status = 0;  // 0: no answer
  std::string url{};    // that answered, after redirects
  std::string sha256{};
  // As in PageText:
  std::string text{};
  std::string charset{};
  bool pdf = false;
  bool pictures = false;
  bool scripts = false;
};

// Fetches pages whose addresses people entered. Thread safe.
class PageReader {
 public:
  virtual ~PageReader() = default;
  // Gives up after `time` (rounded up to seconds). Blocks. An error only if no page can be fetched
  // at all on this machine.
  virtual absl::StatusOr<PageReading> Read(const std::string& url, absl::Duration time) const = 0;
};

// Runs the program staraction-page for each page: a process with limits on memory and time, since
// addresses and pages come from outside.
class ProcessPageReader final : public PageReader {
 public:
  // `allowed`: addresses that may be asked although they are not public (address.h).
  ProcessPageReader(std::string program, std::vector<std::string> allowed)
      : program_(std::move(program)), allowed_(std::move(allowed)) {}
  absl::StatusOr<PageReading> Read(const std::string& url, absl::Duration time) const override;

 private:
  const std::string program_;
  const std::vector<std::string> allowed_;
};

// What the program prints, as a JSON object, and back. Anything else reads as kUnreadable.
std::string ToJson(const PageReading& reading);
PageReading FromJson(const std::string& json);

}  // namespace staraction::page

#endif  // STARACTION_COMMON_PAGE_PAGE_READER_H_
