#ifndef STARACTION_SERVICES_DIAGNOSIS_SHEETS_H_
#define STARACTION_SERVICES_DIAGNOSIS_SHEETS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "services/diagnosis/domain/sheets.h"
#include "services/diagnosis/store/sheets.h"
#include "staraction/diagnosis/v1/answer_sheet.pb.h"

// What several methods do with answer sheets.
namespace staraction::diagnosis {

// "engagements/{engagement}/diagnoses/{diagnosis}" of a sheet's name.
std::string DiagnosisOf(const std::string& sheet);

// FAILED_PRECONDITION unless the diagnosis is open and of a kind that sheets are for.
absl::Status CheckTakesSheets(const v1::Diagnosis& diagnosis);

// How and by whom answers were handed in.
struct Handing {
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  std::string respondent;
  google::protobuf::Timestamp effective_time;
  std::string reason;
};

// Sets the answers of a sheet as its next submission and stores that; the sheet itself is the
// caller's to store. INVALID_ARGUMENT if they don't fit, or if a correction has no reason.
absl::Status HandIn(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                    const domain::SheetAnswers& answers, const Handing& handing,
                    v1::AnswerSheet& sheet);

// The sheet for people: the site, the department, the member or what the perspective is called.
std::string SheetTitle(const v1::AnswerSheet& sheet, const std::string& site_name,
                       const std::string& member_name);

// As Table's, with allowed_actions and the sheet's own score, and without what the caller may not
// see: of STAFF sheets the company gets no answers, and no names while fewer than the questionnaire
// wants have answered.
v1::AnswerSheet Shown(const Call& call, const content::v1::Questionnaire* questions,
                      const SheetCounts& counts, v1::AnswerSheet sheet);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_SHEETS_H_
