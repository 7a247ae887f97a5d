#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVE_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVE_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "services/document/model/resolved.h"
#include "staraction/document/v1/block.pb.h"

namespace staraction::document {

// Field code → value. A value may hold line feeds; it is text, never markup.
using FieldValues = std::map<std::string, std::string>;

// Fills fields, counts numbers and spells out references. A field without a (non-empty) value is
// shown as 【未入力：label】 and listed, unless it is optional. INVALID_ARGUMENT with all
// violations (paths inside the document, e.g. "blocks[3].table.rows[0]") for unknown references,
// ids that are malformed or used twice, article numbers that go back, rows wider than their table,
// lists that are too deep, blocks or inlines without a kind, prose that Expand has not replaced,
// margins out of range, and text that is not UTF-8.
absl::StatusOr<Resolved> Resolve(const v1::BlockDocument& document, const FieldValues& values);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVE_H_
