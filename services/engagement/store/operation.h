#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_OPERATION_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_OPERATION_H_

#include <map>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/base/date.h"
#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/engagement/domain/life.h"
#include "staraction/engagement/v1/evidence.pb.h"
#include "staraction/engagement/v1/operation_act.pb.h"
#include "staraction/fact/v1/fact_service.pb.h"

// What activities, forms, checks, findings and exceptions of a client share.
namespace staraction::engagement {

// A verb on one of them, as a request tells it.
struct Deed {
  std::string verb;
  std::string text;  // result or reason
  absl::CivilDay day;
  common::v1::Channel channel = common::v1::CHANNEL_CONSULTANT;
};

// The deed of a request with effective_date and, perhaps, channel. INVALID_ARGUMENT for a day after
// today.
template <typename Request>
absl::StatusOr<Deed> DeedOf(const pg::Transaction& tx, const Request& request,
                            const std::string& verb, const std::string& text);

absl::Status AddAct(pg::Transaction& tx, const std::string& subject, const Deed& deed);
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::OperationAct>> LoadActs(
    pg::Transaction& tx, const std::string& subject);

// How many pieces of evidence there are about each of these; absent: none.
absl::StatusOr<std::map<std::string, int>> CountEvidences(pg::Transaction& tx,
                                                          const std::vector<std::string>& subjects);
// Pages of the client's evidence, about one subject if it is not empty.
absl::StatusOr<pg::Rows> EvidenceRows(pg::Transaction& tx, const std::string& subject,
                                      const std::string& after, int limit);
// Stores the bytes; sets blob, size and sha256.
absl::Status StoreFile(pg::Transaction& tx, const std::string& bytes, v1::Evidence& evidence);
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

// The calendar of the engagement, or with "" of the client's newest engagement that has one; null
// if there is none.
absl::StatusOr<const content::v1::ActivityCalendar*> CalendarOf(pg::Transaction& tx,
                                                                const content::Library& library,
                                                                const std::string& engagement);
// FAILED_PRECONDITION: no engagement of the client has a calendar of activities.
absl::Status NoCalendar(const std::string& client);

// Facts about operation of the call's client.
absl::Status AddOperationFacts(pg::Transaction& tx, std::vector<fact::v1::Fact>& facts);

// Verbs of its state.
template <typename Resource>
void SetActions(Resource& resource) {
  resource.clear_allowed_actions();
  for (const std::string& action : domain::ActionsOf(resource.state())) {
    resource.add_allowed_actions(action);
  }
}

absl::StatusOr<Deed> MakeDeed(const pg::Transaction& tx, Deed deed,
                              const google::type::Date& effective_date);

template <typename Request>
absl::StatusOr<Deed> DeedOf(const pg::Transaction& tx, const Request& request,
                            const std::string& verb, const std::string& text) {
  Deed deed{verb, text, TokyoDay(tx.now())};
  if (request.channel() != common::v1::CHANNEL_UNSPECIFIED) deed.channel = request.channel();
  return MakeDeed(tx, std::move(deed), request.effective_date());
}

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_OPERATION_H_
