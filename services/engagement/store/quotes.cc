#include "services/engagement/store/quotes.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/resource/name.h"
#include "common/resource/page.h"
#include "common/status/errors.h"
#include "services/engagement/domain/quote.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

const pg::Statement kCount("count_quote", R"(
  insert into quote_counter (organization_id, fiscal_year, last_number) values ($1, $2, 1)
  on conflict on constraint quote_counter_pkey
    do update set last_number = quote_counter.last_number + 1
  returning last_number)");

// $2, $3 days of issue; $4, $5 totals; $6 part of the partner's name; $7 states as of $8;
// $9, $10 the last row seen.
const pg::Statement kSearch("search_quotes", [] {
  return absl::StrCat("select ", kQuotes.SelectList(), R"( from quote
    where organization_id = $1 and issue_date is not null
      and issue_date >= coalesce($2::date, '-infinity')
      and issue_date <= coalesce($3::date, 'infinity')
      and total_yen >= coalesce($4::bigint, 0)
      and total_yen <= coalesce($5::bigint, 9223372036854775807)
      and ($6::text = '' or position($6 in search_text) > 0)
      and ($7::text[] = '{}' or case when state = 'STATE_ISSUED' and valid_until < $8::date
                                then 'STATE_EXPIRED' else state end = any ($7))
      and (issue_date, quote_id)
          < (coalesce(nullif($9::text, '')::date, 'infinity'),
             coalesce(nullif($10::text, '')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    order by issue_date desc, quote_id desc limit $11)");
});

pg::Param DayParam(const google::type::Date& date) {
  const auto day = FromProtoDate(date);
  return day ? pg::Param(FormatIsoDate(*day)) : pg::Param();
}

std::vector<std::string> StatesOf(const v1::SearchQuotesRequest& request) {
  std::vector<std::string> states;
  for (const int state : request.states()) {
    states.push_back(v1::Quote::State_Name(static_cast<v1::Quote::State>(state)));
  }
  return states;
}

absl::Status CheckKey(const std::string& day, const std::string& id) {
  if ((day.empty() && id.empty()) || (ParseDate(day).ok() && IsUuid(id))) return absl::OkStatus();
  return InvalidField("page_token", "was not made by this list",
                      "この一覧のトークンではありません");
}

}  // namespace

absl::StatusOr<int64_t> NextQuoteNumber(pg::Transaction& tx, int fiscal_year) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kCount, {tx.organization(), pg::ToParam(int64_t{fiscal_year})}));
  return rows[0].Int("last_number");
}

absl::StatusOr<v1::SearchQuotesResponse> FindQuotes(pg::Transaction& tx,
                                                    const v1::SearchQuotesRequest& request,
                                                    absl::CivilDay today) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 2));
  const std::string day = page.after_key.empty() ? "" : page.after_key[0];
  const std::string id = page.after_key.empty() ? "" : page.after_key[1];
  SA_RETURN_IF_ERROR(CheckKey(day, id));
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kSearch,
              {tx.organization(), DayParam(request.first_issue_date()),
               DayParam(request.last_issue_date()),
               request.has_min_total_yen() ? pg::ToParam(request.min_total_yen()) : pg::Param(),
               request.has_max_total_yen() ? pg::ToParam(request.max_total_yen()) : pg::Param(),
               FoldForSearch(request.partner()), pg::ToArrayParam(StatesOf(request)),
               FormatIsoDate(today), day, id, pg::ToParam(int64_t{page.size} + 1)}));
  v1::SearchQuotesResponse response;
  for (const pg::Row row : rows) {
    if (response.quotes_size() == page.size) {
      const v1::Quote& last = response.quotes(page.size - 1);
      const auto issued = FromProtoDate(last.issue_date());
      response.set_next_page_token(
          NextToken(request, {issued ? FormatIsoDate(*issued) : "", LastId(last.name())}));
      break;
    }
    *response.add_quotes() = domain::Present(kQuotes.FromRow(row), today);
  }
  return response;
}

}  // namespace staraction::engagement
