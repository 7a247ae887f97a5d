#include "common/call/call.h"

#include "common/base/clock.h"

namespace staraction {

std::string Call::Actor() const {
  switch (principal.kind) {
    case Principal::Kind::kUser:
      return access.user_id.empty() ? "users/unknown" : "users/" + access.user_id;
    case Principal::Kind::kParticipant:
      return principal.members.empty() ? "links/" + principal.link : principal.members.front();
    case Principal::Kind::kService:
      return "services/" + principal.service;
    case Principal::Kind::kOperator:
      return "operator";
  }
  return "nobody";
}

Call SystemCall(const std::string& service, const std::string& organization,
                const std::string& client, absl::Time now, absl::Duration time_limit) {
  Call call;
  call.principal.kind = Principal::Kind::kService;
  call.principal.service = service;
  call.principal.organization = organization;
  call.access.roles = {common::v1::ROLE_SERVICE};
  if (!client.empty()) {
    call.principal.client = client;
    call.access.clients = {client};
  }
  call.method = "system";
  call.resource = client.empty() ? "" : "clients/" + client;
  call.now = now;
  call.deadline = RealClock()() + time_limit;
  return call;
}

}  // namespace staraction
