#ifndef STARACTION_COMMON_CALL_CALL_H_
#define STARACTION_COMMON_CALL_CALL_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/auth/principal.h"
#include "common/obs/trace.h"
#include "common/status/grpc_status.h"
#include "staraction/common/v1/policy.pb.h"

namespace staraction {

// What the caller may do in this call, resolved once by the server layer.
struct Access {
  std::vector<common::v1::Role> roles;
  // UUIDs of the clients that the call is about: exactly these clients' rows are visible.
  std::vector<std::string> clients;
  // Names of the engagements that the call is about, "engagements/{engagement}".
  std::vector<std::string> engagements;
  // Lists over clients (portfolio) only: "all", or the id of the user whose clients may be seen.
  std::string portfolio;
  // The caller's user id in the organization; empty for participants and services.
  std::string user_id;

  bool Has(common::v1::Role role) const {
    for (const auto held : roles) {
      if (held == role) return true;
    }
    return false;
  }
};

// One call, from its arrival to its answer: who, about whom, until when. Handed to every handler;
// passed on to peers and to the database. Immutable once the handler runs but for its count of
// statements; used by one thread.
struct Call {
  Principal principal;
  Access access;
  std::string method;      // "staraction.engagement.v1.ClientService.GetClient"
  std::string resource;    // what the call names: value of its scope, or ""
  std::string request_id;  // "" if the caller gave none
  std::string token;       // the caller's own, which travels on to peers
  absl::Time now;          // when the call began, by the service's clock
  absl::Time deadline;     // when its answer is worthless
  Language language = Language::kJapanese;
  TraceContext trace;
  // What joins log lines, audit entries and errors: the gateway's id of the request that this call
  // serves, or the trace's id where no gateway stands before.
  std::string correlation_id;
  // Whether the caller has gone; asked between statements.
  std::function<bool()> cancelled = [] { return false; };
  // Statements run for this call so far, begin and commit apart: what the call costs the database.
  // Copies count on, so that a call which goes on under another identity is counted whole.
  std::shared_ptr<int> statements = std::make_shared<int>(0);

  const std::string& organization() const { return principal.organization; }
  // The one client of a call that is about exactly one.
  const std::string& client() const { return access.clients.front(); }
  std::string client_name() const { return "clients/" + client(); }
  // Who acts, for records: "users/{user}", the participant's member name, "services/training".
  std::string Actor() const;
};

// A call that a service makes to itself on nobody's behalf, for one client of an organization
// (`client` may be empty).
Call SystemCall(const std::string& service, const std::string& organization,
                const std::string& client, absl::Time now, absl::Duration time_limit);

}  // namespace staraction

#endif  // STARACTION_COMMON_CALL_CALL_H_
