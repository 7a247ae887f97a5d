#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_PLEDGE_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_PLEDGE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/type/date.pb.h"
#include "services/declaration/domain/act.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/campaign_service.pb.h"

// What people do with a pledge. Pure: no I/O, no clock; safe for any number of threads. Functions
// that change a pledge return the event to be kept; violations are INVALID_FIELDS.
namespace staraction::declaration::domain {

v1::PledgeEvent NewEvent(v1::PledgeEvent::Kind kind, const Act& act);

// CRITERIA_UNMET: the president has not pledged, and is the first in this campaign.
absl::Status MustWait(const v1::Campaign& campaign);

// How somebody came to sign: what their token says.
struct Presence {
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  bool second_factor = false;
};
absl::StatusOr<v1::PledgeEvent> Sign(const v1::SignPledgeRequest& request,
                                     const v1::Campaign& campaign, const Presence& presence,
                                     const Act& act, v1::Pledge& pledge);

// A pledge on paper.
struct Paper {
  google::type::Date date{};      // that is written on it
  v1::Scan scan{};                // of the stored bytes; without an id if there are none
  bool awaits_president = false;  // whether the others wait for the president
};
// Not in the future.
absl::Status CheckPaperDate(const google::type::Date& date, const Act& act);
v1::PledgeEvent Record(const Paper& paper, const v1::Campaign& campaign, const Act& act,
                       v1::Pledge& pledge);

// `own`: by the person; others record what the person told them.
absl::StatusOr<v1::PledgeEvent> Withdraw(const v1::WithdrawPledgeRequest& request, bool own,
                                         const Act& act, v1::Pledge& pledge);
v1::PledgeEvent Exempt(const v1::ExemptPledgeRequest& request, const Act& act, v1::Pledge& pledge);
v1::PledgeEvent Include(const v1::IncludePledgeRequest& request, const Act& act,
                        v1::Pledge& pledge);

// Paths of the fields that a scan came in.
struct ScanFields {
  std::string bytes = "scan";
  std::string media_type = "scan_media_type";
};
// Whether the media type is one of ours, and the bytes are of it.
absl::Status CheckScan(const std::string& bytes, const std::string& media_type,
                       const ScanFields& fields = {});

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_PLEDGE_H_
