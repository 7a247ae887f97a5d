#ifndef STARACTION_COMMON_PAPER_SCAN_READER_H_
#define STARACTION_COMMON_PAPER_SCAN_READER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/paper/form_code.h"

namespace staraction::paper {

// What a scan shows: for each page the codes of our forms on it. No page: the file could not be
// read (damaged, too large, locked, too slow).
using ScannedPages = std::vector<std::vector<FormCode>>;

// Finds the codes in scans that anybody may have sent. Thread safe.
class ScanReader {
 public:
  virtual ~ScanReader() = default;
  // Reads at most kMaxScanPages pages, and gives up after `time` (rounded up to seconds). Blocks.
  // An error only if nothing can be read at all on this machine.
  virtual absl::StatusOr<ScannedPages> Read(const std::string& bytes, const std::string& media_type,
                                            absl::Duration time) const = 0;
};

inline constexpr int kMaxScanPages = 50;

// Runs the program staraction-scan for each scan: a process with limits on memory and time, since
// the files come from outside.
class ProcessScanReader final : public ScanReader {
 public:
  explicit ProcessScanReader(std::string program) : program_(std::move(program)) {}
  absl::StatusOr<ScannedPages> Read(const std::string& bytes, const std::string& media_type,
                                    absl::Duration time) const override;

 private:
  const std::string program_;
};

// The program beside the one that runs.
std::string DefaultScanProgram();

// What the lines of the program say; no page if one of them is not what it prints.
ScannedPages ParseScanLines(const std::string& lines);

}  // namespace staraction::paper

#endif  // STARACTION_COMMON_PAPER_SCAN_READER_H_
