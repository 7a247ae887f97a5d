#ifndef STARACTION_SERVICES_TRAINING_ROSTER_H_
#define STARACTION_SERVICES_TRAINING_ROSTER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/call/call.h"
#include "common/service/host.h"
#include "staraction/engagement/v1/client.pb.h"

namespace staraction::training {

// The clients' rosters, which the engagement service keeps. Asked before a transaction, never
// inside one. Thread safe.
class Roster {
 public:
  virtual ~Roster() = default;
  // Everybody employed by the client ("clients/{client}") on that day, in order of their ids.
  virtual absl::StatusOr<std::vector<engagement::v1::Member>> List(const Call& call,
                                                                   const std::string& client,
                                                                   absl::CivilDay day) = 0;
  // One member by name; NOT_FOUND if there is none.
  virtual absl::StatusOr<engagement::v1::Member> Get(const Call& call, const std::string& name) = 0;
};

// Asks the engagement service with the caller's own token.
std::unique_ptr<Roster> RemoteRoster(Host& host);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_ROSTER_H_
