#ifndef STARACTION_COMMON_CONTENT_CHECK_KINDS_H_
#define STARACTION_COMMON_CONTENT_CHECK_KINDS_H_

#include <algorithm>
#include <string>

#include "common/content/check.h"

// What check_meaning.cc puts together: a check for each kind of object.
namespace staraction::content {

// check_service.cc
void Check(const CheckContext& context, const v1::Offering& offering, const Where& where);
void Check(const CheckContext& context, const v1::Plan& plan, const Where& where);
void Check(const CheckContext& context, const v1::CriteriaSet& set, const Where& where);
void Check(const CheckContext& context, const v1::SubsidyProgramme& programme, const Where& where);
// The fact is compared in a way that its type allows.
void CheckCondition(const CheckContext& context, const v1::Condition& condition,
                    const Where& where);

// check_assets.cc
void Check(const CheckContext& context, const v1::AssetScheme& scheme, const Where& where);
void Check(const CheckContext& context, const v1::ValueScale& scale, const Where& where);
void Check(const CheckContext& context, const v1::AssetTemplate& ledger, const Where& where);

// check_calendar.cc
void Check(const CheckContext& context, const v1::HolidayCalendar& calendar, const Where& where);
void Check(const CheckContext& context, const v1::DeductionSchedule& schedule, const Where& where);

// check_course.cc
void Check(const CheckContext& context, const v1::Course& course, const Where& where);

// check_contact.cc
void Check(const CheckContext& context, const v1::ContactRule& rule, const Where& where);
void Check(const CheckContext& context, const v1::MessageTemplate& message, const Where& where);

// check_announcement.cc
void Check(const CheckContext& context, const v1::AnnouncementTemplate& announcement,
           const Where& where);
void Check(const CheckContext& context, const v1::InquirySource& source, const Where& where);

// check_life.cc
void Check(const CheckContext& context, const v1::LifeEvent& event, const Where& where);

// check_diagnosis.cc
// What only a self-diagnosis has, beside its items.
void CheckSelfDiagnosis(const CheckContext& context, const v1::Questionnaire& sheet,
                        const Where& where);

// check_document.cc
void Check(const CheckContext& context, const v1::DocumentTemplate& document, const Where& where);

// check_risk.cc
void Check(const CheckContext& context, const v1::ThreatCatalogue& catalogue, const Where& where);
void Check(const CheckContext& context, const v1::RiskModel& model, const Where& where);

// check_operation.cc
void Check(const CheckContext& context, const v1::ActivityCalendar& calendar, const Where& where);

// check_rules.cc
void Check(const CheckContext& context, const v1::RuleList& list, const Where& where);
void Check(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where);

// Reports a value outside of [low, high].
void CheckRange(const CheckContext& context, int64_t value, int64_t low, int64_t high,
                const Where& where);

// Whether one of the entries has this code.
template <typename Codes>
bool Has(const Codes& list, const std::string& code) {
  return std::any_of(list.begin(), list.end(),
                     [&code](const auto& entry) { return entry.code() == code; });
}

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_CHECK_KINDS_H_
