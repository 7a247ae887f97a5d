#include "services/training/domain/certificate_rules.h"

#include <algorithm>
#include <utility>

#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"

namespace staraction::training {
namespace {

void SetBand(const v1::Attempt& passed, const content::v1::Course& course,
             v1::CompletionCertificate& certificate) {
  const auto& bands = course.test().bands();
  if (bands.empty()) return;
  auto band = bands.end() - 1;
  if (passed.kind() == v1::Attempt::KIND_AFTER) {
    band = std::find_if(bands.begin(), bands.end(), [&](const auto& each) {
      return passed.score_percent() >= each.minimum_percent();
    });
    // The score is rounded down, the pass line is not.
    if (band == bands.end()) --band;
  }
  certificate.set_score_band(band->code());
  certificate.set_score_band_title(band->title().ja());
}

}  // namespace

absl::Status NotComplete(const std::string& member,
                         const std::vector<const CourseProgress*>& courses) {
  const bool attended = std::any_of(courses.begin(), courses.end(),
                                    [](const auto* each) { return each->attend_time.has_value(); });
  const bool passed = std::any_of(courses.begin(), courses.end(),
                                  [](const auto* each) { return each->pass_time.has_value(); });
  std::vector<Violation> unmet;
  if (!attended) {
    unmet.push_back({"ATTENDANCE", "attended no session that suffices",
                     "修了となる研修への出席が記録されていません"});
  }
  if (!passed) {
    unmet.push_back({"TEST", "has not reached the pass line of the test after the training",
                     "研修後のテストで基準点に達していません"});
  }
  if (unmet.empty()) {
    unmet.push_back({"COURSE", "attendance and test are of different courses",
                     "出席した研修とテストのコースが異なります"});
  }
  return CriteriaUnmet(member, unmet);
}

void FillCertificate(const CourseProgress& complete, const v1::Attempt& passed,
                     const content::v1::Course* course, absl::CivilDay today,
                     v1::CompletionCertificate& certificate) {
  certificate.set_course(complete.course);
  certificate.set_course_title(course == nullptr ? complete.course : course->title().ja());
  if (course != nullptr) certificate.set_edition(course->edition());
  certificate.set_pack(passed.pack());
  *certificate.mutable_attend_date() = ToProtoDate(TokyoDay(*complete.attend_time));
  *certificate.mutable_test_date() = ToProtoDate(TokyoDay(*complete.pass_time));
  *certificate.mutable_complete_date() = ToProtoDate(TokyoDay(*CompleteTime(complete)));
  *certificate.mutable_issue_date() = ToProtoDate(today);
  if (course != nullptr) SetBand(passed, *course, certificate);
  if (certificate.show_score() && passed.kind() == v1::Attempt::KIND_AFTER) {
    certificate.set_score_percent(passed.score_percent());
  }
  certificate.set_state(v1::CompletionCertificate::STATE_ISSUED);
}

v1::CompletionCertificate Shown(v1::CompletionCertificate certificate) {
  certificate.clear_allowed_actions();
  if (certificate.state() == v1::CompletionCertificate::STATE_ISSUED) {
    certificate.add_allowed_actions("revoke");
  }
  return certificate;
}

}  // namespace staraction::training
