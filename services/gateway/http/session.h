#ifndef STARACTION_SERVICES_GATEWAY_HTTP_SESSION_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>  // Boost 1.74 uses std::exchange without it.

#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "services/gateway/http/exchange.h"
#include "services/gateway/http/front.h"

namespace staraction::gateway {

class Worker;

// One connection: reads requests one after the other and writes their replies in that order.
// Everything happens on the worker's thread. Keeps itself alive by its pending operation.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::ip::tcp::socket socket, Front& front, Worker& worker);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void Start();
  // Closes the connection if it waits for a request; else its present reply is the last.
  void Drain();
  // Ends the connection and the call behind it at once.
  void Abort();

 private:
  using Error = boost::system::error_code;

  void AwaitRequest();
  void ReadHead();
  void OnHead(Error error);
  void ReadBody();
  void OnBody(Error error);
  void RunExchange(std::string body);
  void WatchClient();
  bool ClientLeft();

  void Send(HttpReply reply, bool keep_alive);
  void OnSent(Error error);
  void Linger();
  void RefuseBroken(const absl::Status& status, int http_status);
  void Close();

  bool RequestHasBody() const;

  boost::beast::tcp_stream stream_;
  Front& front_;
  Worker& worker_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  boost::beast::http::response<boost::beast::http::string_body> response_;
  std::shared_ptr<Exchange> exchange_;
  bool idle_ = false;     // nothing of the next request has come
  bool calling_ = false;  // the exchange runs
  bool linger_ = false;   // the client may still be sending what nobody reads
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_SESSION_H_
