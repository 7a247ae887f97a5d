#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_FIELD_VALUE_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_FIELD_VALUE_H_

#include <string>

#include "common/base/parsed.h"
#include "common/content/library.h"
#include "staraction/declaration/v1/declaration.pb.h"

namespace staraction::declaration::domain {

// The value of a field as it is stored, from what somebody typed (not empty), or what is wrong
// with it: length, kind of value, choice, and for corporate number, mail address and web site
// their form. Texts are not repeated in the problem: they may be personal.
Parsed<std::string> ReadValue(const v1::DeclarationField& field, const std::string& typed,
                              const content::Library& library);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_FIELD_VALUE_H_
