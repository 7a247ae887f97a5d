#include "services/training/course_service.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/base/macros.h"
#include "common/resource/page.h"
#include "common/status/errors.h"
#include "services/training/courses.h"

namespace staraction::training {
namespace {

absl::StatusOr<v1::ListCoursesResponse> List(std::vector<const content::v1::Course*> courses,
                                             const v1::ListCoursesRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  const std::string after = page.after_key.empty() ? "" : page.after_key.front();
  std::sort(courses.begin(), courses.end(),
            [](const auto* left, const auto* right) { return left->id() < right->id(); });
  v1::ListCoursesResponse response;
  std::string last;
  for (const content::v1::Course* course : courses) {
    if (course->id() <= after) continue;
    if (response.courses_size() == page.size) {
      response.set_next_page_token(NextToken(request, {last}));
      break;
    }
    last = course->id();
    v1::Course& entry = *response.add_courses() = ToMessage(*course);
    for (auto& module : *entry.mutable_modules()) module.clear_body();
  }
  return response;
}

}  // namespace

CourseService::Reactor* CourseService::GetCourse(Context* context,
                                                 const v1::GetCourseRequest* request,
                                                 v1::Course* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call&) -> absl::StatusOr<v1::Course> {
                      const auto* course = FindCourse(library_, request->name());
                      if (course == nullptr) return NotFound(request->name());
                      return ToMessage(*course);
                    });
}

CourseService::Reactor* CourseService::ListCourses(Context* context,
                                                   const v1::ListCoursesRequest* request,
                                                   v1::ListCoursesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call&) {
    return List(library_.List<content::v1::Course>(), *request);
  });
}

}  // namespace staraction::training
