#ifndef STARACTION_SERVICES_GATEWAY_TESTDATA_HTTP_CLIENT_H_
#define STARACTION_SERVICES_GATEWAY_TESTDATA_HTTP_CLIENT_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace staraction::gateway::test {

struct Reply {
  int status = 0;  // 0: the connection ended without one
  std::map<std::string, std::string> headers{};
  std::string body{};
};

// One connection to a port of this machine, byte by byte, so that tests may misbehave.
class RawConnection {
 public:
  explicit RawConnection(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~RawConnection() { Close(); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  bool connected() const { return connected_; }
  void Close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  // False once the other side refuses more.
  bool Send(const std::string& bytes) {
    for (size_t sent = 0; sent < bytes.size();) {
      const ssize_t size = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (size <= 0) return false;
      sent += static_cast<size_t>(size);
    }
    return true;
  }

  // Sends "GET /x", headers as written ("A: b\r\n"), and a body with its length if there is one.
  Reply Ask(const std::string& line, const std::string& headers = "",
            const std::string& body = "") {
    std::string text = absl::StrCat(line, " HTTP/1.1\r\nHost: test\r\n", headers);
    if (!body.empty()) absl::StrAppend(&text, "Content-Length: ", body.size(), "\r\n");
    Send(absl::StrCat(text, "\r\n", body));
    return Read(absl::StartsWith(line, "HEAD"));
  }

  Reply Read(bool without_body = false) {
    Reply reply;
    size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!Receive()) return reply;
    }
    const std::vector<std::string> lines = absl::StrSplit(received_.substr(0, end), "\r\n");
    received_.erase(0, end + 4);
    if (lines[0].size() < 12 || !absl::SimpleAtoi(lines[0].substr(9, 3), &reply.status)) return {};
    for (size_t i = 1; i < lines.size(); ++i) {
      const std::pair<std::string, std::string> parts =
          absl::StrSplit(lines[i], absl::MaxSplits(": ", 1));
      reply.headers[absl::AsciiStrToLower(parts.first)] = parts.second;
    }
    if (reply.headers.count("transfer-encoding") > 0 && !without_body) {
      return ReadChunks(&reply.body) ? reply : Reply();
    }
    const auto length = reply.headers.find("content-length");
    size_t size = 0;
    if (without_body || length == reply.headers.end()) return reply;
    if (!absl::SimpleAtoi(length->second, &size)) return {};
    while (received_.size() < size) {
      if (!Receive()) return {};
    }
    reply.body = received_.substr(0, size);
    received_.erase(0, size);
    return reply;
  }

  // Whether the other side ends the connection, without another byte, within the time.
  bool IsClosed(int milliseconds = 3000) {
    pollfd poll{socket_, POLLIN, 0};
    if (::poll(&poll, 1, milliseconds) <= 0) return false;
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) <= 0;
  }

 private:
  bool ReadChunks(std::string* body) {
    for (;;) {
      size_t end = 0;
      while ((end = received_.find("\r\n")) == std::string::npos) {
        if (!Receive()) return false;
      }
      size_t size = 0;
      if (!absl::SimpleHexAtoi(received_.substr(0, end), &size)) return false;
      while (received_.size() < end + size + 4) {
        if (!Receive()) return false;
      }
      body->append(received_, end + 2, size);
      received_.erase(0, end + size + 4);
      if (size == 0) return true;
    }
  }

  bool Receive() {
    pollfd poll{socket_, POLLIN, 0};
    if (::poll(&poll, 1, 20000) <= 0) return false;
    char buffer[65536];
    const ssize_t size = ::recv(socket_, buffer, sizeof(buffer), 0);
    if (size > 0) received_.append(buffer, static_cast<size_t>(size));
    return size > 0;
  }

  int socket_;
  bool connected_ = false;
  std::string received_;
};

}  // namespace staraction::gateway::test

#endif  // STARACTION_SERVICES_GATEWAY_TESTDATA_HTTP_CLIENT_H_
