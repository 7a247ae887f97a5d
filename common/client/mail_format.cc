#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/client/mail.h"

namespace staraction {
namespace {

// RFC 2047 allows lines of 76 characters with encoded words, which are four thirds of the text and
// 12 more; "Subject: " and "From: " stand in front.
constexpr size_t kSubjectBytes = 36;
constexpr size_t kNameBytes = 42;
constexpr size_t kLineBytes = 57;  // 76 characters in base64
constexpr size_t kMaxAddress = 254;

bool IsAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// Where a piece of at most `limit` bytes from `at` ends without cutting a character.
size_t PieceEnd(const std::string& text, size_t at, size_t limit) {
  size_t end = std::min(text.size(), at + limit);
  while (end < text.size() && end > at && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
    --end;
  }
  return end;
}

// A header's text: as it is if it is short ASCII, else encoded words, one a line.
std::string HeaderText(const std::string& text) {
  if (IsAscii(text) && text.size() <= 60 && text.find("=?") == std::string::npos) return text;
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = PieceEnd(text, at, kSubjectBytes);
    absl::StrAppend(&out, at == 0 ? "" : "\r\n ", "=?UTF-8?B?",
                    absl::Base64Escape(text.substr(at, end - at)), "?=");
    at = end;
  }
  return out;
}

// A name in front of an address, always encoded: so nothing in it can be syntax.
std::string Mailbox(const MailAddress& address) {
  if (address.name.empty()) return address.address;
  std::string out;
  for (size_t at = 0; at < address.name.size();) {
    const size_t end = PieceEnd(address.name, at, kNameBytes);
    absl::StrAppend(&out, at == 0 ? "" : "\r\n ", "=?UTF-8?B?",
                    absl::Base64Escape(address.name.substr(at, end - at)), "?=");
    at = end;
  }
  return absl::StrCat(out, "\r\n <", address.address, ">");
}

std::string Body(const std::string& text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') lines += '\r';
    lines += c;
  }
  std::string out;
  for (size_t at = 0; at < lines.size(); at += kLineBytes) {
    absl::StrAppend(&out, absl::Base64Escape(lines.substr(at, kLineBytes)), "\r\n");
  }
  return out;
}

absl::Status CheckHeader(const char* header, const std::string& text) {
  if (IsPlainText(text, false)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(header, " has a control character or is not UTF-8"));
}

absl::Status CheckAddress(const char* header, const std::string& address) {
  if (IsMailAddress(address)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(header, " is no address that mail can go to"));
}

}  // namespace

bool IsMailAddress(const std::string& address) {
  const size_t at = address.find('@');
  if (address.size() > kMaxAddress || at == 0 || at == std::string::npos ||
      at + 1 == address.size() || address.find('@', at + 1) != std::string::npos) {
    return false;
  }
  return std::all_of(address.begin(), address.end(), [](char c) {
    return c > 0x20 && c < 0x7f && std::string("<>()[]\\,;:\"").find(c) == std::string::npos;
  });
}

absl::StatusOr<std::string> FormatMail(const Mail& mail) {
  SA_RETURN_IF_ERROR(CheckAddress("From", mail.from.address));
  SA_RETURN_IF_ERROR(CheckAddress("To", mail.to.address));
  if (!mail.reply_to.empty()) SA_RETURN_IF_ERROR(CheckAddress("Reply-To", mail.reply_to));
  SA_RETURN_IF_ERROR(CheckAddress("Message-ID", mail.message_id));
  SA_RETURN_IF_ERROR(CheckHeader("From", mail.from.name));
  SA_RETURN_IF_ERROR(CheckHeader("To", mail.to.name));
  SA_RETURN_IF_ERROR(CheckHeader("Subject", mail.subject));
  if (!IsPlainText(mail.body, true)) {
    return absl::InvalidArgumentError("the body has a control character or is not UTF-8");
  }
  std::string out;
  const auto add = [&out](const char* header, const std::string& value) {
    absl::StrAppend(&out, header, ": ", value, "\r\n");
  };
  add("Date",
      absl::FormatTime("%a, %d %b %E4Y %H:%M:%S %z", mail.date, absl::FixedTimeZone(9 * 60 * 60)));
  add("From", Mailbox(mail.from));
  add("To", Mailbox(mail.to));
  if (!mail.reply_to.empty()) add("Reply-To", mail.reply_to);
  add("Subject", HeaderText(mail.subject));
  add("Message-ID", absl::StrCat("<", mail.message_id, ">"));
  add("Auto-Submitted", "auto-generated");
  add("MIME-Version", "1.0");
  add("Content-Type", "text/plain; charset=UTF-8");
  add("Content-Transfer-Encoding", "base64");
  return absl::StrCat(out, "\r\n", Body(mail.body));
}

}  // namespace staraction
