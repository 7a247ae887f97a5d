#ifndef STARACTION_SERVICES_DOCUMENT_DOMAIN_DECIDE_H_
#define STARACTION_SERVICES_DOCUMENT_DOMAIN_DECIDE_H_

#include <string>
#include <vector>

#include "common/status/errors.h"
#include "services/document/model/expand.h"
#include "staraction/document/v1/edit.pb.h"
#include "staraction/document/v1/variable.pb.h"

// The variables of a template: what a company decides within a document.
namespace staraction::document::domain {

using Variables = google::protobuf::RepeatedPtrField<v1::Variable>;

// What is decided, in the order of the variables, and fields "set.…" added to the data
// (variable.proto says which). A value that somebody gave goes before what is known of the company,
// and that before the default; given values that do not fit are passed over.
std::vector<v1::VariableValue> Decide(const Variables& variables, const v1::Edits& edits,
                                      TemplateData& data);

// Codes ("set.{code}") of variables that need a value and have none.
std::vector<std::string> Undecided(const Variables& variables,
                                   const std::vector<v1::VariableValue>& values);

// Adds a violation for each given value that no variable takes ("edits.variables[code]").
void CheckGiven(const Variables& variables, const v1::Edits& edits,
                std::vector<Violation>& violations);

}  // namespace staraction::document::domain

#endif  // STARACTION_SERVICES_DOCUMENT_DOMAIN_DECIDE_H_
