// What the training and diagnosis services would tell of the company.

#include "absl/strings/str_format.h"
#include "common/base/clock.h"
#include "common/base/date.h"
#include "services/document/test_company.h"
#include "services/document/test_parts.h"
#include "staraction/diagnosis/v1/diagnosis_service.pb.h"
#include "staraction/diagnosis/v1/rulebook_service.pb.h"
#include "staraction/diagnosis/v1/rulebook_version_service.pb.h"
#include "staraction/engagement/v1/activity_service.pb.h"
#include "staraction/engagement/v1/company_service.pb.h"
#include "staraction/training/v1/certificate_service.pb.h"
#include "staraction/training/v1/course_service.pb.h"
#include "staraction/training/v1/paper_service.pb.h"
#include "staraction/training/v1/report_service.pb.h"
#include "staraction/training/v1/session_service.pb.h"

namespace staraction::document {

namespace dia = diagnosis::v1;
namespace eng = engagement::v1;
namespace trn = training::v1;

namespace {
const std::string kCourseName = "courses/six-rules";
}

void PutRulebook(const content::Library& library, FixedSources& sources) {
  auto& rulebook = sources.Answer<dia::GetRulebookRequest, dia::Rulebook>(kRulebookName);
  rulebook.set_name(kRulebookName);
  rulebook.set_latest_version(kVersionName);
  rulebook.set_latest_number(2);
  rulebook.mutable_unpublished_changes()->set_added(1);
  int number = 0;
  for (const auto& rule : library.FindRuleList("six-rules")->rules()) {
    auto& section = *rulebook.add_sections();
    section.set_number(++number);
    section.set_title(rule.title().ja());
    for (int i = 0; i < 1 + number % 3; ++i) {
      auto& entry = *section.add_entries();
      entry.set_text(absl::StrCat(
          "会社のパソコンは、毎週月曜の朝に更新の有無を確かめ、その日のうちに済ませる。"
          "済ませたら共有の表に名前と日付を書く（",
          i + 1, "）。"));
      entry.set_short_text("更新は月曜の朝に済ませる。");
      *entry.mutable_effective_date() = Day(2026, 8, 1);
    }
  }
  auto& version =
      sources.Answer<dia::GetRulebookVersionRequest, dia::RulebookVersion>(kVersionName);
  version.set_name(kVersionName);
  version.set_number(2);
  version.set_approver_display_name("濵﨑 髙志");
  *version.mutable_effective_date() = Day(2026, 9, 1);
  *version.mutable_approve_date() = Day(2026, 8, 28);
  version.set_note("テレワークの人が増えたため、持ち出しのルールを足しました。");
  *version.mutable_sections() = rulebook.sections();
  auto& roles = sources.Answer<eng::ListRoleAssignmentsRequest, eng::ListRoleAssignmentsResponse>(
      kClientName);
  for (const char* code : {"SECURITY_MANAGER", "INCIDENT_RESPONSE"}) {
    auto& role = *roles.add_role_assignments();
    role.set_role(code);
    role.set_member_display_name("𠮷田 髙子");
  }
}

void PutYear(FixedSources& sources) {
  auto& list = sources.Answer<eng::ListActivitiesRequest, eng::ListActivitiesResponse>(kClientName);
  const absl::CivilDay today = TokyoDay(RealClock()());
  for (int i = 0; i < 4; ++i) {
    auto& activity = *list.add_activities();
    activity.set_title(absl::StrCat("バックアップからの復元の確認（", i + 1, "）"));
    activity.set_purpose("控えから大切なファイルを一つ戻し、開けることを確かめます。");
    activity.set_evidence_wanted("戻したファイルの名前と日時、画面の写し");
    activity.set_owner_display_name("𠮷田 髙子");
    activity.set_state(eng::Activity::STATE_PLANNED);
    *activity.mutable_due_date() = ToProtoDate(today + 60 * i);
  }
}

void PutChecks(const content::Library& library, FixedSources& sources) {
  auto& list =
      sources.Answer<dia::ListDiagnosesRequest, dia::ListDiagnosesResponse>(kEngagementName);
  for (int i = 1; i <= 2; ++i) {
    auto& diagnosis = *list.add_diagnoses();
    diagnosis.set_name(absl::StrCat(kEngagementName, "/diagnoses/", i));
    diagnosis.set_kind(content::v1::QUESTIONNAIRE_KIND_RULE_CHECK);
    diagnosis.set_state(dia::Diagnosis::STATE_CONCLUDED);
  }
  auto& measures = sources.Answer<dia::ListMeasuresRequest, dia::ListMeasuresResponse>(kClientName);
  for (int i = 0; i < 5; ++i) {
    auto& measure = *measures.add_measures();
    measure.set_diagnosis(list.diagnoses(0).name());
    measure.set_item(absl::StrCat("RC_", i));
    measure.set_state(i < 3 ? dia::Measure::STATE_VERIFIED : dia::Measure::STATE_PROPOSED);
  }
  auto& comparison = sources.Answer<dia::CompareDiagnosesRequest, dia::DiagnosisComparison>(
      list.diagnoses(1).name());
  comparison.mutable_total()->set_gaps_before(12);
  comparison.mutable_total()->set_closed(9);
  comparison.mutable_total()->set_gaps_after(4);
  for (const auto& rule : library.FindRuleList("six-rules")->rules()) {
    auto& counts = *comparison.add_rules();
    counts.set_rule_title(rule.title().ja());
    counts.mutable_counts()->set_gaps_before(2);
    counts.mutable_counts()->set_closed(comparison.rules_size() % 3);
  }
}

void PutSession(FixedSources& sources) {
  auto& course = sources.Answer<trn::GetCourseRequest, trn::Course>(kCourseName);
  course.set_display_name("情報セキュリティ6か条 全員研修");
  auto& session = sources.Answer<trn::GetSessionRequest, trn::Session>(kSessionName);
  session.set_name(kSessionName);
  session.add_engagements(kEngagementName);
  session.set_course(kCourseName);
  *session.mutable_start_time() = At(absl::CivilMinute(2026, 8, 20, 14, 0));
  *session.mutable_end_time() = At(absl::CivilMinute(2026, 8, 20, 15, 30));
  session.set_place("本社2階 会議室");
}

void PutPaperTest(FixedSources& sources) {
  auto& test = sources.Answer<trn::GetPaperTestRequest, trn::PaperTest>(kPaperTestName);
  test.set_name(kPaperTestName);
  test.set_course(kCourseName);
  test.set_kind(trn::Attempt::KIND_AFTER);
  test.set_pass_percent(80);
  for (const char* code : {"A", "B"}) {
    auto& variant = *test.add_variants();
    variant.set_code(code);
    for (int number = 1; number <= 12; ++number) {
      auto& question = *variant.add_questions();
      question.set_text(absl::StrCat("席を離れるとき、", number, "番目にすることはどれですか。"));
      for (const char* choice :
           {"画面を閉じて、紙をしまう", "何もしない", "電気だけ消す", "声をかける"}) {
        question.add_choices(choice);
      }
    }
  }
}

void PutCertificates(int people, FixedSources& sources) {
  auto& list = sources.Answer<trn::ListCompletionCertificatesRequest,
                              trn::ListCompletionCertificatesResponse>(kEngagementName);
  for (int number = 1; number <= people; ++number) {
    auto& certificate = *list.add_completion_certificates();
    certificate.set_member(MemberName(number));
    certificate.set_display_name(PersonName(number));
    certificate.set_number(absl::StrFormat("2026-%04d", number));
    certificate.set_company_display_name("株式会社濵﨑髙製作所");
    certificate.set_course_title("情報セキュリティ6か条 全員研修");
    certificate.set_edition("4.0");
    certificate.set_score_band_title("よく理解できている");
    certificate.set_issuer("なにわセキュリティ支援協議会");
    *certificate.mutable_attend_date() = Day(2026, 8, 20);
    *certificate.mutable_test_date() = Day(2026, 8, 27);
    *certificate.mutable_complete_date() = Day(2026, 8, 27);
    *certificate.mutable_issue_date() = Day(2026, 9, 1);
    certificate.set_state(number == 3 ? trn::CompletionCertificate::STATE_REVOKED
                                      : trn::CompletionCertificate::STATE_ISSUED);
  }
}

void PutTrainingReport(const content::Library& library, int people, FixedSources& sources) {
  auto& report = sources.Answer<trn::GetTrainingReportRequest, trn::TrainingReport>(
      kEngagementName + "/trainingReport");
  report.mutable_coverage()->set_counted_count(people);
  report.mutable_coverage()->set_completed_count(people - 1);
  const bool few = people < 5;
  report.mutable_effect()->set_before_count(people);
  report.mutable_effect()->set_after_count(people - 1);
  report.mutable_effect()->set_hidden(few);
  if (few) return;
  report.mutable_effect()->set_before_percent(52.44);
  report.mutable_effect()->set_after_percent(88);
  report.mutable_effect()->set_gain_points(35.6);
  for (const auto& rule : library.FindRuleList("six-rules")->rules()) {
    auto& topic = *report.add_topics();
    topic.set_title(absl::StrCat("第", report.topics_size(), "条 ", rule.title().ja()));
    topic.mutable_effect()->set_before_percent(40 + 3 * report.topics_size());
    topic.mutable_effect()->set_after_percent(96 - 2 * report.topics_size());
  }
}

}  // namespace staraction::document
