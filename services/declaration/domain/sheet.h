#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_SHEET_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_SHEET_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/paper/scan_reader.h"
#include "services/declaration/domain/act.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/pledge_scan.pb.h"
#include "staraction/declaration/v1/pledge_scan_service.pb.h"

// Sheets of paper and the codes that are printed on them. Pure: no I/O, no clock; safe for any
// number of threads.
namespace staraction::declaration::domain {

// Whether a scan that somebody calls this pledge's may be it: no code could be read, or one is the
// pledge's. Else `member` is the id of whose sheet of the same campaign it is; empty: of none.
struct SheetCheck {
  bool fits = true;
  std::string member{};
};
SheetCheck CheckCodes(const paper::ScannedPages& pages, const v1::Campaign& campaign,
                      const v1::Pledge& pledge);
// INVALID_FIELDS on `scan`; `display_name` of whose it is, or "".
absl::Status WrongSheet(const std::string& display_name);

// One sheet for each code of each page, and for each page without one. A file that could not be
// read has one sheet on page 0. Codes of this campaign's pledges have no outcome yet.
std::vector<v1::PledgeScan::Sheet> NewSheets(const paper::ScannedPages& pages,
                                             const v1::Campaign& campaign);
// The id of the member whose pledge the sheet is; "" unless it has no outcome yet.
std::string MemberOf(const v1::PledgeScan::Sheet& sheet);

// Sets outcome and text.
void Conclude(v1::PledgeScan::Outcome outcome, v1::PledgeScan::Sheet& sheet);
// The same, by hand.
void Resolve(v1::PledgeScan::Outcome outcome, const Act& act, v1::PledgeScan::Sheet& sheet);

// The first sheet on this page that waits; INVALID_FIELDS if there is none. `assign`: only one
// without a readable code, since a code says whose it is.
absl::StatusOr<v1::PledgeScan::Sheet*> FindOpenSheet(v1::PledgeScan& scan, int page, bool assign);

// State, and verbs that it allows, by the sheets.
void SetState(v1::PledgeScan& scan);
void SetActions(v1::PledgeScan& scan);
int OpenSheets(const v1::PledgeScan& scan);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_SHEET_H_
