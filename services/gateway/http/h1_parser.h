#ifndef STARACTION_SERVICES_GATEWAY_HTTP_H1_PARSER_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_H1_PARSER_H_

#include <string>
#include <string_view>
#include <utility>  // Boost 1.74 uses std::exchange without it.

#include <boost/beast/http/basic_parser.hpp>

#include "absl/strings/ascii.h"
#include "services/gateway/http/message.h"

namespace staraction::gateway {

// Beast's grammar of HTTP/1.1 requests, filling our own types.
class H1Parser : public boost::beast::http::basic_parser</*isRequest=*/true> {
 public:
  RequestHead head;
  // What the last call of `put` read of the body.
  std::string body;
  bool asks_to_continue = false;
  int version = 11;  // 10 or 11

 private:
  using Error = boost::beast::error_code;
  using Text = boost::beast::string_view;
  using Size = boost::optional<std::uint64_t>;

  static std::string_view View(Text text) { return {text.data(), text.size()}; }

  void on_request_impl(boost::beast::http::verb, Text method, Text target, int number,
                       Error& ec) override {
    ec = {};
    version = number;
    head.method = std::string(View(method));
    head.target = std::string(View(target));
  }
  void on_response_impl(int, Text, int, Error&) override {}
  void on_field_impl(boost::beast::http::field field, Text name, Text value, Error& ec) override {
    ec = {};
    if (field == boost::beast::http::field::expect) {
      asks_to_continue = boost::beast::iequals(value, "100-continue");
    }
    head.headers.Add(absl::AsciiStrToLower(absl::string_view(name.data(), name.size())),
                     std::string(View(value)));
  }
  void on_header_impl(Error& ec) override { ec = {}; }
  void on_body_init_impl(const Size&, Error& ec) override { ec = {}; }
  std::size_t on_body_impl(Text text, Error& ec) override {
    ec = {};
    body.append(text.data(), text.size());
    return text.size();
  }
  void on_chunk_header_impl(std::uint64_t, Text, Error& ec) override { ec = {}; }
  std::size_t on_chunk_body_impl(std::uint64_t, Text text, Error& ec) override {
    return on_body_impl(text, ec);
  }
  void on_finish_impl(Error& ec) override { ec = {}; }
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_H1_PARSER_H_
