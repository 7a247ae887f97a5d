#include "tools/staractl/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"

namespace staraction::ctl {
namespace {

absl::Status Problem(const std::string& what, const std::string& path) {
  return absl::UnavailableError(absl::StrCat(what, " ", path, ": ", std::strerror(errno)));
}

}  // namespace

absl::Status MakeFolder(const std::string& path) {
  std::error_code ignored;
  std::filesystem::create_directories(path, ignored);
  if (chmod(path.c_str(), 0700) != 0) return Problem("cannot make", path);
  return absl::OkStatus();
}

absl::Status WriteFile(const std::string& path, const std::string& content) {
  const std::string fresh = path + ".new";
  unlink(fresh.c_str());
  const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return Problem("cannot write", fresh);
  const bool written =
      write(fd, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  if (close(fd) != 0 || !written || std::rename(fresh.c_str(), path.c_str()) != 0) {
    return Problem("cannot write", path);
  }
  return absl::OkStatus();
}

absl::Status PointLink(const std::string& link, const std::string& target) {
  const std::string fresh = link + ".new";
  unlink(fresh.c_str());
  if (symlink(target.c_str(), fresh.c_str()) != 0 ||
      std::rename(fresh.c_str(), link.c_str()) != 0) {
    return Problem("cannot link", link);
  }
  return absl::OkStatus();
}

}  // namespace staraction::ctl
