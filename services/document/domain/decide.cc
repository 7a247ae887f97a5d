#include "services/document/domain/decide.h"

#include <algorithm>
#include <map>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/text.h"
#include "common/base/utf8.h"

namespace staraction::document::domain {
namespace {

using v1::Variable;
using v1::VariableValue;

constexpr int64_t kDefaultLength = 200;

bool IsTruth(const Variable& variable) {
  return variable.kind() == v1::VARIABLE_KIND_TRUTH || variable.kind() == v1::VARIABLE_KIND_CHAPTER;
}

const v1::VariableOption* OptionOf(const Variable& variable, const std::string& code) {
  const auto found =
      std::find_if(variable.options().begin(), variable.options().end(),
                   [&](const v1::VariableOption& option) { return option.code() == code; });
  return found == variable.options().end() ? nullptr : &*found;
}

Violation Misfit(const std::string& value, const std::string& en, const std::string& ja) {
  return {"", absl::StrCat("'", value, "' came; wanted ", en),
          absl::StrCat("「", value, "」は使えません。", ja, "にしてください")};
}

std::optional<Violation> CheckNumber(const Variable& variable, const std::string& value) {
  int64_t number = 0;
  if (absl::SimpleAtoi(NormalizeCode(value), &number) && number >= variable.minimum() &&
      number <= variable.maximum()) {
    return std::nullopt;
  }
  return Misfit(value,
                absl::StrCat("a number from ", variable.minimum(), " to ", variable.maximum()),
                absl::StrCat(variable.minimum(), "〜", variable.maximum(), "の数"));
}

std::optional<Violation> CheckText(const Variable& variable, const std::string& value) {
  const int64_t longest = variable.maximum() > 0 ? variable.maximum() : kDefaultLength;
  const auto length = static_cast<int64_t>(Utf8Length(value));
  if (length <= longest && IsPlainText(value, true)) return std::nullopt;
  return Misfit(value.substr(0, 30), absl::StrCat("plain text of at most ", longest, " characters"),
                absl::StrCat(longest, "文字までの文章"));
}

// What is wrong with a value that is not empty.
std::optional<Violation> Check(const Variable& variable, const std::string& value) {
  switch (variable.kind()) {
    case v1::VARIABLE_KIND_NUMBER:
      return CheckNumber(variable, value);
    case v1::VARIABLE_KIND_TRUTH:
    case v1::VARIABLE_KIND_CHAPTER:
      if (value == "true" || value == "false") return std::nullopt;
      return Misfit(value, "true or false", "true か false");
    case v1::VARIABLE_KIND_CHOICE:
      if (OptionOf(variable, value) != nullptr) return std::nullopt;
      return Misfit(value, "the code of one of the options", "選択肢のコード");
    default:
      return CheckText(variable, value);
  }
}

// What is known of the company; empty: nothing.
std::string Known(const Variable& variable, const TemplateData& data) {
  const std::string& name = variable.default_from();
  if (name.empty()) return "";
  const auto list = data.lists.find(name);
  const auto field = data.fields.find(name);
  if (IsTruth(variable)) {
    if (list == data.lists.end() && field == data.fields.end()) return "";
    const bool some = (list != data.lists.end() && !list->second.empty()) ||
                      (field != data.fields.end() && !field->second.empty());
    return some ? "true" : "false";
  }
  return field == data.fields.end() ? "" : field->second;
}

VariableValue ValueOf(const Variable& variable, const v1::Edits& edits, const TemplateData& data) {
  VariableValue out;
  out.set_code(variable.code());
  out.set_title(variable.title());
  const auto given = edits.variables().find(variable.code());
  if (given != edits.variables().end() && !given->second.empty() &&
      !Check(variable, given->second)) {
    const bool number = variable.kind() == v1::VARIABLE_KIND_NUMBER;
    out.set_value(number ? NormalizeCode(given->second) : given->second);
    out.set_origin(VariableValue::ORIGIN_EDIT);
    return out;
  }
  const std::string known = Known(variable, data);
  if (!known.empty() && !Check(variable, known)) {
    out.set_value(known);
    out.set_origin(VariableValue::ORIGIN_FACT);
    return out;
  }
  out.set_value(variable.default_value());
  out.set_origin(VariableValue::ORIGIN_DEFAULT);
  return out;
}

void AddFields(const Variable& variable, const std::string& value, FieldValues& fields) {
  const std::string code = absl::StrCat("set.", variable.code());
  if (IsTruth(variable)) {
    fields[code] = value == "true" ? "1" : "";
    return;
  }
  if (variable.kind() != v1::VARIABLE_KIND_CHOICE) {
    fields[code] = value;
    return;
  }
  const auto* chosen = OptionOf(variable, value);
  fields[code] = chosen == nullptr ? "" : chosen->title();
  for (const auto& option : variable.options()) {
    fields[absl::StrCat(code, ".", option.code())] = option.code() == value ? "1" : "";
  }
}

}  // namespace

std::vector<VariableValue> Decide(const Variables& variables, const v1::Edits& edits,
                                  TemplateData& data) {
  std::vector<VariableValue> values;
  for (const Variable& variable : variables) values.push_back(ValueOf(variable, edits, data));
  for (size_t i = 0; i < values.size(); ++i) {
    AddFields(variables[static_cast<int>(i)], values[i].value(), data.fields);
  }
  return values;
}

std::vector<std::string> Undecided(const Variables& variables,
                                   const std::vector<VariableValue>& values) {
  std::vector<std::string> codes;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i].value().empty() || variables[static_cast<int>(i)].optional()) continue;
    codes.push_back(absl::StrCat("set.", values[i].code()));
  }
  return codes;
}

void CheckGiven(const Variables& variables, const v1::Edits& edits,
                std::vector<Violation>& violations) {
  const std::map<std::string, std::string> given(edits.variables().begin(),
                                                 edits.variables().end());
  for (const auto& [code, value] : given) {
    const std::string& wanted = code;
    const auto variable = std::find_if(variables.begin(), variables.end(),
                                       [&](const Variable& each) { return each.code() == wanted; });
    std::optional<Violation> wrong;
    if (variable == variables.end()) {
      wrong = Violation{"", absl::StrCat("the template has no variable '", code, "'"),
                        absl::StrCat("ひな形に「", code, "」という項目はありません")};
    } else if (!value.empty()) {
      wrong = Check(*variable, value);
    }
    if (!wrong) continue;
    wrong->field = absl::StrCat("edits.variables[", code, "]");
    violations.push_back(std::move(*wrong));
  }
}

}  // namespace staraction::document::domain
