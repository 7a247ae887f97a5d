// staraction-scan MEDIA-TYPE PAGES SECONDS: reads a scan from standard input and prints what
// RecognizeFile says. Scans come from outside and the libraries that read them are large, so each
// one is read in a process of its own that can use little memory and time, and may crash.

#include <cstdlib>
#include <iostream>
#include <iterator>

#include "common/paper/recognize.h"
#include "common/process/child.h"

namespace {

constexpr int64_t kMemory = int64_t{768} << 20;

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const int pages = std::atoi(argv[2]);
  const int seconds = std::atoi(argv[3]);
  if (pages < 1 || seconds < 1) return 2;
  if (!staraction::LimitThisProcess(kMemory, seconds)) return 1;
  const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  std::cout << staraction::paper::RecognizeFile(bytes, argv[1], pages) << std::flush;
  return 0;
}
