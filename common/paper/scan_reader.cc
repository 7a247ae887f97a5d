#include "common/paper/scan_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/macros.h"
#include "common/status/errors.h"

namespace staraction::paper {
namespace {

constexpr size_t kMaxOutput = 64 << 10;

class File {
 public:
  explicit File(int descriptor = -1) : descriptor_(descriptor) {}
  ~File() { Close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return descriptor_; }
  void Close() {
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = -1;
  }
  void Reset(int descriptor) {
    Close();
    descriptor_ = descriptor;
  }

 private:
  int descriptor_;
};

// A file in memory with these bytes, at its beginning: no pipe that the child could leave unread.
absl::Status Fill(const std::string& bytes, File& file) {
  file.Reset(memfd_create("scan", MFD_CLOEXEC));
  for (size_t at = 0; file.get() >= 0 && at < bytes.size();) {
    const ssize_t written = write(file.get(), bytes.data() + at, bytes.size() - at);
    if (written <= 0) file.Close();
    at += static_cast<size_t>(std::max<ssize_t>(written, 0));
  }
  if (file.get() < 0 || lseek(file.get(), 0, SEEK_SET) != 0)
    return Internal("no memory for a scan");
  return absl::OkStatus();
}

absl::StatusOr<pid_t> Start(const std::string& program, std::vector<std::string> words, int in,
                            int out) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  char* environment[] = {nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int error =
      posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return Internal(absl::StrCat("cannot start ", program, ": error ", error));
  return child;
}

// What the child prints until it ends; "" if it says nothing for too long.
std::string ReadAll(int from, int milliseconds) {
  std::string text;
  while (text.size() < kMaxOutput) {
    pollfd waiting = {from, POLLIN, 0};
    const int ready = poll(&waiting, 1, milliseconds);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return "";
    char buffer[4096];
    const ssize_t count = read(from, buffer, sizeof buffer);
    if (count <= 0) break;
    text.append(buffer, static_cast<size_t>(count));
  }
  return text;
}

// Ends the child, whatever it does; true if it ended well by itself.
bool Finish(pid_t child, bool hurry) {
  if (hurry) kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

absl::StatusOr<ScannedPages> ProcessScanReader::Read(const std::string& bytes,
                                                     const std::string& media_type,
                                                     absl::Duration time) const {
  const int64_t seconds = absl::ToInt64Seconds(absl::Ceil(time, absl::Seconds(1)));
  if (seconds < 1) return ScannedPages();
  File in;
  SA_RETURN_IF_ERROR(Fill(bytes, in));
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return Internal("no pipe for a scan");
  const File from(ends[0]);
  File to(ends[1]);
  SA_ASSIGN_OR_RETURN(
      const pid_t child,
      Start(program_, {program_, media_type, absl::StrCat(kMaxScanPages), absl::StrCat(seconds)},
            in.get(), to.get()));
  to.Close();
  // The child ends itself by its alarm; the second more is for one that cannot.
  const std::string lines = ReadAll(from.get(), static_cast<int>(seconds * 1000 + 1000));
  const bool well = Finish(child, lines.empty() || lines.size() >= kMaxOutput);
  return well ? ParseScanLines(lines) : ScannedPages();
}

std::string DefaultScanProgram() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (self.parent_path() / "staraction-scan").string();
}

ScannedPages ParseScanLines(const std::string& lines) {
  ScannedPages pages;
  for (const absl::string_view line : absl::StrSplit(lines, '\n', absl::SkipEmpty())) {
    if (absl::StartsWith(line, "page ")) {
      pages.emplace_back();
      continue;
    }
    const auto code = DecodeFormCode({line.data(), line.size()});
    if (!code || pages.empty()) return {};
    pages.back().push_back(*code);
  }
  return pages;
}

}  // namespace staraction::paper
