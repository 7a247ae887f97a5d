#include "tests/isolation/isolation.h"

#include <gmock/gmock.h>
#include <google/protobuf/dynamic_message.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/base/clock.h"
#include "common/resource/policy.h"

namespace staraction::test {
namespace {

using common::v1::Role;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr char kNeverClient[] = "clients/0190affe-0000-7000-8000-00000000dead";
constexpr char kNeverEngagement[] = "engagements/0190affe-0000-7000-8000-00000000dead";
// Ids of further segments (members, quotes …): the fence in front of them must answer first.
constexpr char kChild[] = "0190affe-0000-7000-8000-00000000c41d";

// The pattern of the name that the method's route wants at its scope, e.g. "clients/*/members/*".
std::string ScopePattern(const MethodDescriptor& method, const std::string& scope) {
  const std::string text = method.options().DebugString();
  const size_t at = text.find("{" + scope + "=");
  if (at == std::string::npos) return "clients/*";
  const size_t begin = at + scope.size() + 2;
  return text.substr(begin, text.find('}', begin) - begin);
}

std::string FillPattern(const std::string& pattern, const std::string& client,
                        const std::string& engagement) {
  const bool in_engagement = absl::StartsWith(pattern, "engagements/");
  const std::string& root = in_engagement ? engagement : client;
  const std::string rest = pattern.substr(std::min(pattern.size(), pattern.find("/*") + 2));
  return root + absl::StrReplaceAll(rest, {{"*", kChild}});
}

void SetAt(Message& message, const std::string& path, const std::string& value) {
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  Message* at = &message;
  for (size_t i = 0; i < parts.size(); ++i) {
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[i]);
    ASSERT_NE(field, nullptr) << path;
    if (i + 1 < parts.size()) {
      at = at->GetReflection()->MutableMessage(at, field);
    } else if (field->is_repeated()) {
      at->GetReflection()->AddString(at, field, value);
    } else {
      at->GetReflection()->SetString(at, field, value);
    }
  }
}

struct Answer {
  grpc::StatusCode code;
  std::string message;
  std::string details;
};

Answer Invoke(const std::shared_ptr<grpc::Channel>& channel, const MethodDescriptor& method,
              const std::string& token, const std::string& request_bytes) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
  context.AddMetadata("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
  context.set_deadline(absl::ToChronoTime(RealClock()() + absl::Seconds(20)));
  grpc::Slice slice(request_bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::CompletionQueue queue;
  const std::string path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
  auto call = stub.PrepareUnaryCall(&context, path, request, &queue);
  call->StartCall();
  grpc::ByteBuffer reply;
  grpc::Status status;
  call->Finish(&reply, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return {status.error_code(), status.error_message(), status.error_details()};
}

class Prober {
 public:
  explicit Prober(const IsolationSetup& setup) : setup_(setup) {}

  void Probe(const MethodDescriptor& method) {
    const auto& policy = PolicyOf(method);
    if (policy.public_()) return;
    Expect(method, "", Request(method, setup_.client, setup_.engagement), "no token",
           grpc::StatusCode::UNAUTHENTICATED);
    ProbeRoles(method, policy);
    if (policy.scope().empty()) return;
    const std::string request = Request(method, setup_.client, setup_.engagement);
    Expect(method, setup_.unassigned, request, "unassigned consultant",
           grpc::StatusCode::PERMISSION_DENIED);
    ProbeForeigner(method, request);
  }
  int calls() const { return calls_; }

 private:
  std::string Request(const MethodDescriptor& method, const std::string& client,
                      const std::string& engagement) {
    const std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                               ->GetPrototype(method.input_type())
                                               ->New());
    const std::string& scope = PolicyOf(method).scope();
    if (!scope.empty()) {
      SetAt(*request, scope, FillPattern(ScopePattern(method, scope), client, engagement));
    }
    return request->SerializePartialAsString();
  }

  void Expect(const MethodDescriptor& method, const std::string& token, const std::string& request,
              const std::string& caller, grpc::StatusCode want) {
    ++calls_;
    const Answer answer = Invoke(setup_.channel, method, token, request);
    EXPECT_EQ(answer.code, want) << method.full_name() << " as " << caller << ": "
                                 << answer.message;
  }

  void ProbeRoles(const MethodDescriptor& method, const common::v1::MethodPolicy& policy) {
    for (const auto& [role, token] : setup_.tokens) {
      if (Grants(policy.permission(), role)) continue;
      Expect(method, token, Request(method, setup_.client, setup_.engagement),
             common::v1::Role_Name(role), grpc::StatusCode::PERMISSION_DENIED);
    }
  }

  // What another organization hears of our names equals what it hears of names that never were.
  void ProbeForeigner(const MethodDescriptor& method, const std::string& request) {
    calls_ += 2;
    const Answer ours = Invoke(setup_.channel, method, setup_.foreigner, request);
    const Answer never = Invoke(setup_.channel, method, setup_.foreigner,
                                Request(method, kNeverClient, kNeverEngagement));
    EXPECT_TRUE(ours.code == grpc::StatusCode::NOT_FOUND ||
                ours.code == grpc::StatusCode::PERMISSION_DENIED)
        << method.full_name() << ": " << ours.code << " " << ours.message;
    EXPECT_EQ(ours.code, never.code) << method.full_name();
    EXPECT_EQ(Neutral(ours.message), Neutral(never.message)) << method.full_name();
    EXPECT_EQ(Neutral(ours.details), Neutral(never.details)) << method.full_name();
  }

  // The caller's own words come back in NOT_FOUND; all else must be the same.
  std::string Neutral(const std::string& text) {
    std::vector<std::pair<std::string, std::string>> names = {
        {setup_.client, "X"}, {kNeverClient, "X"}, {kNeverEngagement, "Y"}};
    if (!setup_.engagement.empty()) names.emplace_back(setup_.engagement, "Y");
    return absl::StrReplaceAll(text, names);
  }

  const IsolationSetup& setup_;
  int calls_ = 0;
};

}  // namespace

int CheckIsolation(const IsolationSetup& setup) {
  Prober prober(setup);
  for (const std::string& name : setup.services) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    EXPECT_NE(service, nullptr) << name;
    for (int i = 0; service != nullptr && i < service->method_count(); ++i) {
      prober.Probe(*service->method(i));
    }
  }
  return prober.calls();
}

}  // namespace staraction::test
