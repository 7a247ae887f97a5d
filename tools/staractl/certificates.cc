#include "tools/staractl/certificates.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/config/parse.h"
#include "common/identity/authority.h"
#include "common/identity/programs.h"
#include "common/identity/tls.h"
#include "tools/staractl/files.h"

namespace staraction::ctl {
namespace {

constexpr absl::Duration kAuthorityLifetime = absl::Hours(24 * 3650);
constexpr size_t kMaxFileBytes = 64 * 1024;

std::string AuthorityFile(const std::string& dir, int number, const char* kind) {
  return absl::StrCat(dir, "/authorities/", number, kind);
}

// The numbers in the names of a folder's entries, ascending.
std::vector<int> Numbers(const std::string& dir, const std::string& extension) {
  std::vector<int> numbers;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(dir, absent)) {
    int number = 0;
    if (entry.path().extension() == extension &&
        absl::SimpleAtoi(entry.path().stem().string(), &number)) {
      numbers.push_back(number);
    }
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

absl::StatusOr<Authority> LoadAuthority(const std::string& dir, int number) {
  CertifiedKey pem;
  SA_ASSIGN_OR_RETURN(pem.certificate,
                      ReadFileToString(AuthorityFile(dir, number, ".crt"), kMaxFileBytes));
  SA_ASSIGN_OR_RETURN(pem.key, ReadFileToString(AuthorityFile(dir, number, ".key"), kMaxFileBytes));
  auto authority = Authority::Load(pem);
  if (authority.ok()) return authority;
  return absl::InvalidArgumentError(absl::StrCat(
      AuthorityFile(dir, number, ".crt"), ", .key: ", std::string(authority.status().message())));
}

absl::Status MakeAuthority(const std::string& dir, int number, absl::Time now) {
  SA_RETURN_IF_ERROR(MakeFolder(dir + "/authorities"));
  SA_ASSIGN_OR_RETURN(
      const Authority authority,
      Authority::Make(absl::StrCat("StarAction programs ", number), now, kAuthorityLifetime));
  // The key first: an authority exists once its certificate does.
  SA_RETURN_IF_ERROR(WriteFile(AuthorityFile(dir, number, ".key"), authority.pem().key));
  return WriteFile(AuthorityFile(dir, number, ".crt"), authority.pem().certificate);
}

absl::Status WriteProgram(const std::string& dir, const CertifiedKey& leaf,
                          const std::string& authorities) {
  SA_RETURN_IF_ERROR(MakeFolder(dir));
  SA_RETURN_IF_ERROR(WriteFile(CertificateFile(dir), leaf.certificate));
  SA_RETURN_IF_ERROR(WriteFile(KeyFile(dir), leaf.key));
  return WriteFile(AuthoritiesFile(dir), authorities);
}

// A new generation, issued by one of the authorities, all of which are trusted; then it is current.
absl::Status Issue(const std::string& dir, int issuer, absl::Time now, absl::Duration lifetime) {
  SA_ASSIGN_OR_RETURN(const Authority authority, LoadAuthority(dir, issuer));
  std::string authorities;
  for (const int number : Numbers(dir + "/authorities", ".crt")) {
    SA_ASSIGN_OR_RETURN(const Authority trusted, LoadAuthority(dir, number));
    authorities += trusted.pem().certificate;
  }
  const std::vector<int> generations = Numbers(dir, "");
  const int next = generations.empty() ? 1 : generations.back() + 1;
  std::vector<std::string> programs = {kGateway, kOperator};
  for (const Service& service : Services()) programs.push_back(service.name);
  for (const std::string& program : programs) {
    SA_ASSIGN_OR_RETURN(
        const CertifiedKey leaf,
        authority.Issue({program, {IdentityOf(program)}, now - absl::Hours(1), now + lifetime}));
    SA_RETURN_IF_ERROR(WriteProgram(absl::StrCat(dir, "/", next, "/", program), leaf, authorities));
  }
  SA_RETURN_IF_ERROR(PointLink(dir + "/current", absl::StrCat(next)));
  for (const int generation : generations) {
    if (generation < next - 1) std::filesystem::remove_all(absl::StrCat(dir, "/", generation));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<int>> Authorities(const std::string& dir) {
  std::vector<int> numbers = Numbers(dir + "/authorities", ".crt");
  if (numbers.empty()) {
    return absl::FailedPreconditionError(dir + " holds no authority: `tls init` makes one");
  }
  return numbers;
}

}  // namespace

absl::Status InitTls(const std::string& dir, absl::Time now, absl::Duration lifetime) {
  SA_RETURN_IF_ERROR(MakeFolder(dir));
  if (Numbers(dir + "/authorities", ".crt").empty()) {
    SA_RETURN_IF_ERROR(MakeAuthority(dir, 1, now));
  }
  if (access((dir + "/current").c_str(), F_OK) == 0) return absl::OkStatus();
  return RenewTls(dir, now, lifetime);
}

absl::Status RenewTls(const std::string& dir, absl::Time now, absl::Duration lifetime) {
  SA_ASSIGN_OR_RETURN(const std::vector<int> numbers, Authorities(dir));
  return Issue(dir, numbers.back(), now, lifetime);
}

absl::Status AddAuthority(const std::string& dir, absl::Time now, absl::Duration lifetime) {
  SA_ASSIGN_OR_RETURN(const std::vector<int> numbers, Authorities(dir));
  SA_RETURN_IF_ERROR(MakeAuthority(dir, numbers.back() + 1, now));
  return Issue(dir, numbers.back(), now, lifetime);
}

absl::Status DropAuthority(const std::string& dir, absl::Time now, absl::Duration lifetime) {
  SA_ASSIGN_OR_RETURN(const std::vector<int> numbers, Authorities(dir));
  if (numbers.size() < 2) {
    return absl::FailedPreconditionError(dir + " holds one authority only: add another one first");
  }
  std::filesystem::remove(AuthorityFile(dir, numbers.front(), ".crt"));
  std::filesystem::remove(AuthorityFile(dir, numbers.front(), ".key"));
  return RenewTls(dir, now, lifetime);
}

}  // namespace staraction::ctl
