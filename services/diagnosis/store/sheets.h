#ifndef STARACTION_SERVICES_DIAGNOSIS_STORE_SHEETS_H_
#define STARACTION_SERVICES_DIAGNOSIS_STORE_SHEETS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/table.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "staraction/diagnosis/v1/answer_sheet.pb.h"
#include "staraction/diagnosis/v1/answer_sheet_service.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"

// Answer sheets as rows.
namespace staraction::diagnosis {

extern const pg::Table<v1::AnswerSheet> kAnswerSheets;
extern const pg::Table<v1::SheetSubmission> kSheetSubmissions;

// All sheets of a diagnosis that exists with their answers, oldest first.
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::AnswerSheet>> SheetsOf(
    pg::Transaction& tx, const std::string& diagnosis);

// What was handed in of a sheet that exists, oldest first.
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::SheetSubmission>> SubmissionsOf(
    pg::Transaction& tx, const std::string& sheet);

// The open sheet of the same part or person, locked, if there is one.
absl::StatusOr<std::optional<v1::AnswerSheet>> OpenSheetLike(pg::Transaction& tx,
                                                             const std::string& diagnosis,
                                                             const v1::AnswerSheet& like);

// How many sheets of a diagnosis are open and handed in; and of the latter, how many are STAFF
// sheets.
struct SheetCounts {
  int open = 0;
  int submitted = 0;
  int staff_submitted = 0;
};
absl::StatusOr<SheetCounts> CountSheets(pg::Transaction& tx, const std::string& diagnosis);

// A page of the sheets of these members (resource names) in open diagnoses of an engagement that
// aren't withdrawn, oldest first.
absl::StatusOr<pg::ListPage<v1::AnswerSheet>> SheetsOfMembers(
    pg::Transaction& tx, const v1::ListAnswerFormsRequest& request,
    const std::vector<std::string>& members);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_STORE_SHEETS_H_
