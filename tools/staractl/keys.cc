#include "tools/staractl/keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/auth/jwk.h"
#include "common/auth/key_set.h"
#include "common/auth/signer.h"
#include "common/base/clock.h"
#include "common/base/macros.h"

namespace staraction::ctl {
namespace {

const char* const kInternalNames[] = {"engagement", "training", "diagnosis",   "asset",
                                      "risk",       "document", "declaration", "operator"};

absl::Status Problem(const std::string& what, const std::string& path) {
  return absl::UnavailableError(absl::StrCat(what, " ", path, ": ", std::strerror(errno)));
}

absl::Status MakeFolder(const std::string& path) {
  std::error_code ignored;
  std::filesystem::create_directories(path, ignored);
  if (chmod(path.c_str(), 0700) != 0) return Problem("cannot make", path);
  return absl::OkStatus();
}

// Replaces the file whole, so that a reader never sees half of it.
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

absl::StatusOr<Jwk> LoadOrMakeKey(const std::string& path, const std::string& kid) {
  if (access(path.c_str(), F_OK) == 0) {
    SA_ASSIGN_OR_RETURN(const TokenSigner signer, TokenSigner::FromFile(path, RealClock()));
    return signer.key();
  }
  SA_ASSIGN_OR_RETURN(Jwk key, Jwk::Generate(Algorithm::kEdDsa, kid));
  SA_ASSIGN_OR_RETURN(const std::string text, key.ToPrivateJson());
  SA_RETURN_IF_ERROR(WriteFile(path, text + "\n"));
  return key;
}

}  // namespace

std::string UserKeyFile(const std::string& dir) {
  return dir + "/users.jwk";
}

std::string InternalKeyFile(const std::string& dir, const std::string& name) {
  return absl::StrCat(dir, "/internal/", name, ".jwk");
}

absl::Status InitKeys(const std::string& dir) {
  SA_RETURN_IF_ERROR(MakeFolder(dir));
  SA_RETURN_IF_ERROR(MakeFolder(dir + "/internal"));
  SA_ASSIGN_OR_RETURN(const Jwk users, LoadOrMakeKey(UserKeyFile(dir), "development"));
  SA_RETURN_IF_ERROR(WriteFile(dir + "/jwks.json", ToPublicJwks({users}) + "\n"));
  std::vector<Jwk> keys;
  for (const std::string name : kInternalNames) {
    SA_ASSIGN_OR_RETURN(Jwk key, LoadOrMakeKey(InternalKeyFile(dir, name), name));
    keys.push_back(std::move(key));
  }
  return WriteFile(dir + "/internal_jwks.json", ToPublicJwks(keys) + "\n");
}

}  // namespace staraction::ctl
