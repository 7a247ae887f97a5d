#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_QUOTES_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_QUOTES_H_

#include <string>

#include "absl/time/civil_time.h"
#include "common/pg/transaction.h"
#include "staraction/engagement/v1/quote_service.pb.h"

namespace staraction::engagement {

// The next number of a fiscal year. Others wait for this transaction, so no number is left out.
absl::StatusOr<int64_t> NextQuoteNumber(pg::Transaction& tx, int fiscal_year);

// One page of issued quotes of all clients that the caller may see, newest first, as of `today`.
absl::StatusOr<v1::SearchQuotesResponse> FindQuotes(pg::Transaction& tx,
                                                    const v1::SearchQuotesRequest& request,
                                                    absl::CivilDay today);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_QUOTES_H_
