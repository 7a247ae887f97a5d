#ifndef STARACTION_SERVICES_DOCUMENT_READING_H_
#define STARACTION_SERVICES_DOCUMENT_READING_H_

#include "services/document/readers.h"

// The functions that readers.cc has in its table. Each adds to the facts what its kinds need, or
// reads the sheets of single members.
namespace staraction::document {

absl::Status ReadQuote(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadVisit(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadCampaign(const Reading& reading, domain::SubjectFacts& facts);
absl::StatusOr<std::vector<MemberSheet>> ReadPledgeSheets(const Reading& reading,
                                                          const std::string& member);
absl::StatusOr<std::vector<MemberSheet>> ReadPresidentPledgeSheets(const Reading& reading,
                                                                   const std::string& member);
absl::StatusOr<std::vector<MemberSheet>> ReadPledgeCertificates(const Reading& reading,
                                                                const std::string& member);
absl::Status ReadDeclaration(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadRulebook(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadSession(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadPaperTest(const Reading& reading, domain::SubjectFacts& facts);
absl::StatusOr<std::vector<MemberSheet>> ReadTrainingCertificates(const Reading& reading,
                                                                  const std::string& member);
absl::Status ReadEffect(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadOutstanding(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadCompany(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadYearCalendar(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadDiagnosisReport(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadDiagnosisSheet(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadAssetLedger(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadRiskReport(const Reading& reading, domain::SubjectFacts& facts);
absl::Status ReadAnnouncement(const Reading& reading, domain::SubjectFacts& facts);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_READING_H_
