#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_PAGE_CHECK_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_PAGE_CHECK_H_

#include <optional>

#include "absl/status/status.h"
#include "common/page/page_reader.h"
#include "staraction/declaration/v1/page_check.pb.h"
#include "staraction/declaration/v1/publication.pb.h"
#include "staraction/document/v1/approved_service.pb.h"

// Whether a page says what was approved. Pure: no I/O, no clock; safe for any number of threads.
namespace staraction::declaration::domain {

// Whether there is a page to look at: a policy that is to be seen on the web.
bool HasPolicyPage(const v1::Publication& publication);
// STATE_CONFLICT unless there is.
absl::Status CheckPolicyPage(const v1::Publication& publication);

// The record without name, actor and time; `approved` comes with its text. Never DIFFERENT where
// the words may be in what a program cannot read; headings that are not there are not held against
// a page with pictures.
v1::PageCheck ComparePage(const page::PageReading& reading,
                          const std::optional<document::v1::Approved>& approved);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_PAGE_CHECK_H_
