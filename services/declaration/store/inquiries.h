#ifndef STARACTION_SERVICES_DECLARATION_STORE_INQUIRIES_H_
#define STARACTION_SERVICES_DECLARATION_STORE_INQUIRIES_H_

#include <set>
#include <string>

#include "common/pg/table.h"
#include "services/declaration/store/event_log.h"
#include "staraction/declaration/v1/inquiry.pb.h"
#include "staraction/declaration/v1/inquiry_service.pb.h"
#include "staraction/declaration/v1/publication.pb.h"

namespace staraction::declaration {

extern const pg::Table<v1::Inquiry> kInquiries;
extern const EventLog<v1::InquiryEntry> kInquiryEntries;
extern const pg::Table<v1::Publication> kPublications;

// A page of the inquiries of the call's client, only open ones if the request says so.
absl::StatusOr<pg::ListPage<v1::Inquiry>> ListInquiries(pg::Transaction& tx,
                                                        const v1::ListInquiriesRequest& request);

// Inquiries of the call's client to which an answer is owed.
struct OpenInquiries {
  int64_t open = 0;
  int64_t overdue = 0;  // of them, those whose day is before `today`
};
absl::StatusOr<OpenInquiries> CountOpenInquiries(pg::Transaction& tx, absl::CivilDay today);

// Ids of the engagements of the call's client with an announcement that is to be seen.
absl::StatusOr<std::set<std::string>> ReadAnnounced(pg::Transaction& tx);

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_STORE_INQUIRIES_H_
