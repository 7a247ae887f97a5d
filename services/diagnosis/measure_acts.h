#ifndef STARACTION_SERVICES_DIAGNOSIS_MEASURE_ACTS_H_
#define STARACTION_SERVICES_DIAGNOSIS_MEASURE_ACTS_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/measure.pb.h"

// Changes of measures that several methods make, each with its act; many of them in as many
// statements as one.
namespace staraction::diagnosis {

// Stores a changed measure together with the act that changed it: action, and perhaps note,
// channel, effective_time (else now) and method are given, the rest is set here.
absl::StatusOr<v1::Measure> UpdateWithAct(pg::Transaction& tx, v1::Measure measure,
                                          v1::MeasureAct act);

// Stores a proposed measure under a name of its own, and answers with it.
absl::StatusOr<v1::Measure> Propose(pg::Transaction& tx, v1::Measure measure);

// Stores these proposed measures, except where one from before is still open: that one is found
// again.
absl::Status ProposeAll(pg::Transaction& tx, std::vector<v1::Measure> proposed);

// What concluding a diagnosis, with its answers set, does: measures for its gaps; and those that
// were to find out what is known now are done.
absl::Status MakeMeasures(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                          const v1::Diagnosis& diagnosis);

// What an answer does at once where nobody should wait for the conclusion: measures to find out
// what nobody knows, one for each such item; and those for what is known now are done.
absl::Status ChaseUnknowns(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                           const v1::Diagnosis& diagnosis);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_MEASURE_ACTS_H_
