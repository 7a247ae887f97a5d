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

// Somebody on a client's roster as an engagement counts them on a day.
struct Person {
  engagement::v1::Member member;
  bool counted = true;     // belongs to the denominator of the training
  std::string reason;      // why not, in Japanese
  std::string employment;  // kind of employment as content names it, "PART_TIME"; "": not said
};

// Who stands on the two sides of a certificate.
struct Parties {
  std::string company;
  std::string consultancy;
};

// What the engagement service keeps: rosters and names. Asked before a transaction, never inside
// one. Thread safe.
class Roster {
 public:
  virtual ~Roster() = default;
  // Everybody of the engagement's client who was employed on that day, in order of their ids.
  virtual absl::StatusOr<std::vector<Person>> List(const Call& call, const std::string& engagement,
                                                   absl::CivilDay day) = 0;
  // One member by name; NOT_FOUND if there is none.
  virtual absl::StatusOr<engagement::v1::Member> Get(const Call& call, const std::string& name) = 0;
  virtual absl::StatusOr<Parties> PartiesOf(const Call& call, const std::string& engagement) = 0;
};

// Asks the engagement service with the caller's own token.
std::unique_ptr<Roster> RemoteRoster(Host& host);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_ROSTER_H_
