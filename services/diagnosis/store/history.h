#ifndef STARACTION_SERVICES_DIAGNOSIS_STORE_HISTORY_H_
#define STARACTION_SERVICES_DIAGNOSIS_STORE_HISTORY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "services/diagnosis/roster.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/review.pb.h"

// Results over time and over companies.
namespace staraction::diagnosis {

// The call's client's latest concluded self-diagnoses, at most so many, oldest first, with their
// answers for the company in no order; in two statements however many there are.
absl::StatusOr<std::vector<v1::Diagnosis>> ConcludedSelfDiagnoses(pg::Transaction& tx, int limit);

// What the call's client was when its last self-diagnosis was concluded; nullopt: not known.
absl::StatusOr<std::optional<ClientProfile>> StoredProfile(pg::Transaction& tx);
absl::Status StoreProfile(pg::Transaction& tx, const ClientProfile& profile);

// The smallest group of the questionnaire that a company of this industry and size ("": not known)
// belongs to, without the company's own figures; nullopt: none is large enough.
absl::StatusOr<std::optional<v1::PeerComparison>> SmallestGroup(pg::Transaction& tx,
                                                                const std::string& questionnaire,
                                                                const std::string& industry,
                                                                const std::string& size);

// Counts the groups of an organization's clients anew. For a transaction of the jobs' role, which
// sees all of them.
absl::Status CountGroups(pg::Transaction& tx, const content::v1::Questionnaire& questionnaire);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_STORE_HISTORY_H_
