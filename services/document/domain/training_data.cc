#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/paper/form_code.h"
#include "common/resource/name.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using training::v1::Attempt;
using training::v1::PaperTest;

constexpr size_t kCodeGroup = 6;
constexpr int kSpareLines = 5;

void AddFormCode(paper::FormKind kind, const std::string& name, TemplateData& data) {
  const std::string code =
      name.empty() ? "" : paper::EncodeFormCode({.kind = kind, .resource = LastId(name)});
  data.fields["form.code"] = code;
  data.fields["form.code_text"] = GroupedText(code, kCodeGroup);
}

std::string ScoreText(const training::v1::CompletionCertificate& certificate) {
  const std::string percent =
      certificate.has_score_percent() ? absl::StrCat(certificate.score_percent(), "％") : "";
  return JoinedText({certificate.score_band_title(), percent}, "　");
}

// ア, イ, ウ … as tests mark their choices.
std::string ChoiceMark(int index) {
  static constexpr const char* kMarks[] = {"ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク"};
  return index < static_cast<int>(std::size(kMarks)) ? kMarks[index] : absl::StrCat(index + 1);
}

void AddVariant(const PaperTest::Variant& variant, TemplateData& data) {
  auto& variants = data.lists["variant"];
  const std::string prefix = absl::StrCat("variant[", variants.size(), "].question");
  variants.push_back(
      {{"code", variant.code()}, {"question_count", absl::StrCat(variant.questions_size())}});
  std::vector<FieldValues> questions;
  for (const auto& question : variant.questions()) {
    auto& choices = data.lists[absl::StrCat(prefix, "[", questions.size(), "].choice")];
    for (int i = 0; i < question.choices_size(); ++i) {
      choices.push_back({{"mark", ChoiceMark(i)}, {"text", question.choices(i)}});
    }
    questions.push_back(
        {{"number", absl::StrCat(questions.size() + 1)}, {"text", question.text()}});
  }
  data.lists[prefix] = std::move(questions);
}

}  // namespace

FieldValues TrainingCertificateFields(const training::v1::CompletionCertificate& certificate) {
  return {{"certificate.number", certificate.number()},
          {"certificate.name", certificate.display_name()},
          {"certificate.company", certificate.company_display_name()},
          {"certificate.course", certificate.course_title()},
          {"certificate.edition", certificate.edition()},
          {"certificate.attend_date", DateText(certificate.attend_date())},
          {"certificate.test_date", DateText(certificate.test_date())},
          {"certificate.complete_date", DateText(certificate.complete_date())},
          {"certificate.score", ScoreText(certificate)},
          {"certificate.issuer", certificate.issuer()},
          {"certificate.issue_date", DateText(certificate.issue_date())}};
}

void FillTrainingCertificate(const SubjectFacts&, TemplateData& data) {
  data.fields.merge(TrainingCertificateFields({}));
}

void FillAttendanceList(const SubjectFacts& facts, TemplateData& data) {
  const auto& session = facts.session;
  data.fields["session.title"] =
      session.display_name().empty() ? facts.course.display_name() : session.display_name();
  data.fields["session.course"] = facts.course.display_name();
  data.fields["session.date"] = DateText(session.start_time());
  data.fields["session.time"] =
      JoinedText({ClockText(session.start_time()), ClockText(session.end_time())}, "〜");
  data.fields["session.place"] = session.place();
  AddFormCode(paper::FormKind::kAttendance, session.name(), data);
  std::vector<engagement::v1::Member> members = facts.members;
  std::stable_sort(members.begin(), members.end(), [](const auto& left, const auto& right) {
    return left.department() < right.department();
  });
  auto& attendees = data.lists["attendee"];
  for (const auto& member : members) {
    attendees.push_back({{"number", absl::StrCat(attendees.size() + 1)},
                         {"name", member.display_name()},
                         {"department", member.department()},
                         {"staff_number", member.staff_number()}});
  }
  auto& spare = data.lists["spare"];
  for (int i = 1; i <= kSpareLines; ++i) {
    spare.push_back({{"number", absl::StrCat(attendees.size() + static_cast<size_t>(i))}});
  }
}

void FillTestSheet(const SubjectFacts& facts, TemplateData& data) {
  const PaperTest& test = facts.paper_test;
  data.fields["test.course"] = facts.course.display_name();
  data.fields["test.kind"] = test.kind() == Attempt::KIND_BEFORE  ? "研修の前"
                             : test.kind() == Attempt::KIND_AFTER ? "研修の後"
                                                                  : "";
  data.fields["test.title"] = JoinedText({"理解度テスト", data.fields["test.kind"]}, "　");
  data.fields["test.pass_percent"] = absl::StrCat(test.pass_percent());
  AddFormCode(paper::FormKind::kTest, test.name(), data);
  data.lists["variant"] = {};
  for (const auto& variant : test.variants()) AddVariant(variant, data);
}

}  // namespace staraction::document::domain
