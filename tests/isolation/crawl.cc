#include <set>

#include "absl/strings/match.h"
#include "common/resource/policy.h"
#include "google/api/annotations.pb.h"
#include "tests/isolation/walls.h"

namespace staraction::test {
namespace {

using google::protobuf::MethodDescriptor;

constexpr size_t kNames = 12;
// Names lie up to three resources deep, and one round finds one more.
constexpr int kRounds = 4;

bool Reads(const MethodDescriptor& method) {
  return method.options().GetExtension(google::api::http).has_get() && !method.server_streaming();
}

class Crawler {
 public:
  Crawler(Transport& transport, const std::string& token, NameBook& book)
      : transport_(transport), token_(token), book_(book) {}

  void Read(const MethodDescriptor& method) {
    const std::string& scope = PolicyOf(method).scope();
    for (const NameField& field : NameFields(*method.input_type())) {
      if (field.Text() != (scope.empty() ? "name" : scope)) continue;
      for (const std::string& kind : field.kinds) ReadAll(method, field, book_.Of(kind));
      return;
    }
    if (asked_.insert(method.full_name()).second) {
      Harvest(method, *MakeRequest(method, book_));
    }
  }

 private:
  void ReadAll(const MethodDescriptor& method, const NameField& field,
               std::vector<std::string> names) {
    if (names.size() > kNames) names.resize(kNames);
    for (const std::string& name : names) {
      if (!asked_.insert(method.full_name() + " " + name).second) continue;
      const auto request = MakeRequest(method, book_);
      PutName(field, name, book_, request.get());
      Harvest(method, *request);
    }
  }

  void Harvest(const MethodDescriptor& method, const google::protobuf::Message& request) {
    const Answer answer = transport_.Send(method, request, token_);
    if (answer.ok) book_.Harvest(*answer.reply);
  }

  Transport& transport_;
  const std::string& token_;
  NameBook& book_;
  std::set<std::string> asked_;
};

}  // namespace

void Crawl(Transport& transport,
           const std::vector<const google::protobuf::ServiceDescriptor*>& services,
           const std::string& token, NameBook& book) {
  Crawler crawler(transport, token, book);
  size_t known = 0;
  for (int round = 0; round < kRounds && known != book.size(); ++round) {
    known = book.size();
    for (const auto* service : services) {
      for (int i = 0; i < service->method_count(); ++i) {
        const MethodDescriptor& method = *service->method(i);
        if (Reads(method) && transport.Serves(method)) crawler.Read(method);
      }
    }
  }
}

}  // namespace staraction::test
