#include "common/config/parse.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace staraction {

bool IsAddress(const std::string& text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return false;
  const std::string host = text.substr(0, colon);
  const std::string digits = text.substr(colon + 1);
  int port = -1;
  if (digits.empty() || digits.size() > 5 || !absl::ascii_isdigit(digits.front()) ||
      !absl::SimpleAtoi(digits, &port) || port > 65535) {
    return false;
  }
  const bool bracketed = host.front() == '[' && host.back() == ']' && host.size() > 2;
  const std::string allowed = bracketed ? "[]:." : ".-_";
  return std::all_of(host.begin(), host.end(), [&](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           allowed.find(c) != std::string::npos;
  });
}

absl::StatusOr<std::string> ReadFileToString(const std::string& path, size_t max_bytes) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  std::string content(max_bytes + 1, '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (in.bad() || (in.fail() && !in.eof())) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": cannot be read"));
  }
  content.resize(static_cast<size_t>(in.gcount()));
  if (content.size() > max_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": larger than the ", max_bytes, " bytes allowed"));
  }
  return content;
}

}  // namespace staraction
