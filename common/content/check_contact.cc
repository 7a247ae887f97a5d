#include <algorithm>
#include <cstdint>
#include <regex>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

const std::set<std::string>& Variables() {
  static const auto& names =
      *new std::set<std::string>{"name", "client", "organization", "items", "url", "note"};
  return names;
}

// The variables of the text; one that nobody fills is reported.
std::set<std::string> CheckVariables(const CheckContext& context, const std::string& text,
                                     const Where& where) {
  static const auto& pattern = *new std::regex("\\{\\{([^}]*)\\}\\}");
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
    const std::string name = (*at)[1];
    if (Variables().count(name) == 0) {
      context.Report(where, absl::StrCat("there is no variable \"", name, "\""));
    }
    found.insert(name);
  }
  return found;
}

}  // namespace

void Check(const CheckContext& context, const v1::ContactRule& rule, const Where& where) {
  CheckRange(context, rule.max_messages(), 1, 20, where.At(rule, "max_messages"));
  CheckRange(context, rule.mail_attempts(), 1, 20, where.At(rule, "mail_attempts"));
  CheckRange(context, rule.mail_retry_minutes(), 1, 1440, where.At(rule, "mail_retry_minutes"));
  CheckRange(context, rule.second_factor_tries(), 1, 10, where.At(rule, "second_factor_tries"));
  CheckRange(context, rule.second_factor_pause_minutes(), 1, 1440,
             where.At(rule, "second_factor_pause_minutes"));
  CheckRange(context, rule.kiosk_hours(), 1, 24, where.At(rule, "kiosk_hours"));
  int64_t last = 1;
  for (int i = 0; i < rule.gap_business_days_size(); ++i) {
    CheckRange(context, rule.gap_business_days(i), last, 60,
               where.At(rule, "gap_business_days", i));
    last = std::max<int64_t>(last, rule.gap_business_days(i));
  }
}

void Check(const CheckContext& context, const v1::MessageTemplate& message, const Where& where) {
  CheckVariables(context, message.subject().ja(), where.At(message, "subject"));
  CheckVariables(context, message.subject().en(), where.At(message, "subject"));
  const Where body = where.At(message, "body");
  const auto file = context.pack.markdown.find(message.body().file());
  if (file == context.pack.markdown.end()) return;  // Reported by the shape.
  const auto found = CheckVariables(context, file->second, body);
  for (const char* wanted : {"name", "items", "url"}) {
    if (found.count(wanted) == 0) context.Report(body, absl::StrCat("{{", wanted, "}} is missing"));
  }
}

}  // namespace staraction::content
