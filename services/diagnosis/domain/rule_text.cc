#include "services/diagnosis/domain/rule_text.h"

#include <algorithm>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/content/variables.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Questionnaire;
using content::v1::RuleVariable;

const RuleVariable* FindVariable(const Questionnaire& questionnaire, const std::string& code) {
  for (const auto& variable : questionnaire.variables()) {
    if (variable.code() == code) return &variable;
  }
  return nullptr;
}

// The value is a whole number from minimum to maximum, if the variable has such.
bool InRange(const RuleVariable& variable, const std::string& value) {
  if (!variable.has_minimum() && !variable.has_maximum()) return true;
  int number = 0;
  if (!absl::SimpleAtoi(value, &number) || absl::StrCat(number) != value) return false;
  return (!variable.has_minimum() || number >= variable.minimum()) &&
         (!variable.has_maximum() || number <= variable.maximum());
}

std::string Range(const RuleVariable& variable) {
  return absl::StrCat(variable.has_minimum() ? absl::StrCat(variable.minimum()) : "", "–",
                      variable.has_maximum() ? absl::StrCat(variable.maximum()) : "");
}

}  // namespace

std::vector<Violation> ValueProblems(const Questionnaire& questionnaire, const Values& values) {
  std::vector<Violation> problems;
  std::set<std::string> seen;
  for (int i = 0; i < values.size(); ++i) {
    const std::string field = absl::StrCat("values[", i, "]");
    const std::string& code = values[i].code();
    const std::string& value = values[i].value();
    const RuleVariable* variable = FindVariable(questionnaire, code);
    if (variable == nullptr || !seen.insert(code).second) {
      problems.push_back({field + ".code",
                          absl::StrCat("'", code, "' is unknown or named twice; want variables of ",
                                       questionnaire.id()),
                          absl::StrCat("「", code, "」は未定義か、重複しています")});
    } else if (!InRange(*variable, value)) {
      problems.push_back(
          {field + ".value",
           absl::StrCat("'", value, "' for ", code, "; want a whole number, ", Range(*variable)),
           absl::StrCat(variable->label().ja(), "に「", value,
                        "」は使えません。半角の整数で、範囲は ", Range(*variable), " です")});
    } else if (value.find_first_of("{}") != std::string::npos) {
      problems.push_back(
          {field + ".value", "holds a brace; want plain text", "値に波かっこは使えません"});
    }
  }
  return problems;
}

Values WithDecided(const Questionnaire& questionnaire, const Values& values,
                   const std::map<std::string, std::string>& decided) {
  Values all = values;
  for (const auto& variable : questionnaire.variables()) {
    const bool given = std::any_of(values.begin(), values.end(), [&](const auto& value) {
      return value.code() == variable.code();
    });
    const auto before = decided.find(variable.code());
    if (given || before == decided.end() || !InRange(variable, before->second)) continue;
    v1::VariableValue& value = *all.Add();
    value.set_code(variable.code());
    value.set_value(before->second);
  }
  return all;
}

std::string FillIn(const std::string& text, const Questionnaire& questionnaire,
                   const Values& values) {
  std::vector<std::pair<std::string, std::string>> replacements;
  for (const auto& variable : questionnaire.variables()) {
    std::string value = variable.default_value().ja();
    for (const auto& given : values) {
      if (given.code() == variable.code()) value = given.value();
    }
    if (!value.empty()) replacements.emplace_back(absl::StrCat("{", variable.code(), "}"), value);
  }
  return absl::StrReplaceAll(text, replacements);
}

std::vector<Violation> OpenVariables(const std::string& text, const std::string& field) {
  std::vector<Violation> problems;
  for (const std::string& code : content::VariablesIn(text)) {
    problems.push_back(
        {field, absl::StrCat("'{", code, "}' has no value; want a text without open variables"),
         absl::StrCat("「{", code,
                      "}」の値が決まっていません。値を指定するか、文を直してください")});
  }
  return problems;
}

}  // namespace staraction::diagnosis::domain
