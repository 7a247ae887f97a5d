#ifndef STARACTION_SERVICES_GATEWAY_FRONT_PAGES_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_PAGES_H_

#include <map>
#include <string>
#include <string_view>

#include "services/gateway/http/message.h"

namespace staraction::gateway {

// What the gateway itself shows: the API's description and pages to read and try it. The same for
// everybody, made at the start, and of this gateway alone: no page loads anything from elsewhere.
class Pages {
 public:
  // `contract` is the OpenAPI document.
  explicit Pages(std::string contract);

  // The reply to GET or HEAD of a page with these headers, 304 if the client has it; null: there is
  // no such page.
  const HttpReply* Find(std::string_view path, const Headers& headers) const;

 private:
  struct Page {
    HttpReply whole, packed, unchanged;
    std::string etag;
  };
  void Add(const std::string& path, const char* content_type, std::string content);

  std::map<std::string, Page, std::less<>> pages_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_PAGES_H_
