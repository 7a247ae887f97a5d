#ifndef STARACTION_COMMON_SERVICE_TLS_DIRECTORY_H_
#define STARACTION_COMMON_SERVICE_TLS_DIRECTORY_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/identity/authority.h"
#include "common/identity/tls.h"
#include "common/rpc/credentials.h"

namespace staraction::test {

inline Authority NewAuthority() {
  return *Authority::Make("test", RealClock()(), absl::Hours(1));
}

// A certificate for an hour, or one that ended a minute ago.
inline CertifiedKey NewLeaf(const Authority& authority, const std::string& identity,
                            bool expired = false) {
  const absl::Time now = RealClock()();
  return *authority.Issue({"test",
                           {identity},
                           now - absl::Hours(1),
                           now + (expired ? -absl::Minutes(1) : absl::Hours(1))});
}

// A program's directory, whose files change together as in production: by a link to a new one.
class TlsDirectory {
 public:
  TlsDirectory() {
    char pattern[] = "/tmp/staraction-mtls.XXXXXX";
    root_ = mkdtemp(pattern);
  }
  TlsDirectory(const CertifiedKey& leaf, const std::string& authorities) : TlsDirectory() {
    Swap(leaf, authorities);
  }
  ~TlsDirectory() { std::filesystem::remove_all(root_); }
  TlsDirectory(const TlsDirectory&) = delete;
  TlsDirectory& operator=(const TlsDirectory&) = delete;

  std::string path() const { return root_ + "/current"; }

  void Swap(const CertifiedKey& leaf, const std::string& authorities) {
    const std::string next = absl::StrCat(root_, "/", ++version_);
    std::filesystem::create_directory(next);
    std::ofstream(CertificateFile(next)) << leaf.certificate;
    std::ofstream(KeyFile(next)) << leaf.key;
    std::ofstream(AuthoritiesFile(next)) << authorities;
    std::filesystem::create_symlink(next, root_ + "/next");
    std::filesystem::rename(root_ + "/next", path());
  }

 private:
  std::string root_;
  int version_ = 0;
};

}  // namespace staraction::test

#endif  // STARACTION_COMMON_SERVICE_TLS_DIRECTORY_H_
