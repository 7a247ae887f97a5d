#ifndef STARACTION_SERVICES_GATEWAY_FRONT_CORS_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_CORS_H_

#include <set>
#include <string>
#include <vector>

#include "services/gateway/http/message.h"

namespace staraction::gateway {

// Which web front ends may use the gateway from a browser: origins by an exact list. Tokens travel
// in a header, so credentials (cookies) are never allowed. Immutable.
class Cors {
 public:
  // Origins as browsers write them: "https://app.example", no path.
  explicit Cors(const std::vector<std::string>& origins)
      : origins_(origins.begin(), origins.end()) {}

  // Whether it is a browser's question before the real request.
  static bool IsPreflight(const RequestHead& head);

  // Adds what lets the browser show the reply to the asking page; nothing for other origins.
  void Allow(const RequestHead& head, HttpReply* reply) const;

 private:
  std::set<std::string, std::less<>> origins_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_CORS_H_
