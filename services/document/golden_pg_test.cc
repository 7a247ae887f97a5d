// Every document of a company, as another program reads it, against golden texts:
//   SA_UPDATE_GOLDEN=1 document_pg_test --gtest_filter='*Golden*'
// writes them anew; look at the PDFs in the temporary folder before you commit that.

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/document/pdf_text.h"
#include "services/document/service_test_fixture.h"

namespace staraction::document {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct GoldenCase {
  std::string from;
  std::string subject;
  int member = 0;  // 0: the blank sheet
  int pages = 1;
  bool kept = true;
};

// Where the text of each page is.
std::string GoldenPath(const GoldenCase& test) {
  return absl::StrCat("services/document/testdata/golden/", test.from, ".txt");
}

class GoldenTest : public DocumentTest, public ::testing::WithParamInterface<GoldenCase> {
 protected:
  absl::StatusOr<google::api::HttpBody> Make(const GoldenCase& test) {
    if (!test.kept) return RenderOnce(test.from, test.subject);
    return Render(Create(test.from, test.subject).latest_revision(),
                  test.member == 0 ? "" : MemberName(test.member));
  }
};

TEST_P(GoldenTest, ReadsAsBefore) {
  const GoldenCase& test = GetParam();
  sources_->Clear();
  PutCompany(28, *sources_);
  const auto pdf = Make(test);
  ASSERT_OK(pdf);
  const std::string text = PdfText(pdf->data(), "golden_" + test.from);
  for (const char* word : {"未入力", "〓", "認定", "合格"}) EXPECT_THAT(text, Not(HasSubstr(word)));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\f'), test.pages);
  if (std::getenv("SA_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(GoldenPath(test), std::ios::binary) << text;
  }
  std::ifstream in(GoldenPath(test), std::ios::binary);
  std::stringstream golden;
  golden << in.rdbuf();
  const std::vector<std::string> got = absl::StrSplit(text, '\n');
  const std::vector<std::string> want = absl::StrSplit(golden.str(), '\n');
  for (size_t i = 0; i < std::max(got.size(), want.size()); ++i) {
    ASSERT_EQ(i < got.size() ? got[i] : "(end)", i < want.size() ? want[i] : "(end)")
        << "line " << i + 1 << " of " << GoldenPath(test);
  }
}

INSTANTIATE_TEST_SUITE_P(All, GoldenTest,
                         ::testing::ValuesIn(std::vector<GoldenCase>{
                             {"announcement", kDeclarationName},
                             {"asset-ledger", kSnapshotName, 0, 2},
                             {"attendance-list", kSessionName, 0, 2},
                             {"basic-policy", kClientName},
                             {"diagnosis-report", kSelfDiagnosisName, 0, 5},
                             {"diagnosis-sheet", kAnswerSheetName, 0, 3},
                             {"effect-report", kEngagementName},
                             {"form-account", kClientName},
                             {"form-carry-out", kClientName},
                             {"form-contractor", kClientName},
                             {"form-disposal", kClientName},
                             {"form-incident-report", kClientName},
                             {"form-private-device", kClientName},
                             {"incident-card", kClientName},
                             {"outstanding-list", kEngagementName, 0, 5, false},
                             {"pledge-certificate", kCampaignName, 5},
                             {"pledge-sheet", kCampaignName, 2},
                             {"president-pledge-sheet", kCampaignName, 1},
                             {"quote", kQuoteName},
                             {"regulations", kClientName, 0, 23},
                             {"regulations-small", kClientName, 0, 3},
                             {"risk-report", kAnalysisName, 0, 3},
                             {"rule-poster", kRulebookName},
                             {"rule-poster-a4", kVersionName},
                             {"rulebook", kRulebookName, 0, 2},
                             {"test-sheet", kPaperTestName, 0, 4},
                             {"training-certificate", kEngagementName, 5},
                             {"visit-report", kVisitName},
                         }),
                         [](const auto& test) {
                           std::string name = test.param.from;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

class SizeTest : public DocumentTest, public ::testing::WithParamInterface<int> {};

TEST_P(SizeTest, EveryListFitsAndTheBatchHasEverybody) {
  const int people = GetParam();
  sources_->Clear();
  PutCompany(people, *sources_);
  const v1::Document list = Create("attendance-list", kSessionName);
  const auto attendance = Render(list.latest_revision());
  ASSERT_OK(attendance);
  const std::string text = PdfText(attendance->data(), absl::StrCat("attendance_", people));
  EXPECT_THAT(
      text, HasSubstr(absl::StrCat("S-", people < 100 ? "0" : "", people < 10 ? "0" : "", people)));
  EXPECT_THAT(text, Not(HasSubstr("対象外の人")));
  const auto effect = Render(Create("effect-report", kEngagementName).latest_revision());
  ASSERT_OK(effect);
  EXPECT_THAT(PdfText(effect->data(), absl::StrCat("effect_", people)),
              HasSubstr(people < 5 ? "個人の点数が分かってしまう" : "研修の後"));
  const auto outstanding = RenderOnce("outstanding-list", kEngagementName);
  ASSERT_OK(outstanding);
  const std::string slips = PdfText(outstanding->data(), absl::StrCat("outstanding_", people));
  EXPECT_THAT(slips, HasSubstr(absl::StrCat("現在", (people + 1) / 2, "人")));
  v1::RenderBatchRequest request;
  request.set_name(Create("pledge-sheet", kCampaignName).latest_revision());
  const auto batch = As("president", &v1::DocumentService::Stub::RenderBatch, request);
  ASSERT_OK(batch);
  const std::string pledges = PdfText(batch->data(), absl::StrCat("pledges_", people));
  EXPECT_EQ(std::count(pledges.begin(), pledges.end(), '\f'), people - 1);
}

INSTANTIATE_TEST_SUITE_P(Companies, SizeTest, ::testing::Values(3, 28, 300));

}  // namespace
}  // namespace staraction::document
