#include "services/declaration/store/inquiries.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"

namespace staraction::declaration {
namespace {

using pg::Row;
using pg::Rows;
using pg::Statement;
using pg::TableSpec;
using pg::Transaction;

const Statement kListOpen("inquiry_list_open", [] {
  return absl::StrCat("select ", kInquiries.SelectList(), R"( from inquiry
    where organization_id = $1 and client_id = $2 and state = 'STATE_OPEN'
      and inquiry_id > coalesce(nullif($3, '')::uuid, '00000000-0000-0000-0000-000000000000')
    order by inquiry_id limit $4)");
});

const Statement kCountOpen("inquiry_count_open", R"(
  select count(*) as open, count(*) filter (where due_date < $3) as overdue from inquiry
  where organization_id = $1 and client_id = $2 and state = 'STATE_OPEN')");

const Statement kAnnounced("publication_announced", R"(
  select distinct engagement_id from publication
  where organization_id = $1 and client_id = $2 and kind = 'KIND_ANNOUNCEMENT'
    and state = 'STATE_PUBLISHED' and engagement_id is not null)");

}  // namespace

const pg::Table<v1::Inquiry> kInquiries(TableSpec{
    .table = "inquiry", .computed = {"source_title", "overdue", "entries", "allowed_actions"}});
const EventLog<v1::InquiryEntry> kInquiryEntries("inquiry_entry",
                                                 "clients/{client}/inquiries/{inquiry}");
const pg::Table<v1::Publication> kPublications(TableSpec{
    .table = "publication",
    .computed = {"findings", "counts", "latest_page_check", "allowed_actions"}});

absl::StatusOr<pg::ListPage<v1::Inquiry>> ListInquiries(Transaction& tx,
                                                        const v1::ListInquiriesRequest& request) {
  if (!request.open_only()) return kInquiries.List(tx, request.parent(), request);
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kListOpen, {tx.organization(), tx.call().client(),
                                                           after, absl::StrCat(page.size + 1)}));
  return kInquiries.ToPage(rows, page, request);
}

absl::StatusOr<OpenInquiries> CountOpenInquiries(Transaction& tx, absl::CivilDay today) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kCountOpen, {tx.organization(), tx.call().client(),
                                                            FormatIsoDate(today)}));
  return OpenInquiries{rows[0].Int("open"), rows[0].Int("overdue")};
}

absl::StatusOr<std::set<std::string>> ReadAnnounced(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kAnnounced, {tx.organization(), tx.call().client()}));
  std::set<std::string> engagements;
  for (const Row row : rows) engagements.insert(row.Text("engagement_id"));
  return engagements;
}

}  // namespace staraction::declaration
