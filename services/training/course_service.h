#ifndef STARACTION_SERVICES_TRAINING_COURSE_SERVICE_H_
#define STARACTION_SERVICES_TRAINING_COURSE_SERVICE_H_

#include "common/content/library.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/training/v1/course_service.grpc.pb.h"

namespace staraction::training {

// Courses, from content packs. Thread safe.
class CourseService final : public v1::CourseService::CallbackService {
 public:
  CourseService(RpcLayer& rpc, const content::Library& library) : rpc_(rpc), library_(library) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* GetCourse(Context* context, const v1::GetCourseRequest* request,
                     v1::Course* response) override;
  Reactor* ListCourses(Context* context, const v1::ListCoursesRequest* request,
                       v1::ListCoursesResponse* response) override;

 private:
  RpcLayer& rpc_;
  const content::Library& library_;
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_COURSE_SERVICE_H_
