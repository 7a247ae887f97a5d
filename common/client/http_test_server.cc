#include "common/client/http_test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace staraction::test {
namespace {

// Up to the empty line after the headers.
std::string ReadHead(int connection) {
  std::string head;
  char buffer[4096];
  while (head.find("\r\n\r\n") == std::string::npos) {
    const ssize_t size = read(connection, buffer, sizeof(buffer));
    if (size <= 0) break;
    head.append(buffer, static_cast<size_t>(size));
  }
  return head;
}

void WriteAll(int connection, const std::string& bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    // The client may have hung up: no SIGPIPE.
    const ssize_t size = send(connection, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (size <= 0) return;
    done += static_cast<size_t>(size);
  }
}

}  // namespace

HttpTestServer::HttpTestServer(Handler handler)
    : handler_(std::move(handler)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, generic, size) != 0 || listen(listener_, 16) != 0 ||
      getsockname(listener_, generic, &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

HttpTestServer::~HttpTestServer() {
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

void HttpTestServer::Serve() {
  while (true) {
    const int connection = accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    const std::string head = ReadHead(connection);
    const size_t begin = head.find(' ') + 1;
    ++requests_;
    WriteAll(connection, handler_(head.substr(begin, head.find(' ', begin) - begin)));
    close(connection);
  }
}

std::string HttpTestServer::Url(const std::string& path) const {
  return absl::StrCat("http://127.0.0.1:", port_, path);
}

std::string HttpTestServer::Response(const std::string& status, const std::string& body,
                                     const std::string& header_lines) {
  return absl::StrCat("HTTP/1.1 ", status, "\r\nContent-Length: ", body.size(),
                      "\r\nConnection: close\r\n", header_lines, "\r\n", body);
}

}  // namespace staraction::test
