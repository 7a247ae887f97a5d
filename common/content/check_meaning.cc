#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/content/check_kinds.h"
#include "google/type/date.pb.h"

namespace staraction::content {

void CheckRange(const CheckContext& context, int64_t value, int64_t low, int64_t high,
                const Where& where) {
  if (value < low || value > high) {
    context.Report(where, absl::StrCat(value, " isn't from ", low, " to ", high));
  }
}

namespace {

void CheckOrder(const CheckContext& context, const google::type::Date& from,
                const google::type::Date& to, const Where& where) {
  if (absl::CivilDay(to.year(), to.month(), to.day()) <
      absl::CivilDay(from.year(), from.month(), from.day())) {
    context.Report(where, "valid_to is before valid_from");
  }
}

void Check(const CheckContext& context, const v1::DeclarationProcedure& procedure,
           const Where& where) {
  if (procedure.has_valid_to()) {
    CheckOrder(context, procedure.valid_from(), procedure.valid_to(), where);
  }
  const std::string& first = procedure.declaration_id().first_digits();
  if (first.find_first_not_of("0123456789") != std::string::npos) {
    context.Report(where.At(procedure, "declaration_id"), "first_digits are not digits");
  }
  CheckRange(context, procedure.declaration_id().length(), 1, 30,
             where.At(procedure, "declaration_id"));
  const auto* sources = context.Resolve<v1::CodeList>("field-sources");
  for (int i = 0; i < procedure.fields_size(); ++i) {
    const auto& field = procedure.fields(i);
    const Where place = where.At(procedure, "fields", i);
    if ((field.kind() == v1::FIELD_KIND_CHOICE) == field.code_list().empty()) {
      context.Report(place, "choices, and only they, have a code_list");
    }
    if (!field.source().empty() &&
        (sources == nullptr || !Has(sources->entries(), field.source()))) {
      context.Report(place, absl::StrCat("there is no source \"", field.source(),
                                         "\" in the list field-sources"));
    }
  }
}

void Check(const CheckContext& context, const v1::CodeList& list, const Where& where) {
  for (int i = 0; i < list.entries_size(); ++i) {
    const auto& entry = list.entries(i);
    if (entry.has_minimum() && entry.has_maximum() && entry.maximum() < entry.minimum()) {
      context.Report(where.At(list, "entries", i), "maximum is less than minimum");
    }
  }
}

template <typename List>
void CheckAll(const CheckContext& context, const v1::Pack& fragment, const List& list,
              const char* field, const Where& where) {
  for (int i = 0; i < list.size(); ++i) {
    Check(context, list.Get(i), where.At(fragment, field, i));
  }
}

}  // namespace

void CheckMeaning(const CheckContext& context, const v1::Pack& fragment, const Where& where) {
  if (fragment.has_valid_from() && fragment.has_valid_to()) {
    CheckOrder(context, fragment.valid_from(), fragment.valid_to(), where);
  }
  CheckAll(context, fragment, fragment.offerings(), "offerings", where);
  CheckAll(context, fragment, fragment.plans(), "plans", where);
  CheckAll(context, fragment, fragment.rule_lists(), "rule_lists", where);
  CheckAll(context, fragment, fragment.questionnaires(), "questionnaires", where);
  CheckAll(context, fragment, fragment.courses(), "courses", where);
  CheckAll(context, fragment, fragment.activity_calendars(), "activity_calendars", where);
  CheckAll(context, fragment, fragment.criteria_sets(), "criteria_sets", where);
  CheckAll(context, fragment, fragment.declaration_procedures(), "declaration_procedures", where);
  CheckAll(context, fragment, fragment.code_lists(), "code_lists", where);
  CheckAll(context, fragment, fragment.contact_rules(), "contact_rules", where);
  CheckAll(context, fragment, fragment.life_events(), "life_events", where);
  CheckAll(context, fragment, fragment.document_templates(), "document_templates", where);
  CheckAll(context, fragment, fragment.deduction_schedules(), "deduction_schedules", where);
  CheckAll(context, fragment, fragment.announcement_templates(), "announcement_templates", where);
  CheckAll(context, fragment, fragment.inquiry_sources(), "inquiry_sources", where);
  CheckAll(context, fragment, fragment.subsidy_programmes(), "subsidy_programmes", where);
  CheckAll(context, fragment, fragment.holiday_calendars(), "holiday_calendars", where);
  CheckAll(context, fragment, fragment.message_templates(), "message_templates", where);
  CheckAll(context, fragment, fragment.asset_schemes(), "asset_schemes", where);
  CheckAll(context, fragment, fragment.value_scales(), "value_scales", where);
  CheckAll(context, fragment, fragment.asset_templates(), "asset_templates", where);
  CheckAll(context, fragment, fragment.threat_catalogues(), "threat_catalogues", where);
  CheckAll(context, fragment, fragment.risk_models(), "risk_models", where);
}

}  // namespace staraction::content
