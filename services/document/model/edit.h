#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_EDIT_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_EDIT_H_

#include <string>
#include <vector>

#include "common/status/errors.h"
#include "services/document/model/expand.h"
#include "staraction/document/v1/edit.pb.h"

// What people changed against a template: parts with other words, added and left out.
namespace staraction::document {

// The edits with the further ones put in: values by code, parts by id. An empty value and a part
// without a change end the edit before.
v1::Edits MergeEdits(v1::Edits edits, const v1::Edits& further);

// Adds a violation for each further part that cannot be used at all: without an id of a-z, 0-9 and
// hyphens, of another kind than heading, article, paragraph, list and table, or with what only
// templates may have.
void CheckParts(const v1::Edits& further, std::vector<Violation>& violations);

// Changes the expanded document's parts (those that stand in no other block) and writes into each
// edit how it fits. Edits that do not fit have no effect.
void ApplyEdits(v1::BlockDocument& document, v1::Edits& edits);

// Adds a violation for each further part that had no effect, or names a field that the document
// does not have.
void CheckEffect(const v1::Edits& further, const v1::Edits& applied, const FieldValues& fields,
                 std::vector<Violation>& violations);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_EDIT_H_
