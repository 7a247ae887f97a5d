#include "services/document/store/gauges.h"

namespace staraction::document {
namespace {

using pg::Statement;

const Statement kDocuments("gauge_documents", R"(
  select lower(kind) as kind, count(*) as value from document group by kind)",
                           Statement::Role::kJobs);

const Statement kRevisions("gauge_revisions", R"(
  select lower(substr(state, 7)) as state, count(*) as value from revision group by state)",
                           Statement::Role::kJobs);

}  // namespace

void AddGauges(DatabaseGauges& gauges) {
  gauges.Add({"staraction_documents", "Documents by kind.", {"kind"}, &kDocuments});
  gauges.Add({"staraction_document_revisions",
              "Revisions of documents by state.",
              {"state"},
              &kRevisions});
}

}  // namespace staraction::document
