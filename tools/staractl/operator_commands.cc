#include <ostream>

#include "absl/strings/str_cat.h"
#include "common/auth/signer.h"
#include "common/base/id.h"
#include "common/rpc/health.h"
#include "common/status/errors.h"
#include "staraction/engagement/v1/organization_service.grpc.pb.h"
#include "tools/staractl/client.h"
#include "tools/staractl/commands.h"
#include "tools/staractl/keys.h"

namespace staraction::ctl {
namespace {

namespace v1 = engagement::v1;

absl::StatusOr<std::string> UuidOption(const Arguments& arguments, const std::string& name) {
  const std::string value = arguments.Get(name);
  if (!IsUuid(value)) return UsageError(absl::StrCat("--", name, ": '", value, "' is no UUID"));
  return value;
}

absl::Status KeysInit(const Arguments& arguments, std::ostream& out) {
  SA_RETURN_IF_ERROR(InitKeys(arguments.positional(0)));
  out << "keys are in " << arguments.positional(0) << "\n";
  return absl::OkStatus();
}

absl::Status Token(const Arguments& arguments, std::ostream& out) {
  UserToken token;
  token.issuer = arguments.Get("issuer");
  token.subject = arguments.Get("subject");
  SA_ASSIGN_OR_RETURN(token.organization, UuidOption(arguments, "organization"));
  SA_ASSIGN_OR_RETURN(token.lifetime, DurationOption(arguments, "lifetime"));
  SA_ASSIGN_OR_RETURN(const TokenSigner signer,
                      TokenSigner::FromFile(UserKeyFile(arguments.Get("keys")), RealClock()));
  SA_ASSIGN_OR_RETURN(const std::string text, signer.User(token));
  out << text << "\n";
  return absl::OkStatus();
}

absl::Status CreateOrganization(const Arguments& arguments, std::ostream& out) {
  v1::CreateOrganizationRequest request;
  SA_ASSIGN_OR_RETURN(const std::string id, UuidOption(arguments, "id"));
  request.set_organization_id(id);
  request.mutable_organization()->set_display_name(arguments.Get("name"));
  v1::User& administrator = *request.mutable_administrator();
  administrator.set_issuer(arguments.Get("admin-issuer"));
  administrator.set_subject(arguments.Get("admin-subject"));
  administrator.set_display_name(arguments.Has("admin-name") ? arguments.Get("admin-name")
                                                             : arguments.Get("admin-subject"));
  request.set_request_id(RequestIdOf(request));
  SA_ASSIGN_OR_RETURN(
      const TokenSigner signer,
      TokenSigner::FromFile(InternalKeyFile(arguments.Get("keys"), "operator"), RealClock()));
  SA_ASSIGN_OR_RETURN(const std::string token, signer.Operator());
  const auto created = CallEngagement<v1::OrganizationService>(
      arguments, CallWithToken(token), &v1::OrganizationService::Stub::CreateOrganization, request);
  if (!created.ok()) return created.status();
  if (arguments.Has("json")) {
    SA_ASSIGN_OR_RETURN(const std::string json, ToJson(*created));
    out << json;
  } else {
    out << "organization " << id << ": " << created->display_name() << "\n";
  }
  return absl::OkStatus();
}

absl::Status Health(const Arguments& arguments, std::ostream& out) {
  SA_ASSIGN_OR_RETURN(const absl::Duration wait, DurationOption(arguments, "wait"));
  const std::string& address = arguments.positional(0);
  SA_ASSIGN_OR_RETURN(const auto credentials, CallCredentials(arguments, address));
  if (credentials->encrypted() && !arguments.Has("service")) {
    return UsageError("--service is wanted: whose certificate the server should show");
  }
  SA_RETURN_IF_ERROR(
      WaitUntilServing(address, wait, "", credentials->ForPeer(arguments.Get("service"))));
  out << address << " serves\n";
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> OperatorCommands() {
  const Option keys = {"keys", "DIR", "folder that `keys init` made", true};
  return {
      {"keys init",
       {"DIR"},
       {},
       "Makes the keys of a development installation: users' issuer, services, operator.\n"
       "Keys that exist stay.",
       KeysInit},
      {"token",
       {},
       {keys,
        {"issuer", "URL", "`iss`, as the services are configured", true},
        {"subject", "NAME", "`sub`: who it is", true},
        {"organization", "UUID", "whose user it is", true},
        {"lifetime", "TIME", "until it expires", false, "1h"}},
       "Prints a user's token of the development issuer.",
       Token},
      {"organization create",
       {},
       {keys,
        {"id", "UUID", "the organization's id, as it will stand in tokens", true},
        {"name", "NAME", "name of the consultancy", true},
        {"admin-issuer", "URL", "issuer of the first administrator's tokens", true},
        {"admin-subject", "NAME", "the first administrator's `sub`", true},
        {"admin-name", "NAME", "the administrator's name"},
        {"engagement", "ADDRESS", "gRPC address of the engagement service", false,
         "127.0.0.1:7101"},
        TlsOption(),
        {"json", "", "print the reply as JSON"}},
       "Creates a consultancy with its first administrator. Repeated, it changes nothing.",
       CreateOrganization},
      {"health",
       {"ADDRESS"},
       {{"wait", "TIME", "how long to ask", false, "1s"},
        {"service", "NAME", "which service it is; wanted with TLS"},
        TlsOption()},
       "Asks a service whether it serves.",
       Health},
  };
}

}  // namespace staraction::ctl
