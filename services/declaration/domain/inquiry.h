#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_INQUIRY_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_INQUIRY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/calendar/business_calendar.h"
#include "common/content/library.h"
#include "services/declaration/domain/act.h"
#include "staraction/declaration/v1/inquiry.pb.h"
#include "staraction/declaration/v1/inquiry_service.pb.h"

// Rules of inquiries. Pure: no I/O, no clock; safe for any number of threads. Functions that change
// an inquiry return the entry to be kept; violations are INVALID_FIELDS.
namespace staraction::declaration::domain {

// STATE_CONFLICT unless the state allows the verb.
absl::Status CheckAction(const v1::Inquiry& inquiry, const std::string& verb);

// The inquiry as it is stored (without name), with a due day if none was given.
absl::StatusOr<v1::Inquiry> NewInquiry(const v1::Inquiry& wanted, const content::Library& library,
                                       const BusinessCalendar& calendar, const Act& act);
// Its first entry.
v1::InquiryEntry FirstEntry(const v1::CreateInquiryRequest& request, const Act& act);
// What an update may not bring about.
absl::Status CheckUpdated(const v1::Inquiry& inquiry);

absl::StatusOr<v1::InquiryEntry> AddEntry(const v1::AddInquiryEntryRequest& request,
                                          const content::Library& library,
                                          const BusinessCalendar& calendar, const Act& act,
                                          v1::Inquiry& inquiry);
absl::StatusOr<v1::InquiryEntry> Answer(const v1::AnswerInquiryRequest& request, const Act& act,
                                        v1::Inquiry& inquiry);
absl::StatusOr<v1::InquiryEntry> Close(const v1::CloseInquiryRequest& request, const Act& act,
                                       v1::Inquiry& inquiry);

// Sets what is computed for replies.
void Complete(const content::Library& library, absl::CivilDay today, v1::Inquiry& inquiry);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_INQUIRY_H_
