#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_OPERATION_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_OPERATION_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/base/date.h"
#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/engagement/domain/life.h"
#include "staraction/engagement/v1/engagement.pb.h"
#include "staraction/engagement/v1/evidence.pb.h"
#include "staraction/engagement/v1/operation_act.pb.h"
#include "staraction/engagement/v1/operation_form.pb.h"
#include "staraction/fact/v1/fact_service.pb.h"

// What activities, forms, checks, findings and exceptions of a client share.
namespace staraction::engagement {

// A verb on one of them, as a request tells it.
struct Deed {
  std::string verb;
  std::string text;  // result or reason
  absl::CivilDay day;
  // Not said of what people of the company record themselves: recorded_by tells.
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
};

// The deed as the request tells it, with effective_date and channel where it has them: today, said
// by the consultant who records it. INVALID_ARGUMENT for a day after today, or before `first`.
template <typename Request>
absl::StatusOr<Deed> DeedOf(const pg::Transaction& tx, const Request& request,
                            const std::string& verb, const std::string& text,
                            absl::CivilDay first = absl::CivilDay::min());

absl::Status AddAct(pg::Transaction& tx, const std::string& subject, const Deed& deed);
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::OperationAct>> LoadActs(
    pg::Transaction& tx, const std::string& subject);

// How many pieces of evidence there are about each of these; absent: none.
absl::StatusOr<std::map<std::string, int>> CountEvidences(pg::Transaction& tx,
                                                          const std::vector<std::string>& subjects);
// Pages of the client's evidence, about one subject if it is not empty.
absl::StatusOr<pg::Rows> EvidenceRows(pg::Transaction& tx, const std::string& subject,
                                      const std::string& after, int limit);
// Stores the bytes of the evidence with this name; sets size and sha256.
absl::Status StoreFile(pg::Transaction& tx, const std::string& bytes, v1::Evidence& evidence);
// NOT_FOUND if it is retracted.
absl::StatusOr<std::string> ReadFile(pg::Transaction& tx, const v1::Evidence& evidence);

// INVALID_ARGUMENT unless the engagement is one of the call's client; empty is fine.
absl::Status CheckEngagementOf(pg::Transaction& tx, const std::string& engagement,
                               const std::string& field);
// INVALID_ARGUMENT unless there is such a member on the client's roster; empty is fine.
absl::Status CheckMember(pg::Transaction& tx, const std::string& member, const std::string& field);
// Name of the user or member; INVALID_ARGUMENT on `prefix`owner_user or `prefix`owner_member.
absl::StatusOr<std::string> OwnerName(pg::Transaction& tx, const std::string& user,
                                      const std::string& member, const std::string& prefix);
// INVALID_ARGUMENT unless the subject is something of this client that evidence can be about.
absl::Status CheckSubject(pg::Transaction& tx, const std::string& parent,
                          const std::string& subject);

// The engagement; INVALID_ARGUMENT on `field` unless it is a running one of this client.
absl::StatusOr<v1::Engagement> RunningEngagement(pg::Transaction& tx, const std::string& name,
                                                 const std::string& field);
// An engagement in which something is recorded, with its calendar; null if it has none.
struct Operated {
  std::string engagement;
  const content::v1::ActivityCalendar* calendar = nullptr;
};
// The engagement, or with "" the client's newest running one that has a calendar; empty if there is
// none. INVALID_ARGUMENT on `field` unless it is a running one of this client.
absl::StatusOr<Operated> FindOperated(pg::Transaction& tx, const content::Library& library,
                                      const std::string& engagement, const std::string& field);
// FAILED_PRECONDITION: the engagement, or with "" none that runs, has a calendar of activities.
absl::Status NoCalendar(const std::string& engagement);

// Another form of this kind that is in use at this place; empty: none.
absl::StatusOr<std::string> FormInUse(pg::Transaction& tx, const v1::OperationForm& form);

// Whether this person is employed on the day, and is the president or answers for security.
absl::StatusOr<bool> MayApprove(pg::Transaction& tx, const std::string& member, absl::CivilDay day);

// Facts about operation of the call's client.
absl::Status AddOperationFacts(pg::Transaction& tx, std::vector<fact::v1::Fact>& facts);
// The next day after which one of them is another, though nobody writes; nothing: none.
absl::StatusOr<std::optional<absl::CivilDay>> NextDayOfChange(pg::Transaction& tx);

// Verbs of its state.
template <typename Resource>
void SetActions(Resource& resource) {
  resource.clear_allowed_actions();
  for (const std::string& action : domain::ActionsOf(resource.state())) {
    resource.add_allowed_actions(action);
  }
}

absl::StatusOr<Deed> MakeDeed(const pg::Transaction& tx, const Deed& as_told,
                              const google::type::Date& effective_date, absl::CivilDay first);

template <typename Request>
absl::StatusOr<Deed> DeedOf(const pg::Transaction& tx, const Request& request,
                            const std::string& verb, const std::string& text,
                            absl::CivilDay first) {
  Deed deed{verb, text, absl::CivilDay()};
  google::type::Date day;
  if constexpr (requires { request.channel(); }) deed.channel = request.channel();
  if constexpr (requires { request.effective_date(); }) day = request.effective_date();
  return MakeDeed(tx, deed, day, first);
}

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_OPERATION_H_
