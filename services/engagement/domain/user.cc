#include "services/engagement/domain/user.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "staraction/common/v1/policy.pb.h"

namespace staraction::engagement::domain {
namespace {

using common::v1::Role;
using v1::User;

constexpr int kDefaultDays = 7;

std::vector<std::string> ActionsOf(User::State state) {
  switch (state) {
    case User::STATE_INVITED:
      return {"renewInvitation", "disable"};
    case User::STATE_DISABLED:
      return {"enable"};
    default:
      return {"disable"};
  }
}

}  // namespace

absl::Status CheckRoles(const google::protobuf::RepeatedField<int>& roles,
                        const std::string& field) {
  for (const int role : roles) {
    if (role == common::v1::ROLE_ADMIN || role == common::v1::ROLE_CONSULTANT ||
        role == common::v1::ROLE_REPORTING) {
      continue;
    }
    return InvalidField(field,
                        absl::StrCat(common::v1::Role_Name(static_cast<Role>(role)),
                                     " is no role of an organization; wanted ADMIN, CONSULTANT, "
                                     "REPORTING"),
                        "組織の役割ではありません（ADMIN, CONSULTANT, REPORTING のいずれか）");
  }
  return absl::OkStatus();
}

User WithActions(User user) {
  user.clear_allowed_actions();
  for (const std::string& action : ActionsOf(user.state())) user.add_allowed_actions(action);
  return user;
}

absl::Status Check(const User& user, const std::string& verb) {
  const std::vector<std::string> actions = ActionsOf(user.state());
  if (std::find(actions.begin(), actions.end(), verb) != actions.end()) return absl::OkStatus();
  return StateConflict(user.name(), User::State_Name(user.state()).substr(6), verb);
}

void Invite(absl::Time now, int valid_days, User* user) {
  user->set_state(User::STATE_INVITED);
  user->set_invitation_generation(user->invitation_generation() + 1);
  const int days = valid_days == 0 ? kDefaultDays : valid_days;
  *user->mutable_invitation_expire_time() = ToTimestamp(now + absl::Hours(24) * days);
}

bool CanAccept(const User& user, int generation, const std::string& issuer, absl::Time now) {
  return user.state() == User::STATE_INVITED && user.invitation_generation() == generation &&
         user.issuer() == issuer && FromTimestamp(user.invitation_expire_time()) > now;
}

}  // namespace staraction::engagement::domain
