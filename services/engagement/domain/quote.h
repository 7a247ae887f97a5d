#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_QUOTE_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_QUOTE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "staraction/content/v1/invoice.pb.h"
#include "staraction/content/v1/offering.pb.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/organization.pb.h"
#include "staraction/engagement/v1/quote.pb.h"

namespace staraction::engagement::domain {

// Fills what follows from the offering, headcount, options and price_override: subject, scope,
// months, computed price, lines, taxes, totals, pack. INVALID_ARGUMENT as PriceOf, or on
// quote.price_override if it equals the computed price.
absl::Status PriceQuote(const content::v1::Offering& offering, v1::Quote& quote);

// INVALID_ARGUMENT on quote.valid_until unless it is `today` or later.
absl::Status CheckValidUntil(const v1::Quote& quote, absl::CivilDay today);

// The client and the consultancy as a quote prints them. `person` is who issues it.
v1::Quote::Party RecipientOf(const v1::Client& client);
v1::Quote::Party IssuerOf(const v1::Organization& organization, const std::string& person);

// What a quote of this issuer says of the deduction of tax on that day; "" for one with a number.
std::string TaxNote(const content::v1::DeductionSchedule& schedule, const v1::Quote::Party& issuer,
                    absl::CivilDay day);

// Fiscal year by the calendar year in which it begins; `first_month` 0: April.
int FiscalYear(absl::CivilDay day, int first_month);

// "2026-0012".
std::string QuoteNumber(int fiscal_year, int64_t count);

// The quote as of a day: an issued one behind its last day is EXPIRED; and its verbs.
v1::Quote Present(v1::Quote quote, absl::CivilDay today);

// Whether a decision of `day` may be recorded `today`: INVALID_ARGUMENT on effective_date unless it
// is from the day of issue to today; FAILED_PRECONDITION if an acceptance came behind the last day.
absl::Status CheckDecisionDay(const v1::Quote& quote, absl::CivilDay day, absl::CivilDay today,
                              bool accepted);

// A registration number for invoices as people write it (full width, hyphens, spaces, small t) to
// "T" and 13 digits; "" stays "". INVALID_ARGUMENT on `field` for other texts, and for a
// corporation whose digits are no corporate number. Digits of sole proprietors have no check.
absl::StatusOr<std::string> ParseRegistrationNumber(const std::string& text,
                                                    v1::Organization::IssuerKind kind,
                                                    const std::string& field);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_QUOTE_H_
