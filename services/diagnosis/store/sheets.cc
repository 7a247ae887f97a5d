#include "services/diagnosis/store/sheets.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/name.h"

namespace staraction::diagnosis {
namespace {

using google::protobuf::RepeatedPtrField;
using pg::Rows;
using pg::TableSpec;
using pg::Transaction;

constexpr char kDiagnosisPattern[] = "engagements/{engagement}/diagnoses/{diagnosis}";
constexpr char kSheetPattern[] =
    "engagements/{engagement}/diagnoses/{diagnosis}/answerSheets/{answer_sheet}";

template <typename T>
RepeatedPtrField<T> All(const pg::Table<T>& table, const Rows& rows) {
  RepeatedPtrField<T> all;
  for (const pg::Row row : rows) *all.Add() = table.FromRow(row);
  return all;
}

}  // namespace

const pg::Table<v1::AnswerSheet> kAnswerSheets(TableSpec{
    .table = "answer_sheet", .computed = {"score", "submissions", "allowed_actions"}});
const pg::Table<v1::SheetSubmission> kSheetSubmissions(TableSpec{.table = "sheet_submission"});

namespace {

const pg::Statement kSheetsOf("list_sheets_of_diagnosis", [] {
  return absl::StrCat("select ", kAnswerSheets.SelectList(), R"( from answer_sheet
    where organization_id = $1 and engagement_id = $2 and diagnosis_id = $3
    order by answer_sheet_id)");
});

const pg::Statement kSubmissionsOf("list_submissions_of_sheet", [] {
  return absl::StrCat("select ", kSheetSubmissions.SelectList(), R"( from sheet_submission
    where organization_id = $1 and engagement_id = $2 and diagnosis_id = $3
      and answer_sheet_id = $4
    order by revision)");
});

const pg::Statement kOpenLike("find_open_sheet_like", [] {
  return absl::StrCat("select ", kAnswerSheets.SelectList(), R"( from answer_sheet
    where organization_id = $1 and engagement_id = $2 and diagnosis_id = $3
      and state = 'STATE_OPEN' and perspective = $4 and site = $5 and member = $7
      and (department = $6 or perspective in ('PERSPECTIVE_PRESIDENT', 'PERSPECTIVE_IT',
                                              'PERSPECTIVE_STAFF'))
    order by answer_sheet_id limit 1 for update)");
});

const pg::Statement kCount("count_sheets", R"(
  select count(*) filter (where state = 'STATE_OPEN') as open,
         count(*) filter (where state = 'STATE_SUBMITTED') as submitted,
         count(*) filter (where state = 'STATE_SUBMITTED' and perspective = 'PERSPECTIVE_STAFF')
           as staff_submitted
  from answer_sheet
  where organization_id = $1 and engagement_id = $2 and diagnosis_id = $3)");

const pg::Statement kOfMembers("list_sheets_of_members", [] {
  return absl::StrCat("select ", kAnswerSheets.SelectList(), R"( from answer_sheet s
    where organization_id = $1 and engagement_id = $2 and member = any ($3::text[])
      and answer_sheet_id
          > coalesce(nullif($4::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
      and state <> 'STATE_WITHDRAWN'
      and exists (select from diagnosis d
                  where d.organization_id = s.organization_id
                    and d.engagement_id = s.engagement_id and d.diagnosis_id = s.diagnosis_id
                    and d.state = 'STATE_OPEN')
    order by answer_sheet_id limit $5)");
});

}  // namespace

absl::StatusOr<RepeatedPtrField<v1::AnswerSheet>> SheetsOf(Transaction& tx,
                                                           const std::string& diagnosis) {
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName(kDiagnosisPattern, diagnosis));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kSheetsOf, {tx.organization(), ids[0], ids[1]}));
  return All(kAnswerSheets, rows);
}

absl::StatusOr<RepeatedPtrField<v1::SheetSubmission>> SubmissionsOf(Transaction& tx,
                                                                    const std::string& sheet) {
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName(kSheetPattern, sheet));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kSubmissionsOf, {tx.organization(), ids[0], ids[1], ids[2]}));
  return All(kSheetSubmissions, rows);
}

absl::StatusOr<std::optional<v1::AnswerSheet>> OpenSheetLike(Transaction& tx,
                                                             const std::string& diagnosis,
                                                             const v1::AnswerSheet& like) {
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName(kDiagnosisPattern, diagnosis));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kOpenLike, {tx.organization(), ids[0], ids[1],
                                          v1::AnswerSheet::Perspective_Name(like.perspective()),
                                          like.site(), like.department(), like.member()}));
  if (rows.empty()) return std::nullopt;
  return kAnswerSheets.FromRow(rows[0]);
}

absl::StatusOr<SheetCounts> CountSheets(Transaction& tx, const std::string& diagnosis) {
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName(kDiagnosisPattern, diagnosis));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kCount, {tx.organization(), ids[0], ids[1]}));
  return SheetCounts{static_cast<int>(rows[0].Int("open")),
                     static_cast<int>(rows[0].Int("submitted")),
                     static_cast<int>(rows[0].Int("staff_submitted"))};
}

absl::StatusOr<pg::ListPage<v1::AnswerSheet>> SheetsOfMembers(
    Transaction& tx, const v1::ListAnswerFormsRequest& request,
    const std::vector<std::string>& members) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(const auto ids,
                      ParseName("engagements/{engagement}", request.parent(), "parent"));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kOfMembers, {tx.organization(), ids[0], pg::ToArrayParam(members),
                                           after, pg::ToParam(int64_t{page.size} + 1)}));
  return kAnswerSheets.ToPage(rows, page, request);
}

}  // namespace staraction::diagnosis
