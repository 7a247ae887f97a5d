#ifndef STARACTION_COMMON_CONTENT_ANNOUNCEMENT_H_
#define STARACTION_COMMON_CONTENT_ANNOUNCEMENT_H_

#include <map>
#include <string>
#include <vector>

namespace staraction::content {

// Whether announcement texts may use {{name}}: company, representative, star, declaration_id,
// declared_on, rule_list, rules, website.
bool IsAnnouncementVariable(const std::string& name);

// Names between {{ and }} in a text, each once, in their order.
std::vector<std::string> VariablesOf(const std::string& text);

// The text with values for its variables. For one without a value, or with an empty one, 〔name〕
// stands there. Values are not looked at for variables again.
std::string FillVariables(const std::string& text,
                          const std::map<std::string, std::string>& values);

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_ANNOUNCEMENT_H_
