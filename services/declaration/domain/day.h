#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_DAY_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_DAY_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/date.h"
#include "common/status/errors.h"
#include "google/type/date.pb.h"

namespace staraction::declaration::domain {

// A day that the server layer has checked, or the far past if it is unset.
inline absl::CivilDay DayOf(const google::type::Date& date) {
  return FromProtoDate(date).value_or(absl::CivilDay(1, 1, 1));
}

// Adds a violation if the day lies behind today in Japan.
inline void RefuseFuture(const google::type::Date& date, const std::string& field, absl::Time now,
                         std::vector<Violation>& violations) {
  if (DayOf(date) <= TokyoDay(now)) return;
  violations.push_back(
      {field, FormatIsoDate(DayOf(date)) + " is in the future; wanted today at the latest",
       FormatIsoDate(DayOf(date)) + "は未来の日付です。今日までの日付を指定してください"});
}

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_DAY_H_
