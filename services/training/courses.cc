#include "services/training/courses.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"

namespace staraction::training {
namespace {

constexpr char kCourses[] = "courses/";

}  // namespace

const content::v1::Course* FindCourse(const content::Library& library, const std::string& name,
                                      const std::string& pack) {
  if (name.rfind(kCourses, 0) != 0) return nullptr;
  const std::string id = name.substr(sizeof(kCourses) - 1);
  int version = 0;
  if (absl::SimpleAtoi(pack.substr(pack.rfind('@') + 1), &version)) {
    const content::v1::Course* pinned = library.FindCourse(id, version);
    if (pinned != nullptr && PackOf(*pinned) == pack) return pinned;
  }
  return library.FindCourse(id);
}

std::string PackOf(const content::v1::Course& course) {
  return absl::StrCat(course.pack().urn(), "@", course.pack().version());
}

absl::Status CheckTestedCourse(const content::v1::Course* course, const std::string& field) {
  if (course == nullptr) {
    return InvalidField(field, "is no course that is loaded", "存在しない研修コースです");
  }
  if (course->has_test()) return absl::OkStatus();
  return InvalidField(field, "is a briefing, which has neither sessions nor tests",
                      "社長への説明用のコースです。研修とテストには使えません");
}

RetestLimit RetestLimitOf(const content::Library& library) {
  return [&library](const std::string& course) {
    const content::v1::Course* found = FindCourse(library, course);
    return found == nullptr ? 0 : found->test().max_retests();
  };
}

std::string TopicTitle(const content::v1::Course* course, const std::string& topic) {
  if (course != nullptr) {
    for (const auto& module : course->modules()) {
      if (module.code() == topic) return module.title().ja();
    }
  }
  return topic;
}

v1::Course ToMessage(const content::v1::Course& content) {
  v1::Course course;
  course.set_name(kCourses + content.id());
  course.set_display_name(content.title().ja());
  course.set_edition(content.edition());
  course.set_audience(content.audience().ja());
  course.set_rule_list(content.rule_list());
  for (const auto& from : content.modules()) {
    auto* module = course.add_modules();
    module->set_code(from.code());
    module->set_title(from.title().ja());
    module->set_rule(from.rule());
    module->set_body(from.body().text());
    module->set_minutes(from.minutes());
  }
  int questions = 0;
  for (const auto& draw : content.test().draws()) questions += draw.count();
  course.set_question_count(questions);
  course.set_pass_percent(content.test().pass_percent());
  course.set_pack(PackOf(content));
  course.set_kind(content::v1::CourseKind_Name(content.kind()).substr(sizeof("COURSE_KIND_") - 1));
  *course.mutable_employment_types() = content.employment_types();
  course.set_max_retest_count(content.test().max_retests());
  return course;
}

}  // namespace staraction::training
