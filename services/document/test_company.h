#ifndef STARACTION_SERVICES_DOCUMENT_TEST_COMPANY_H_
#define STARACTION_SERVICES_DOCUMENT_TEST_COMPANY_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "services/document/fixed_sources.h"
#include "staraction/declaration/v1/campaign_service.pb.h"
#include "staraction/declaration/v1/declaration_service.pb.h"
#include "staraction/engagement/v1/client_service.pb.h"

// A company as the peers would tell of it.
namespace staraction::document {

inline constexpr char kClient[] = "0190a000-0000-7000-8000-0000000000c1";
inline constexpr char kOtherClient[] = "0190a000-0000-7000-8000-0000000000c2";
inline constexpr char kEngagement[] = "0190a000-0000-7000-8000-0000000000e1";
inline const std::string kClientName = absl::StrCat("clients/", kClient);
inline const std::string kEngagementName = absl::StrCat("engagements/", kEngagement);
inline const std::string kCampaignName =
    kEngagementName + "/campaigns/0190a000-0000-7000-8000-0000000000a1";
inline const std::string kDeclarationName =
    kClientName + "/declarations/0190a000-0000-7000-8000-0000000000d1";
inline const std::string kRulebookName = kClientName + "/rulebook";
inline const std::string kVersionName =
    kClientName + "/rulebookVersions/0190a000-0000-7000-8000-0000000000b1";
inline const std::string kSessionName = "sessions/0190a000-0000-7000-8000-0000000000f1";
inline const std::string kPaperTestName =
    kEngagementName + "/paperTests/0190a000-0000-7000-8000-0000000000f2";
inline const std::string kQuoteName = kClientName + "/quotes/0190a000-0000-7000-8000-0000000000f3";
inline const std::string kVisitName =
    kEngagementName + "/visits/0190a000-0000-7000-8000-0000000000f4";

inline const std::string kSelfDiagnosisName =
    kEngagementName + "/diagnoses/0190a000-0000-7000-8000-0000000000f5";
inline const std::string kAnswerSheetName =
    kSelfDiagnosisName + "/answerSheets/0190a000-0000-7000-8000-0000000000f7";
inline const std::string kSnapshotName =
    kClientName + "/assetSnapshots/0190a000-0000-7000-8000-0000000000f8";
inline const std::string kAnalysisName =
    kEngagementName + "/analyses/0190a000-0000-7000-8000-0000000000f9";

// From 1; 1 is the president.
std::string MemberName(int number);
std::string PledgeName(int number);

// Fills all answers for a company of so many people (at least 2). Names hold kanji outside of
// JIS X 0208, and every tenth name is as long as the roster allows in practice (30 characters).
void PutCompany(int people, FixedSources& sources);

// The company's client, campaign and declaration, to be changed by tests.
engagement::v1::Client& TestClient(FixedSources& sources);
declaration::v1::Campaign& TestCampaign(FixedSources& sources);
declaration::v1::Declaration& TestDeclaration(FixedSources& sources);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_TEST_COMPANY_H_
