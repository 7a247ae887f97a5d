#ifndef STARACTION_SERVICES_GATEWAY_TESTDATA_RAW_SERVICE_H_
#define STARACTION_SERVICES_GATEWAY_TESTDATA_RAW_SERVICE_H_

#include <netinet/in.h>
#include <nghttp2/nghttp2.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

// A service that sends what a test says, byte by byte: what no good library would send.
namespace staraction::gateway::test {

inline std::string Number(size_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
  return out;
}

inline std::string Frame(int type, int flags, int stream, const std::string& payload) {
  return Number(payload.size(), 3) + static_cast<char>(type) + static_cast<char>(flags) +
         Number(static_cast<size_t>(stream), 4) + payload;
}

inline constexpr int kEnds = NGHTTP2_FLAG_END_STREAM;

inline std::string Settings() {
  return Frame(NGHTTP2_SETTINGS, 0, 0, "");
}
inline std::string Data(int stream, const std::string& bytes, int flags = 0) {
  return Frame(NGHTTP2_DATA, flags, stream, bytes);
}
inline std::string Reset(int stream, int error) {
  return Frame(NGHTTP2_RST_STREAM, 0, stream, Number(static_cast<size_t>(error), 4));
}
inline std::string GoAway(int last_stream, int error = 0) {
  return Frame(NGHTTP2_GOAWAY, 0, 0,
               Number(static_cast<size_t>(last_stream), 4) + Number(static_cast<size_t>(error), 4));
}

// Literals without indexing; long ones in CONTINUATION frames.
inline std::string HeadersFrame(int stream,
                                const std::vector<std::pair<std::string, std::string>>& headers,
                                int flags = 0) {
  const auto text = [](const std::string& value) {
    if (value.size() < 127) return static_cast<char>(value.size()) + value;
    std::string length(1, '\x7f');
    size_t rest = value.size() - 127;
    for (; rest >= 128; rest >>= 7) length += static_cast<char>((rest & 127) | 128);
    return length + static_cast<char>(rest) + value;
  };
  std::string block;
  for (const auto& [name, value] : headers)
    block += std::string(1, '\0') + text(name) + text(value);
  constexpr size_t kPiece = 16000;
  std::string out;
  for (size_t at = 0; at == 0 || at < block.size(); at += kPiece) {
    const bool last = at + kPiece >= block.size();
    out += Frame(at == 0 ? NGHTTP2_HEADERS : NGHTTP2_CONTINUATION,
                 (at == 0 ? flags : 0) | (last ? NGHTTP2_FLAG_END_HEADERS : 0), stream,
                 block.substr(at, kPiece));
  }
  return out;
}
inline std::string Head(int stream) {
  return HeadersFrame(stream, {{":status", "200"}, {"content-type", "application/grpc"}});
}
inline std::string Trailers(int stream, const std::string& status) {
  return HeadersFrame(stream, {{"grpc-status", status}}, kEnds);
}

// Takes connections and answers each request (a HEADERS frame) with what `answer` gives for its
// stream. An empty answer: silence.
class RawService {
 public:
  explicit RawService(std::function<std::string(int stream)> answer,
                      std::string greeting = Settings())
      : answer_(std::move(answer)),
        greeting_(std::move(greeting)),
        socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const place = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, place, size) != 0 || ::listen(socket_, 16) != 0 ||
        ::getsockname(socket_, place, &size) != 0) {
      std::abort();
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Run(); });
  }
  ~RawService() {
    stopping_ = true;
    thread_.join();
    ::close(socket_);
  }

  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }
  int connections() const { return connections_; }
  int requests() const { return requests_; }

 private:
  void Run() {
    std::vector<std::pair<int, std::string>> clients;  // socket, what came
    while (!stopping_) {
      std::vector<pollfd> polls = {{socket_, POLLIN, 0}};
      for (const auto& client : clients) polls.push_back({client.first, POLLIN, 0});
      if (::poll(polls.data(), polls.size(), 20) <= 0) continue;
      for (size_t i = 0; i < clients.size(); ++i) {
        if ((polls[i + 1].revents & (POLLIN | POLLHUP)) != 0) Serve(clients[i]);
      }
      if ((polls[0].revents & POLLIN) != 0) {
        clients.emplace_back(::accept(socket_, nullptr, nullptr), "");
        ++connections_;
        Send(clients.back().first, greeting_);
      }
    }
    for (const auto& client : clients) ::close(client.first);
  }

  void Serve(std::pair<int, std::string>& client) {
    char buffer[65536];
    const ssize_t size = ::recv(client.first, buffer, sizeof(buffer), MSG_DONTWAIT);
    if (size <= 0) {
      ::close(client.first);
      client.first = -1;  // poll passes it over
      return;
    }
    std::string& in = client.second;
    in.append(buffer, static_cast<size_t>(size));
    if (in.compare(0, 3, "PRI") == 0) in.erase(0, 24);  // no frame begins so
    while (in.size() >= 9) {
      const auto byte = [&in](size_t i) { return static_cast<unsigned char>(in[i]); };
      const size_t length = size_t{byte(0)} << 16 | size_t{byte(1)} << 8 | byte(2);
      if (in.size() < 9 + length) break;
      const int stream = static_cast<int>(byte(7)) << 8 | byte(8);
      if (byte(3) == NGHTTP2_HEADERS) {
        ++requests_;
        const std::string answer = answer_(stream);
        if (answer == "close") {
          ::close(client.first);
          client.first = -1;
          return;
        }
        Send(client.first, answer);
      }
      in.erase(0, 9 + length);
    }
  }

  static void Send(int socket, const std::string& bytes) {
    for (size_t sent = 0; sent < bytes.size();) {
      const ssize_t size = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (size <= 0) return;
      sent += static_cast<size_t>(size);
    }
  }

  const std::function<std::string(int)> answer_;
  const std::string greeting_;
  const int socket_;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_ = 0, requests_ = 0;
  std::thread thread_;
};

}  // namespace staraction::gateway::test

#endif  // STARACTION_SERVICES_GATEWAY_TESTDATA_RAW_SERVICE_H_
