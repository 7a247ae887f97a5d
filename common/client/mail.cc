#include "common/client/mail.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/utf8.h"

namespace staraction {
namespace {

using Result = MailOutcome::Result;

// What is known of one mail on its way.
struct Progress {
  const std::string* text = nullptr;
  size_t sent = 0;
  bool complete = false;   // libcurl has taken all of it
  std::string command;     // the last one that we sent, e.g. "RCPT"
  std::string last_reply;  // the server's last line
  bool over = false;       // we have said goodbye
};

size_t Read(char* buffer, size_t unit, size_t count, void* user) {
  auto* progress = static_cast<Progress*>(user);
  const size_t size = std::min(unit * count, progress->text->size() - progress->sent);
  std::copy_n(progress->text->data() + progress->sent, size, buffer);
  progress->sent += size;
  progress->complete = progress->sent == progress->text->size();
  return size;
}

// The only way by which libcurl tells which command a reply belongs to. Lines that are no command
// (a password, a mail) are not looked at, nor what follows the farewell.
int Watch(CURL*, curl_infotype type, char* data, size_t size, void* user) {
  auto* progress = static_cast<Progress*>(user);
  const std::string line(data, size);
  if (type == CURLINFO_HEADER_OUT && absl::StartsWith(line, "QUIT")) progress->over = true;
  if (progress->over) return 0;
  if (type == CURLINFO_HEADER_IN) progress->last_reply = line;
  if (type != CURLINFO_HEADER_OUT) return 0;
  for (const char* command : {"EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"}) {
    if (absl::StartsWith(line, command)) progress->command = command;
  }
  return 0;
}

// One line of printable text, since a server may say anything.
std::string Cleaned(const std::string& text) {
  std::string out;
  for (const char c : text.substr(0, 200)) {
    out += absl::ascii_isprint(static_cast<unsigned char>(c)) ? c : ' ';
  }
  return std::string(absl::StripAsciiWhitespace(out));
}

int CodeOf(const std::string& reply) {
  int code = 0;
  return reply.size() >= 3 && absl::SimpleAtoi(reply.substr(0, 3), &code) ? code : 0;
}

// 5.1.x says that the address is wrong, 5.2.1 that the mailbox is closed; a 5xx to RCPT without
// such a code means the recipient, unless it is about relaying or policy (5.7.x).
bool IsAboutTheAddress(const std::string& reply) {
  const std::string rest = reply.size() > 4 ? reply.substr(4) : "";
  if (absl::StartsWith(rest, "5.1.") || absl::StartsWith(rest, "5.2.1")) return true;
  const bool enhanced = rest.size() > 4 && rest[0] == '5' && rest[1] == '.' && rest[3] == '.';
  return !enhanced && !absl::StrContains(absl::AsciiStrToLower(rest), "relay");
}

MailOutcome Judge(CURLcode code, const Progress& progress, const char* detail) {
  MailOutcome outcome;
  if (code == CURLE_OK) {
    return {Result::kSent, CodeOf(progress.last_reply), Cleaned(progress.last_reply)};
  }
  outcome.code = CodeOf(progress.last_reply);
  const bool refused = outcome.code >= 400;
  outcome.detail = refused ? Cleaned(progress.last_reply)
                           : Cleaned(absl::StrCat(curl_easy_strerror(code), ". ", detail));
  if (progress.complete && !refused) {
    outcome.result = Result::kInDoubt;
  } else if (outcome.code < 500 || progress.command == "AUTH" || progress.command == "STARTTLS" ||
             progress.command == "EHLO" || progress.command == "HELO") {
    outcome.result = Result::kTemporary;
  } else if (progress.command == "RCPT" && IsAboutTheAddress(progress.last_reply)) {
    outcome.result = Result::kAddressRefused;
  } else {
    outcome.result = Result::kRefused;
  }
  return outcome;
}

void InitializeOnce() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) std::abort();
}

}  // namespace

struct MailSender::Handle {
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl{curl_easy_init(), curl_easy_cleanup};
};

MailSender::MailSender(SmtpOptions options) : options_(std::move(options)) {
  InitializeOnce();
  handle_ = std::make_unique<Handle>();
}

MailSender::~MailSender() = default;

MailOutcome MailSender::Send(const Mail& mail) {
  if (!IsMailAddress(mail.to.address)) {
    return {Result::kAddressRefused, 0, "no address that mail can go to"};
  }
  const auto text = FormatMail(mail);
  if (!text.ok()) return {Result::kRefused, 0, std::string(text.status().message())};
  if (text->size() > options_.max_bytes) {
    return {Result::kRefused, 0,
            absl::StrCat("the mail has ", text->size(), " bytes, at most ", options_.max_bytes)};
  }
  std::lock_guard<std::mutex> lock(mutex_);
  CURL* curl = handle_->curl.get();
  if (curl == nullptr) return {Result::kTemporary, 0, "libcurl has no handle"};
  curl_easy_reset(curl);  // keeps the connection
  Progress progress;
  progress.text = &*text;
  char detail[CURL_ERROR_SIZE] = "";
  const bool tls = options_.security == SmtpOptions::Security::kTls;
  const std::string url = absl::StrCat(tls ? "smtps://" : "smtp://", options_.server);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(
      curl_slist_append(nullptr, absl::StrCat("<", mail.to.address, ">").c_str()),
      curl_slist_free_all);
  const std::string sender = absl::StrCat("<", mail.from.address, ">");
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  if (options_.security == SmtpOptions::Security::kStartTls) {
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  }
  if (!options_.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, options_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.password.c_str());
  }
  if (!options_.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, options_.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  const int64_t millis = std::max<int64_t>(absl::ToInt64Milliseconds(options_.time), 1);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(millis));
  curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                   std::max<long>(static_cast<long>(millis / 1000), 1));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // Signals are no use with threads.
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &Read);
  curl_easy_setopt(curl, CURLOPT_READDATA, &progress);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, &Watch);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &progress);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
  const CURLcode code = curl_easy_perform(curl);
  // A connection that stopped answering is not asked again.
  if (code == CURLE_OPERATION_TIMEDOUT) handle_ = std::make_unique<Handle>();
  return Judge(code, progress, detail);
}

}  // namespace staraction
