// Reads from the engagement service: quotes and visits.

#include "common/base/macros.h"
#include "services/document/reading.h"
#include "staraction/engagement/v1/quote_service.pb.h"
#include "staraction/engagement/v1/visit_service.pb.h"

namespace staraction::document {

absl::Status ReadQuote(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      facts.quote,
      (reading.Get<engagement::v1::Quote, engagement::v1::GetQuoteRequest>(reading.subject)));
  return absl::OkStatus();
}

absl::Status ReadVisit(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      facts.visit,
      (reading.Get<engagement::v1::Visit, engagement::v1::GetVisitRequest>(reading.subject)));
  return absl::OkStatus();
}

}  // namespace staraction::document
