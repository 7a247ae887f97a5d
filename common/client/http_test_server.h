#ifndef STARACTION_COMMON_CLIENT_HTTP_TEST_SERVER_H_
#define STARACTION_COMMON_CLIENT_HTTP_TEST_SERVER_H_

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace staraction::test {

// A server on 127.0.0.1 for tests: answers each connection's one request with the bytes that the
// function returns for its path. It can thus answer anything, also what no server should.
class HttpTestServer {
 public:
  using Handler = std::function<std::string(const std::string& path)>;

  explicit HttpTestServer(Handler handler);
  ~HttpTestServer();

  std::string Url(const std::string& path) const;
  int requests() const { return requests_; }

  // A whole response with this status line ("200 OK") and body.
  static std::string Response(const std::string& status, const std::string& body,
                              const std::string& header_lines = "");

 private:
  void Serve();

  const Handler handler_;
  int listener_;
  int port_ = 0;
  std::atomic<int> requests_ = 0;
  std::thread thread_;
};

}  // namespace staraction::test

#endif  // STARACTION_COMMON_CLIENT_HTTP_TEST_SERVER_H_
