#ifndef STARACTION_SERVICES_ENGAGEMENT_OPENING_H_
#define STARACTION_SERVICES_ENGAGEMENT_OPENING_H_

#include <string>

#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "services/engagement/fact_collection.h"
#include "staraction/engagement/v1/quote_service.pb.h"

namespace staraction::engagement {

// What an accepted quote becomes: an engagement with its plan. Thread safe.
class Opening {
 public:
  Opening(const content::Library& library, const FactCollection& facts)
      : library_(library), facts_(facts) {}

  absl::StatusOr<v1::Engagement> Open(pg::Transaction& tx, const v1::Quote& quote,
                                      const v1::AcceptQuoteRequest& request) const;

  // The offering that a name "offerings/{offering}" means; null if there is none.
  static const content::v1::Offering* FindOffering(const content::Library& library,
                                                   const std::string& name);

 private:
  const content::Library& library_;
  const FactCollection& facts_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_OPENING_H_
