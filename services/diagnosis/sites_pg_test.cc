// Answers by site, how they were seen, and files that show it, through real gRPC and PostgreSQL.

#include "services/diagnosis/testing.h"

namespace staraction::diagnosis {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SitesTest : public DiagnosisTest {
 protected:
  static std::string At(const std::string& site, const std::string& answer,
                        const std::string& more = "") {
    return "answers { item: 'RC_UPDATE_PC' answer: ANSWER_" + answer +
           (site.empty() ? "" : " site: '" + site + "'") + " " + more + " } ";
  }
  absl::StatusOr<v1::EvidenceFile> Upload(const std::string& user, const std::string& diagnosis,
                                          const std::string& file, const std::string& more = "") {
    return As(user, *diagnoses_, &Diagnoses::CreateEvidenceFile,
              "parent: '" + diagnosis + "' evidence_file { " + file + " } " + more);
  }
};

TEST_F(SitesTest, TheWorstSiteSpeaksForTheCompanyUntilSomebodyDecides) {
  const auto created = Create();
  ASSERT_OK(created);
  const auto by_site =
      Answer("manager", created->name(), At(kOffice, "FOLLOWED") + At(kFactory, "NOT_FOLLOWED"));
  ASSERT_OK(by_site);
  ASSERT_EQ(by_site->answers_size(), 1);
  EXPECT_EQ(by_site->answers(0).answer(), content::v1::ANSWER_NOT_FOLLOWED);
  EXPECT_EQ(by_site->answers(0).site_display_name(), "工場");
  EXPECT_EQ(by_site->site_answers_size(), 2);
  EXPECT_EQ(by_site->answered_count(), 1);
  EXPECT_EQ(by_site->gap_count(), 1);

  const auto refused = Answer("president", created->name(), At("", "FOLLOWED"));
  EXPECT_THAT(BadFields(refused.status()), ElementsAre("answers[0].decision_reason"));
  const auto decided = Answer("president", created->name(),
                              At("", "FOLLOWED", "decision_reason: '工場の機器は今月廃止する'"));
  ASSERT_OK(decided);
  EXPECT_EQ(decided->answers(0).answer(), content::v1::ANSWER_FOLLOWED);
  EXPECT_EQ(decided->answers(0).site(), "");
  EXPECT_EQ(decided->gap_count(), 0);
  const auto later = Answer("manager", created->name(), At(kOffice, "PARTLY"));
  ASSERT_OK(later);
  EXPECT_EQ(later->answers(0).site(), kFactory) << "what a site says later counts again";
}

TEST_F(SitesTest, SitesAreThoseOfTheClientAndOnlyWhereTheyMatter) {
  const auto created = Create();
  ASSERT_OK(created);
  for (const std::string& site :
       {kClient + "/sites/0190a000-0000-7000-8000-0000000000af",
        kOtherClient + "/sites/0190a000-0000-7000-8000-0000000000a1", std::string("本社")}) {
    EXPECT_THAT(Answer("manager", created->name(), At(site, "FOLLOWED")),
                StatusIs(StatusCode::kInvalidArgument))
        << site;
  }
  const auto whole =
      Answer("manager", created->name(),
             "answers { item: 'RC_THREATS_INFO' answer: ANSWER_FOLLOWED site: '" + kOffice + "' }");
  EXPECT_THAT(BadFields(whole.status()), ElementsAre("answers[0].site"));
  EXPECT_EQ(service_->database().Query("select count(*) as value from diagnosis.item_answer"), "0");
}

TEST_F(SitesTest, MeasuresSayWhichSitesLackItAndWhichHaveToFindOut) {
  const auto created = Create();
  ASSERT_OK(created);
  AnswerAll(*created, 0);
  ASSERT_OK(Answer("manager", created->name(), At(kOffice, "PARTLY") + At(kFactory, "UNKNOWN")));
  ASSERT_OK(Conclude(created->name()));
  const auto measures = MeasuresOf(created->name());
  ASSERT_EQ(measures.size(), 2u);
  EXPECT_EQ(measures[0].kind(), v1::Measure::KIND_REMEDY);
  ASSERT_EQ(measures[0].sites_size(), 1);
  EXPECT_EQ(measures[0].sites(0).display_name(), "本社");
  EXPECT_EQ(measures[1].kind(), v1::Measure::KIND_FIND_OUT);
  EXPECT_EQ(measures[1].sites(0).site(), kFactory);
}

TEST_F(SitesTest, EvidenceIsKeptWithTheAnswerAndReadAgain) {
  const auto created = Create();
  ASSERT_OK(created);
  const std::string file =
      "display_name: '更新画面' media_type: 'application/pdf' "
      "content: '%PDF-1.7 screen' ";
  const std::string id = "request_id: '0b9e5c1e-6a52-4a0e-9d35-1f2f3a4b5c6d'";
  const auto uploaded = Upload("consultant", created->name(), file, id);
  ASSERT_OK(uploaded);
  EXPECT_EQ(uploaded->size(), 15);
  EXPECT_EQ(uploaded->sha256().size(), 64u);
  EXPECT_EQ(uploaded->content(), "");
  EXPECT_TRUE(uploaded->has_effective_date());
  const auto repeated = Upload("consultant", created->name(), file, id);
  ASSERT_OK(repeated);
  EXPECT_EQ(repeated->name(), uploaded->name());

  const auto seen = Answer("consultant", created->name(),
                           At("", "FOLLOWED",
                              "confidence: CONFIDENCE_VERIFIED method: CHECK_METHOD_SCREEN "
                              "evidence: '" +
                                  uploaded->name() + "'"));
  ASSERT_OK(seen);
  EXPECT_EQ(seen->answers(0).evidence(), uploaded->name());
  const auto list = As("president", *diagnoses_, &Diagnoses::ListEvidenceFiles,
                       "parent: '" + created->name() + "'");
  ASSERT_OK(list);
  ASSERT_EQ(list->evidence_files_size(), 1);
  const auto body = As("president", *diagnoses_, &Diagnoses::DownloadEvidenceFile,
                       "name: '" + uploaded->name() + "'");
  ASSERT_OK(body);
  EXPECT_EQ(body->data(), "%PDF-1.7 screen");
  EXPECT_EQ(body->content_type(), "application/pdf");
}

TEST_F(SitesTest, BadFilesAndForeignEvidenceAreRefused) {
  const auto created = Create();
  ASSERT_OK(created);
  const struct {
    const char* file;
    const char* field;
  } kCases[] = {
      {"display_name: 'a' media_type: 'image/gif' content: 'GIF89a'", "evidence_file.media_type"},
      {"display_name: 'a' media_type: 'image/png' content: '%PDF-'", "evidence_file.content"},
      {"media_type: 'application/pdf' content: '%PDF-'", "evidence_file.display_name"},
      {"display_name: 'a' media_type: 'application/pdf' content: '%PDF-' "
       "effective_date { year: 2999 month: 1 day: 1 }",
       "evidence_file.effective_date"},
  };
  for (const auto& test : kCases) {
    EXPECT_THAT(BadFields(Upload("consultant", created->name(), test.file).status()),
                ElementsAre(test.field))
        << test.file;
  }
  const std::string good = "display_name: 'a' media_type: 'application/pdf' content: '%PDF-'";
  EXPECT_THAT(Upload("president", created->name(), good), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(
      Upload("consultant", kEngagement + "/diagnoses/0190a000-0000-7000-8000-0000000000ff", good),
      StatusIs(StatusCode::kNotFound));
  const auto unknown =
      Answer("consultant", created->name(),
             At("", "FOLLOWED",
                "confidence: CONFIDENCE_SEEN method: CHECK_METHOD_SCREEN evidence: '" +
                    created->name() + "/evidenceFiles/0190a000-0000-7000-8000-0000000000ff'"));
  EXPECT_EQ(ReasonOf(unknown.status()), error::v1::ERROR_REASON_REFERENCE_BROKEN);
  EXPECT_THAT(Answer("manager", created->name(), At("", "FOLLOWED", "method: CHECK_METHOD_SCREEN")),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("SEEN or VERIFIED")));
}

}  // namespace
}  // namespace staraction::diagnosis
