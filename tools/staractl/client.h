#ifndef STARACTION_TOOLS_STARACTL_CLIENT_H_
#define STARACTION_TOOLS_STARACTL_CLIENT_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/base/macros.h"
#include "common/rpc/credentials.h"
#include "common/rpc/peer.h"
#include "tools/staractl/command.h"

namespace staraction::ctl {

// --tls DIR, for every command that calls a service.
Option TlsOption();

// How the calls of this command are protected: the folder of --tls or STARACTION_TLS_DIR, which is
// the operator's (common/identity/tls.h); without it only services of this machine at `address` are
// called, unless STARACTION_PLAINTEXT_ALLOWED is true.
absl::StatusOr<std::shared_ptr<Credentials>> CallCredentials(const Arguments& arguments,
                                                             const std::string& address);

// Options of every command that calls the engagement service as a user, and of its output.
std::vector<Option> WithCallOptions(std::vector<Option> options);

// A call with the options' token (or STARACTION_TOKEN), in the language of LC_ALL, LC_MESSAGES or
// LANG: Japanese unless they say English.
absl::StatusOr<Call> UserCall(const Arguments& arguments);
Call CallWithToken(const std::string& token);

// The same UUID for the same request: a repeated command repeats the call.
std::string RequestIdOf(const google::protobuf::Message& request);

// The message as Protobuf's JSON, with every field.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);

// Calls a method of the service that this option is called after; its value is the address.
template <typename Service, typename Request, typename Response>
absl::StatusOr<Response> CallService(
    const Arguments& arguments, const std::string& option, const Call& call,
    grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    const Request& request) {
  const std::string address = arguments.Get(option);
  SA_ASSIGN_OR_RETURN(const auto credentials, CallCredentials(arguments, address));
  const auto stub = Service::NewStub(OpenChannel(address, credentials->ForPeer(option)));
  return CallPeer(call, *stub, method, request, absl::Seconds(30));
}

// The same of the engagement service.
template <typename Service, typename Method, typename Request>
auto CallEngagement(const Arguments& arguments, const Call& call, Method method,
                    const Request& request) {
  return CallService<Service>(arguments, "engagement", call, method, request);
}

}  // namespace staraction::ctl

#endif  // STARACTION_TOOLS_STARACTL_CLIENT_H_
