#ifndef STARACTION_SERVICES_DOCUMENT_SOURCES_H_
#define STARACTION_SERVICES_DOCUMENT_SOURCES_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "common/service/host.h"
#include "google/protobuf/message.h"

namespace staraction::document {

// What documents are made from: read from other services with the caller's own rights, before any
// transaction. A request's type names the method, so one function serves all. Thread safe.
class Sources {
 public:
  virtual ~Sources() = default;

  // The peer's answer, of that method's type.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Read(const Call& call, const Request& request) {
    Response response;
    const absl::Status status = Ask(call, request, response);
    if (!status.ok()) return status;
    return response;
  }

  // The answer to a request that has only a name.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Get(const Call& call, const std::string& name) {
    Request request;
    request.set_name(name);
    return Read<Response>(call, request);
  }

  // All elements of a list, page by page.
  template <typename Response, typename Request, typename Element>
  absl::StatusOr<std::vector<Element>> List(
      const Call& call, Request request,
      google::protobuf::RepeatedPtrField<Element>* (Response::*elements)()) {
    std::vector<Element> all;
    request.set_page_size(1000);
    do {
      auto page = Read<Response>(call, request);
      if (!page.ok()) return page.status();
      for (Element& element : *((*page).*elements)()) all.push_back(std::move(element));
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return all;
  }

 private:
  virtual absl::Status Ask(const Call& call, const google::protobuf::Message& request,
                           google::protobuf::Message& response) = 0;
};

// The peers "asset", "declaration", "diagnosis", "engagement", "risk" and "training" of the host.
std::shared_ptr<Sources> PeerSources(Host& host);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_SOURCES_H_
