#ifndef STARACTION_SERVICES_DOCUMENT_STORE_TABLES_H_
#define STARACTION_SERVICES_DOCUMENT_STORE_TABLES_H_

#include "common/pg/table.h"
#include "staraction/document/v1/document.pb.h"

namespace staraction::document {

extern const pg::Table<v1::Document> kDocuments;
extern const pg::Table<v1::Revision> kRevisions;
extern const pg::Table<v1::RevisionAct> kRevisionActs;
extern const pg::Table<v1::Rendering> kRenderings;

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_STORE_TABLES_H_
