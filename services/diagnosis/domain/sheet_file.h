#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SHEET_FILE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SHEET_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/diagnosis/domain/sheets.h"

namespace staraction::diagnosis::domain {

// An answer sheet that came as a file.
struct SheetFile {
  SheetAnswers answers;
  std::string encoding;            // "UTF-8" or "CP932"
  std::vector<std::string> blank;  // numbers (else codes) of items without an answer, in order
};

// Reads a CSV file with the columns 番号 or 項目, 回答 and perhaps 備考: items by number or code,
// answers by their label in either language or another spelling that the content knows; width, case
// and spaces don't matter. An empty answer leaves the item blank. INVALID_ARGUMENT with every
// faulty row and column, on "content[LINE].COLUMN".
absl::StatusOr<SheetFile> ReadSheetFile(const content::v1::Questionnaire& questionnaire,
                                        std::string_view bytes);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SHEET_FILE_H_
