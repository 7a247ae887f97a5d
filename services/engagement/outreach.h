#ifndef STARACTION_SERVICES_ENGAGEMENT_OUTREACH_H_
#define STARACTION_SERVICES_ENGAGEMENT_OUTREACH_H_

#include <algorithm>
#include <string>
#include <vector>

#include "common/base/macros.h"
#include "common/calendar/business_calendar.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/resource/page.h"
#include "services/engagement/domain/contact_plan.h"
#include "services/engagement/fact_collection.h"
#include "services/engagement/mailer.h"
#include "services/engagement/participant_entry.h"

namespace staraction::engagement {

// Brings together what the services know of open things, the roster and what people have had
// already: the ground of messages and of lists. Thread safe.
class Outreach {
 public:
  Outreach(const content::Library& library, FactCollection& facts, const ParticipantEntry& entry,
           const Mailer& mailer);

  // Asks all services now; those that don't answer are named in `silent`. Before a transaction.
  absl::Status Collect(const Call& call, std::vector<std::string>* silent);

  // Everything of an engagement, by the facts that are stored; services in `silent` say nothing.
  struct Ground {
    domain::ContactFacts facts;
    const content::v1::ContactRule* rule = nullptr;
    std::string mail_obstacle;  // in Japanese; "" if mails can be sent
  };
  absl::StatusOr<Ground> Load(pg::Transaction& tx, const std::string& engagement,
                              const std::vector<std::string>& silent) const;
  std::vector<v1::PlannedContact> Plan(const Ground& ground, absl::Time now) const;

 private:
  const content::Library& library_;
  FactCollection& facts_;
  const ParticipantEntry& entry_;
  const Mailer& mailer_;
  const BusinessCalendar calendar_;
};

// One page of a list that was made in memory: where it begins and ends, and the next page's token,
// which holds the last member's name.
struct Slice {
  size_t begin = 0;
  size_t end = 0;
  std::string next_page_token;
};
template <typename Request, typename Item>
absl::StatusOr<Slice> SliceOf(const std::vector<Item>& items, const Request& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  Slice slice;
  while (!page.after_key.empty() && slice.begin < items.size()) {
    if (items[slice.begin++].member() == page.after_key.front()) break;
  }
  slice.end = std::min(items.size(), slice.begin + static_cast<size_t>(page.size));
  if (slice.end < items.size()) {
    slice.next_page_token = NextToken(request, {items[slice.end - 1].member()});
  }
  return slice;
}

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_OUTREACH_H_
