#include "services/document/store/tables.h"

namespace staraction::document {

using pg::TableSpec;

const pg::Table<v1::Document> kDocuments(TableSpec{.table = "document"});
const pg::Table<v1::Revision> kRevisions(TableSpec{.table = "revision"});
const pg::Table<v1::Rendering> kRenderings(TableSpec{.table = "rendering"});

}  // namespace staraction::document
