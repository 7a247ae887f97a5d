#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_RULE_TEXT_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_RULE_TEXT_H_

#include <map>
#include <string>
#include <vector>

#include "common/status/errors.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/rulebook_service.pb.h"

// Texts of rules with variables, written "{CODE}".
namespace staraction::diagnosis::domain {

using Values = google::protobuf::RepeatedPtrField<v1::VariableValue>;

// What is wrong with the values, on "values[i].…": codes that the questionnaire doesn't have or
// that come twice, numbers out of range, and braces.
std::vector<Violation> ValueProblems(const content::v1::Questionnaire& questionnaire,
                                     const Values& values);

// The values, and for the other variables of the questionnaire what was decided before, as far as
// that is still in range.
Values WithDecided(const content::v1::Questionnaire& questionnaire, const Values& values,
                   const std::map<std::string, std::string>& decided);

// The text with every variable replaced by its value, else by the content's default. What has
// neither stays.
std::string FillIn(const std::string& text, const content::v1::Questionnaire& questionnaire,
                   const Values& values);

// Reports on `field` what still stands in braces in a text that is to hold.
std::vector<Violation> OpenVariables(const std::string& text, const std::string& field);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_RULE_TEXT_H_
