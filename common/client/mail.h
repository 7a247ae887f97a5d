#ifndef STARACTION_COMMON_CLIENT_MAIL_H_
#define STARACTION_COMMON_CLIENT_MAIL_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace staraction {

// The mail server that hands mails on.
struct SmtpOptions {
  enum class Security {
    kNone,      // for a relay in the same cluster, and for tests
    kStartTls,  // refuses to go on without TLS
    kTls,       // TLS from the first byte
  };
  std::string server;  // "host:port"
  Security security = Security::kStartTls;
  std::string user;  // empty: no authentication
  std::string password;
  std::string ca_file;                      // PEM of trusted authorities instead of the system's
  absl::Duration time = absl::Seconds(30);  // for one mail, connecting included
  size_t max_bytes = 256 * 1024;            // of a mail as it is sent
};

// A mail address, "user@example.jp", with the name that people see (any UTF-8, may be empty).
struct MailAddress {
  std::string address;
  std::string name = {};
};

// A plain text mail to one person. All texts are UTF-8.
struct Mail {
  MailAddress from;
  MailAddress to;
  std::string reply_to = {};  // an address; empty: none
  std::string subject;
  std::string body;        // lines end with LF
  std::string message_id;  // "left@right", without brackets: equal for the same mail
  absl::Time date;
};

// The mail as it goes over the wire (RFC 5322, headers encoded by RFC 2047, body in base64), marked
// as made by a program (RFC 3834). INVALID_ARGUMENT: an address that mail servers would not take, a
// control character in a header (which would begin a header of its own), text that isn't UTF-8.
absl::StatusOr<std::string> FormatMail(const Mail& mail);

// Whether mails can be sent to such an address: printable ASCII without spaces, quotes and
// brackets, one @ with something on both sides, at most 254 bytes.
bool IsMailAddress(const std::string& address);

// What became of a mail.
struct MailOutcome {
  enum class Result {
    kSent,            // the server has taken it over
    kAddressRefused,  // for good: there is no such recipient
    kRefused,         // for good, for another reason: sender, content, size
    kTemporary,       // not sent; may go well later (no connection, busy, wrong password …)
    kInDoubt,         // handed over completely, but the answer didn't come
  };
  Result result;
  int code = 0;        // the server's last reply code; 0: none
  std::string detail;  // one line for people who look into it: the server's words or ours
};

// Sends mails one after the other over one connection, which is kept between them. Thread safe.
class MailSender {
 public:
  explicit MailSender(SmtpOptions options);
  ~MailSender();
  MailSender(const MailSender&) = delete;
  MailSender& operator=(const MailSender&) = delete;

  // Blocks until the outcome is known, `options.time` at most. A mail that FormatMail refuses is
  // kRefused, one to an impossible address kAddressRefused; neither reaches the server.
  MailOutcome Send(const Mail& mail);

 private:
  struct Handle;

  const SmtpOptions options_;
  std::mutex mutex_;
  std::unique_ptr<Handle> handle_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_CLIENT_MAIL_H_
