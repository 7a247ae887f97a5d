#ifndef STARACTION_SERVICES_DOCUMENT_WRITERS_SRGB_PROFILE_H_
#define STARACTION_SERVICES_DOCUMENT_WRITERS_SRGB_PROFILE_H_

#include <string>

namespace staraction::document {

// An ICC profile (version 2.1, matrix and curves) of the colour space sRGB, from the numbers of
// IEC 61966-2-1. PDF/A wants one inside each file.
std::string MakeSrgbProfile();

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_WRITERS_SRGB_PROFILE_H_
