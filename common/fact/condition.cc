#include "common/fact/condition.h"

#include <optional>

#include "absl/strings/str_cat.h"

namespace staraction {
namespace {

using content::v1::Condition;
using fact::v1::Fact;

// Counts and ratios compare as numbers; a ratio of 1 computed by division is 1 exactly.
std::optional<double> Number(const Fact& fact) {
  if (fact.value_case() == Fact::kCount) return static_cast<double>(fact.count());
  if (fact.value_case() == Fact::kRatio) return fact.ratio();
  return std::nullopt;
}

std::optional<double> Number(const Condition& condition) {
  if (condition.value_case() == Condition::kCount) return static_cast<double>(condition.count());
  if (condition.value_case() == Condition::kRatio) return condition.ratio();
  return std::nullopt;
}

bool Equal(const Fact& fact, const Condition& condition) {
  if (condition.value_case() == Condition::kTruth) {
    return fact.value_case() == Fact::kTruth && fact.truth() == condition.truth();
  }
  if (condition.value_case() == Condition::kText) {
    return fact.value_case() == Fact::kText && fact.text() == condition.text();
  }
  return Number(fact) && Number(fact) == Number(condition);
}

template <typename Value>
std::string TextOf(const Value& value) {
  switch (value.value_case()) {
    case Value::kTruth:
      return value.truth() ? "true" : "false";
    case Value::kCount:
      return absl::StrCat(value.count());
    case Value::kRatio:
      return absl::StrCat(value.ratio());
    case Value::kText:
      return value.text();
    default:
      return "";
  }
}

}  // namespace

bool Holds(const Fact& fact, const Condition& condition) {
  switch (condition.comparator()) {
    case content::v1::COMPARATOR_EXISTS:
      return true;
    case content::v1::COMPARATOR_EQUALS:
      return Equal(fact, condition);
    case content::v1::COMPARATOR_AT_LEAST:
      return Number(fact) && Number(condition) && *Number(fact) >= *Number(condition);
    case content::v1::COMPARATOR_AT_MOST:
      return Number(fact) && Number(condition) && *Number(fact) <= *Number(condition);
    default:
      return false;
  }
}

std::string ValueText(const Fact& fact) {
  return TextOf(fact);
}
std::string ValueText(const Condition& condition) {
  return TextOf(condition);
}

}  // namespace staraction
