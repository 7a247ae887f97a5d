#ifndef STARACTION_SERVICES_TRAINING_COURSES_H_
#define STARACTION_SERVICES_TRAINING_COURSES_H_

#include <string>

#include "common/content/library.h"
#include "staraction/training/v1/course.pb.h"

namespace staraction::training {

// The content's course by its resource name, "courses/{course}", in the version of this pack
// ("urn@version") if that is given and still loaded, else in the newest. Null if there is none.
const content::v1::Course* FindCourse(const content::Library& library, const std::string& name,
                                      const std::string& pack = "");

// "urn@version" of the course's pack.
std::string PackOf(const content::v1::Course& course);

// The course as those who take it may read it: nothing of its questions.
v1::Course ToMessage(const content::v1::Course& course);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_COURSES_H_
