#ifndef STARACTION_SERVICES_GATEWAY_HTTP_MESSAGE_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_MESSAGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Requests and replies apart from the library that reads and writes them.
namespace staraction::gateway {

class Headers {
 public:
  Headers() { fields_.reserve(kUsual); }

  // `name` in lower case.
  void Add(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
  }
  // The first of that name, or empty.
  std::string_view Get(std::string_view name) const {
    for (const auto& [key, value] : fields_) {
      if (key == name) return value;
    }
    return {};
  }
  int Count(std::string_view name) const {
    int count = 0;
    for (const auto& field : fields_) count += field.first == name ? 1 : 0;
    return count;
  }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  static constexpr size_t kUsual = 12;
  std::vector<std::pair<std::string, std::string>> fields_;
};

// A request up to its body.
struct RequestHead {
  std::string method;
  std::string target;
  Headers headers;
  std::string address;  // IP address of who is connected
  bool http2 = false;
  // Of the body; nothing if it comes in chunks.
  std::optional<uint64_t> content_length = 0;
};

struct HttpReply {
  int status = 200;
  std::string content_type;  // empty: no body
  std::string body;
  Headers headers;
  // Instead of `body`, for what many are sent: not copied for each.
  std::shared_ptr<const std::string> shared_body{};

  std::string_view bytes() const { return shared_body != nullptr ? *shared_body : body; }
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_MESSAGE_H_
