#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_BOOK_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_BOOK_H_

#include "google/protobuf/repeated_ptr_field.h"
#include "staraction/content/v1/rule_list.pb.h"
#include "staraction/diagnosis/v1/rule.pb.h"
#include "staraction/diagnosis/v1/rulebook_version.pb.h"

// The rulebook as a whole.
namespace staraction::diagnosis::domain {

using Sections = google::protobuf::RepeatedPtrField<v1::RulebookSection>;

// The rules, oldest first, under the basic rules of the list in its order; basic rules without one
// are left out, and rules for none of the list come last. Titles in Japanese. The short sentence is
// the rule's own, else its text.
Sections SectionsOf(const google::protobuf::RepeatedPtrField<v1::Rule>& rules,
                    const content::v1::RuleList& list);

// Rules of `now` that weren't in `before`, that have another revision, and that are gone.
v1::RulebookChanges ChangesOf(const Sections& before, const Sections& now);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_BOOK_H_
