#ifndef STARACTION_COMMON_CLIENT_SMTP_TEST_SERVER_H_
#define STARACTION_COMMON_CLIENT_SMTP_TEST_SERVER_H_

#include <sys/types.h>

#include <cstdio>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace staraction::test {

// A real mail server (aiosmtpd) in a process of its own; testing/smtp_server.py says which
// recipients it refuses. Ends with this object. Not thread safe.
class SmtpTestServer {
 public:
  explicit SmtpTestServer(const std::vector<std::string>& options = {});
  ~SmtpTestServer();
  SmtpTestServer(const SmtpTestServer&) = delete;
  SmtpTestServer& operator=(const SmtpTestServer&) = delete;

  std::string address() const { return "127.0.0.1:" + port_; }
  // The next mail that it took over; waits for it.
  nlohmann::json Next();

 private:
  std::string Line();

  pid_t pid_ = -1;
  int stdin_ = -1;
  FILE* stdout_ = nullptr;
  std::string port_;
};

}  // namespace staraction::test

#endif  // STARACTION_COMMON_CLIENT_SMTP_TEST_SERVER_H_
