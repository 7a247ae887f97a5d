#ifndef STARACTION_SERVICES_DECLARATION_PAGE_CHECKER_H_
#define STARACTION_SERVICES_DECLARATION_PAGE_CHECKER_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/page/page_reader.h"
#include "common/service/host.h"
#include "services/declaration/document_reader.h"
#include "staraction/declaration/v1/page_check.pb.h"
#include "staraction/declaration/v1/publication.pb.h"

namespace staraction::declaration {

// Looks at pages on which policies are published, when somebody asks and on schedule: a job for
// each publication, which asks for the next one until the publication is withdrawn. Thread safe.
class PageChecker {
 public:
  // Registers the job. `interval`: between two looks on schedule.
  PageChecker(Host& host, DocumentReader& documents, const page::PageReader& pages,
              absl::Duration interval);

  // What the page says, compared with what is approved now; nothing is stored. Waits for other
  // sites, never inside a transaction.
  absl::StatusOr<v1::PageCheck> Look(const Call& call, const v1::Publication& publication,
                                     absl::Duration time);
  // Keeps a look at this publication.
  static absl::StatusOr<v1::PageCheck> Store(pg::Transaction& tx, const std::string& publication,
                                             v1::PageCheck check);
  // Has the page of a policy looked at at this time; nothing for other publications.
  static absl::Status Schedule(pg::Transaction& tx, const v1::Publication& publication,
                               absl::Time due);

 private:
  absl::Status Run(const Job& job);

  Host& host_;
  DocumentReader& documents_;
  const page::PageReader& pages_;
  const absl::Duration interval_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_PAGE_CHECKER_H_
