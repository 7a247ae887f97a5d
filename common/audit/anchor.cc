#include "common/audit/anchor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/auth/base64url.h"
#include "common/auth/jws.h"
#include "common/base/macros.h"

namespace staraction::audit {
namespace {

constexpr char kType[] = "staraction-audit-anchor";
constexpr size_t kHashDigits = 64;

absl::Status Malformed(const std::string& what) {
  return absl::InvalidArgumentError(what);
}

// The JWS of a line: the line itself, or what a log line has under "anchor".
absl::StatusOr<std::string> TokenOf(std::string_view line) {
  if (line.empty() || line.front() != '{') return std::string(line);
  const auto json = nlohmann::json::parse(line, nullptr, false);
  const auto found = json.find("anchor");
  if (found == json.end() || !found->is_string()) return Malformed("a line without an anchor");
  return found->get<std::string>();
}

absl::StatusOr<Anchor> ReadClaims(const Jws& jws) {
  Anchor anchor;
  anchor.kid = jws.kid;
  SA_ASSIGN_OR_RETURN(anchor.service, TextClaim(jws, "service"));
  SA_ASSIGN_OR_RETURN(anchor.organization, UuidClaim(jws, "organization"));
  SA_ASSIGN_OR_RETURN(const std::string hash, TextClaim(jws, "hash"));
  SA_ASSIGN_OR_RETURN(anchor.time, TimeClaim(jws, "iat", absl::InfinitePast()));
  const auto sequence = jws.claims.find("sequence");
  if (sequence == jws.claims.end() || !sequence->is_number_unsigned()) {
    return Malformed("an anchor without sequence");
  }
  anchor.sequence = sequence->get<int64_t>();
  anchor.hash = absl::HexStringToBytes(hash);
  if (hash.size() != kHashDigits || absl::BytesToHexString(anchor.hash) != hash) {
    return Malformed("an anchor whose hash is not 64 hexadecimal digits");
  }
  return anchor;
}

absl::Status Problem(const std::string& what, const std::string& path) {
  return absl::UnavailableError(
      absl::StrCat("audit_anchor_dir: cannot ", what, " ", path, ": ", std::strerror(errno)));
}

// Whether a file of this size ends in the middle of a line.
bool EndsOpen(int fd, off_t size) {
  char last = '\n';
  return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

std::string HostName() {
  char name[HOST_NAME_MAX + 1] = "";
  return gethostname(name, HOST_NAME_MAX) == 0 && name[0] != '\0' ? name : "host";
}

}  // namespace

absl::StatusOr<std::string> SignAnchor(const Anchor& anchor, const Jwk& key) {
  const nlohmann::json header = {
      {"alg", AlgorithmName(key.algorithm())}, {"kid", key.kid()}, {"typ", kType}};
  const nlohmann::json claims = {{"service", anchor.service},
                                 {"organization", anchor.organization},
                                 {"sequence", static_cast<uint64_t>(anchor.sequence)},
                                 {"hash", absl::BytesToHexString(anchor.hash)},
                                 {"iat", absl::ToUnixSeconds(anchor.time)}};
  const std::string input =
      absl::StrCat(Base64UrlEncode(header.dump()), ".", Base64UrlEncode(claims.dump()));
  SA_ASSIGN_OR_RETURN(const std::string signature, key.Sign(input));
  return absl::StrCat(input, ".", Base64UrlEncode(signature));
}

absl::StatusOr<Anchor> ParseAnchor(std::string_view line, const KeySet* keys) {
  SA_ASSIGN_OR_RETURN(const std::string token, TokenOf(line));
  SA_ASSIGN_OR_RETURN(const Jws jws, ParseJws(token));
  if (jws.type != kType) return Malformed("a signed line that is no anchor");
  SA_ASSIGN_OR_RETURN(Anchor anchor, ReadClaims(jws));
  if (keys == nullptr) return anchor;
  const Jwk* key = keys->Find(jws.kid);
  if (key == nullptr) return Malformed(absl::StrCat("the keys have none of '", jws.kid, "'"));
  if (jws.kid != anchor.service) {
    return Malformed(absl::StrCat("'", jws.kid, "' signed an anchor of ", anchor.service));
  }
  if (jws.algorithm != key->algorithm() || !key->Verify(jws.signing_input, jws.signature)) {
    return Malformed("the signature is wrong");
  }
  anchor.verified = true;
  return anchor;
}

absl::Status AppendAnchors(const std::string& directory, const std::string& service,
                           const std::vector<std::string>& lines) {
  const std::string path = absl::StrCat(directory, "/", service, ".", HostName(), ".anchors");
  const int fd = open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  if (fd < 0) return Problem("open", path);
  struct stat before = {};
  std::string text = fstat(fd, &before) == 0 && EndsOpen(fd, before.st_size) ? "\n" : "";
  for (const std::string& line : lines) absl::StrAppend(&text, line, "\n");
  const bool written =
      write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(fd) == 0;
  absl::Status status = written ? absl::OkStatus() : Problem("write", path);
  // No half of a line stays if the disk is full; should this fail too, the next one begins anew.
  if (!written && ftruncate(fd, before.st_size) != 0) status = Problem("write and shorten", path);
  close(fd);
  return status;
}

bool IsOtherLogLine(std::string_view line) {
  if (line.empty() || line.front() != '{') return line.empty();
  const auto json = nlohmann::json::parse(line, nullptr, false);
  return json.is_object() && !json.contains("anchor");
}

}  // namespace staraction::audit
