#ifndef STARACTION_SERVICES_DIAGNOSIS_RULEBOOK_H_
#define STARACTION_SERVICES_DIAGNOSIS_RULEBOOK_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "staraction/diagnosis/v1/rule.pb.h"

// Changes of rules that several methods make, each with its line in the record of versions.
namespace staraction::diagnosis {

// INVALID_ARGUMENT, on fields that begin with `prefix`, if a text holds an open variable.
absl::Status CheckTexts(const v1::Rule& rule, const std::string& prefix);

// Puts a rule of the call's client into force: text, rule_code and perhaps measure and
// effective_date are given, the rest is set here.
absl::StatusOr<v1::Rule> PutIntoForce(pg::Transaction& tx, v1::Rule rule);

// Stores a rule whose text or day has changed as its next revision.
absl::StatusOr<v1::Rule> Revise(pg::Transaction& tx, v1::Rule rule, const std::string& reason);

// As Table's, with allowed_actions.
v1::Rule WithActions(v1::Rule rule);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_RULEBOOK_H_
