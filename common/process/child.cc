#include "common/process/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/status/errors.h"

namespace staraction {
namespace {

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
  file.Reset(memfd_create("input", MFD_CLOEXEC));
  for (size_t at = 0; file.get() >= 0 && at < bytes.size();) {
    const ssize_t written = write(file.get(), bytes.data() + at, bytes.size() - at);
    if (written <= 0) file.Close();
    at += static_cast<size_t>(std::max<ssize_t>(written, 0));
  }
  if (file.get() < 0 || lseek(file.get(), 0, SEEK_SET) != 0)
    return Internal("no memory for a child's input");
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
std::string ReadAll(int from, int milliseconds, size_t max_output) {
  std::string text;
  while (text.size() <= max_output) {
    pollfd waiting = {from, POLLIN, 0};
    const int ready = poll(&waiting, 1, milliseconds);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return "";
    char buffer[16384];
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

bool Limit(int resource, rlim_t value) {
  const rlimit limit = {value, value};
  return setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> RunChild(const std::string& program,
                                                    const std::vector<std::string>& arguments,
                                                    const std::string& input,
                                                    const ChildLimits& limits) {
  const int64_t seconds = absl::ToInt64Seconds(absl::Ceil(limits.time, absl::Seconds(1)));
  if (seconds < 1) return std::optional<std::string>();
  File in;
  SA_RETURN_IF_ERROR(Fill(input, in));
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return Internal("no pipe for a child's output");
  const File from(ends[0]);
  File to(ends[1]);
  std::vector<std::string> words = arguments;
  words.insert(words.begin(), program);
  SA_ASSIGN_OR_RETURN(const pid_t child, Start(program, std::move(words), in.get(), to.get()));
  to.Close();
  // The child ends itself by its alarm; the second more is for one that cannot.
  std::string text =
      ReadAll(from.get(), static_cast<int>(seconds * 1000 + 1000), limits.max_output);
  const bool useless = text.empty() || text.size() > limits.max_output;
  const bool well = Finish(child, useless);
  if (!well || useless) return std::optional<std::string>();
  return std::optional(std::move(text));
}

bool LimitThisProcess(int64_t memory_bytes, int seconds) {
  alarm(static_cast<unsigned>(seconds));
  return Limit(RLIMIT_AS, static_cast<rlim_t>(memory_bytes)) &&
         Limit(RLIMIT_CPU, static_cast<rlim_t>(seconds)) && Limit(RLIMIT_CORE, 0);
}

std::string ProgramBeside(const std::string& name) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (self.parent_path() / name).string();
}

}  // namespace staraction
