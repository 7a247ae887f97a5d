#ifndef STARACTION_SERVICES_TRAINING_COURSES_H_
#define STARACTION_SERVICES_TRAINING_COURSES_H_

#include <string>

#include "absl/status/status.h"
#include "common/content/library.h"
#include "services/training/domain/progress.h"
#include "staraction/training/v1/course.pb.h"

namespace staraction::training {

// The content's course by its resource name, "courses/{course}", in the version of this pack
// ("urn@version") if that is given and still loaded, else in the newest. Null if there is none.
const content::v1::Course* FindCourse(const content::Library& library, const std::string& name,
                                      const std::string& pack = "");

// "urn@version" of the course's pack.
std::string PackOf(const content::v1::Course& course);

// OK for a course that ends in a test; INVALID_ARGUMENT on `field` for none and for briefings.
absl::Status CheckTestedCourse(const content::v1::Course* course, const std::string& field);

// The newest version's limit of each course.
RetestLimit RetestLimitOf(const content::Library& library);

// The module's name in Japanese; the code, if the course is not loaded or has no such module.
std::string TopicTitle(const content::v1::Course* course, const std::string& topic);

// The course as those who take it may read it: nothing of its questions.
v1::Course ToMessage(const content::v1::Course& course);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_COURSES_H_
