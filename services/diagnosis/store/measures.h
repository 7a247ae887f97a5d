#ifndef STARACTION_SERVICES_DIAGNOSIS_STORE_MEASURES_H_
#define STARACTION_SERVICES_DIAGNOSIS_STORE_MEASURES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "staraction/diagnosis/v1/measure.pb.h"

// Statements on measures and rules beyond the standard ones.
namespace staraction::diagnosis {

// Stores state, found_answer, latest_diagnosis and sites of measures that this transaction holds
// locked, in one statement; sets their etags.
absl::Status UpdateAll(pg::Transaction& tx, std::vector<v1::Measure>& measures);

// What the call's client decided last about the variables of rules, by code.
absl::StatusOr<std::map<std::string, std::string>> DecidedValues(pg::Transaction& tx);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_STORE_MEASURES_H_
