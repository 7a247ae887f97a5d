#ifndef STARACTION_SERVICES_DOCUMENT_FIXED_SOURCES_H_
#define STARACTION_SERVICES_DOCUMENT_FIXED_SOURCES_H_

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "common/status/errors.h"
#include "services/document/sources.h"

namespace staraction::document {

// Peers of tests: they answer what a test put, and NOT_FOUND to all else.
class FixedSources : public Sources {
 public:
  // The answer to a request whose `name` (of lists: `parent`; without either: "") is this one. Made
  // empty at the first use; tests change it in place.
  template <typename Request, typename Response>
  Response& Answer(const std::string& name) {
    auto& answer = answers_[{Request::descriptor(), name}];
    if (answer == nullptr) answer = std::make_unique<Response>();
    return static_cast<Response&>(*answer);
  }

  void Clear() { answers_.clear(); }

 private:
  using Message = google::protobuf::Message;

  static std::string NameOf(const Message& request) {
    for (const char* name : {"name", "parent"}) {
      const auto* field = request.GetDescriptor()->FindFieldByName(name);
      if (field != nullptr) return request.GetReflection()->GetString(request, field);
    }
    return "";
  }

  absl::Status Ask(const Call&, const Message& request, Message& response) override {
    const auto answer = answers_.find({request.GetDescriptor(), NameOf(request)});
    if (answer == answers_.end()) return NotFound(NameOf(request));
    response.CopyFrom(*answer->second);
    return absl::OkStatus();
  }

  std::map<std::pair<const google::protobuf::Descriptor*, std::string>, std::unique_ptr<Message>>
      answers_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_FIXED_SOURCES_H_
