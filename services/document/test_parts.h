#ifndef STARACTION_SERVICES_DOCUMENT_TEST_PARTS_H_
#define STARACTION_SERVICES_DOCUMENT_TEST_PARTS_H_

#include <string>

#include "absl/time/civil_time.h"
#include "common/content/library.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "services/document/fixed_sources.h"

// What PutCompany (test_company.h) is made of.
namespace staraction::document {

google::type::Date Day(int year, int month, int day);
google::protobuf::Timestamp At(absl::CivilMinute minute);  // in Japan

// Of the person with this number, from 1; 1 is the president.
std::string PersonName(int number);
std::string Department(int number);

void PutQuote(FixedSources& sources);
void PutVisit(FixedSources& sources);
void PutOutstanding(int people, FixedSources& sources);
void PutRulebook(const content::Library& library, FixedSources& sources);
void PutYear(FixedSources& sources);
void PutChecks(const content::Library& library, FixedSources& sources);
void PutSession(FixedSources& sources);
void PutSelfDiagnosis(FixedSources& sources);
void PutLedger(int entries, FixedSources& sources);
void PutAnalysis(FixedSources& sources);
void PutPaperTest(FixedSources& sources);
void PutCertificates(int people, FixedSources& sources);
void PutTrainingReport(const content::Library& library, int people, FixedSources& sources);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_TEST_PARTS_H_
