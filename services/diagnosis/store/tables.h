#ifndef STARACTION_SERVICES_DIAGNOSIS_STORE_TABLES_H_
#define STARACTION_SERVICES_DIAGNOSIS_STORE_TABLES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/table.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/measure.pb.h"
#include "staraction/diagnosis/v1/rule.pb.h"
#include "staraction/diagnosis/v1/rulebook_service.pb.h"
#include "staraction/diagnosis/v1/rulebook_version.pb.h"

// The service's resources as rows, and the statements beyond the standard ones.
namespace staraction::diagnosis {

extern const pg::Table<v1::Diagnosis> kDiagnoses;
extern const pg::Table<v1::ItemAnswer> kItemAnswers;
extern const pg::Table<v1::EvidenceFile> kEvidenceFiles;
extern const pg::Table<v1::Measure> kMeasures;
extern const pg::Table<v1::MeasureAct> kMeasureActs;
extern const pg::Table<v1::Rule> kRules;
extern const pg::Table<v1::RuleVersion> kRuleVersions;
extern const pg::Table<v1::RulebookVersion> kRulebookVersions;

// Ids for rows that are made together, ascending, so that lists keep the order of their making.
std::vector<std::string> OrderedIds(absl::Time now, int count);

// The present answer to every answered item, one for each site and one for the whole company, in no
// order. The diagnosis exists.
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::ItemAnswer>> PresentAnswers(
    pg::Transaction& tx, const std::string& diagnosis);

// Name of the engagement's open diagnosis of a questionnaire ("questionnaires/…"), or "".
absl::StatusOr<std::string> OpenDiagnosis(pg::Transaction& tx, const std::string& engagement,
                                          const std::string& questionnaire);

// The engagement's open diagnoses, oldest first, without their answers.
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::Diagnosis>> OpenDiagnoses(
    pg::Transaction& tx, const std::string& engagement);

// The last concluded diagnosis of the call's client, of the same kind, begun before this one.
absl::StatusOr<std::optional<v1::Diagnosis>> ConcludedBefore(pg::Transaction& tx,
                                                             const v1::Diagnosis& diagnosis);

// The call's client's measures that are proposed or decided, oldest first, locked.
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::Measure>> OpenMeasures(pg::Transaction& tx);

// The measures for gaps that the diagnosis found, first or again, oldest first.
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::Measure>> MeasuresOf(
    pg::Transaction& tx, const std::string& diagnosis);

// The call's client's rules in force, oldest first; and the latest version of its rulebook, without
// a name if there is none.
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::Rule>> RulesInForce(pg::Transaction& tx);
absl::StatusOr<v1::RulebookVersion> LatestRulebookVersion(pg::Transaction& tx);

// Moves the bytes of a file that has its name into the database; sets size and digest.
absl::Status StoreContent(pg::Transaction& tx, v1::EvidenceFile& file);
absl::StatusOr<std::string> ReadContent(pg::Transaction& tx, const v1::EvidenceFile& file);

// What was done with a measure that exists, oldest first.
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::MeasureAct>> MeasureActs(
    pg::Transaction& tx, const std::string& measure);

// Pages of the call's client, filtered as the request says.
absl::StatusOr<pg::ListPage<v1::Measure>> ListMeasures(pg::Transaction& tx,
                                                       const v1::ListMeasuresRequest& request);
absl::StatusOr<pg::ListPage<v1::Rule>> ListRules(pg::Transaction& tx,
                                                 const v1::ListRulesRequest& request);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_STORE_TABLES_H_
