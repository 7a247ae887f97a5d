#include "services/document/store/tables.h"

namespace staraction::document {

using pg::TableSpec;

const pg::Table<v1::Document> kDocuments(TableSpec{.table = "document"});
const pg::Table<v1::Revision> kRevisions(TableSpec{.table = "revision",
                                                   .computed = {"acts", "allowed_actions"}});
const pg::Table<v1::RevisionAct> kRevisionActs(TableSpec{.table = "revision_act"});
const pg::Table<v1::Rendering> kRenderings(TableSpec{.table = "rendering"});

}  // namespace staraction::document
