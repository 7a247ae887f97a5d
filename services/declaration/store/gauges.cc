#include "services/declaration/store/gauges.h"

namespace staraction::declaration {
namespace {

using pg::Statement;

const Statement kDeclarations("gauge_declarations", R"(
  select star::text as star, lower(substr(state, 7)) as state, count(*) as value
  from declaration group by star, state)",
                              Statement::Role::kJobs);

// Of campaigns that are open.
const Statement kPledges("gauge_pledges", R"(
  select lower(substr(c.subject, 9)) as subject, result as state, count(*) as value
  from pledge p join campaign c using (organization_id, engagement_id, campaign_id)
  cross join lateral (
    select case when p.exempt then 'exempt' else lower(substr(p.state, 7)) end
             as result) r
  where c.state = 'STATE_OPEN'
  group by c.subject, result)",
                         Statement::Role::kJobs);

const Statement kInquiries("gauge_inquiries", R"(
  select lower(substr(state, 7)) as state, count(*) as value from inquiry group by state)",
                           Statement::Role::kJobs);

const Statement kInquiriesOverdue("gauge_inquiries_overdue", R"(
  select count(*) as value from inquiry
  where state = 'STATE_OPEN' and due_date < ($1::timestamptz at time zone 'Asia/Tokyo')::date
    and (organization_id, client_id) not in (select organization_id, client_id from erased_client))",
                                  Statement::Role::kJobs);

// What the last look at the page said. Nobody can put right what an erased client left.
const Statement kPublications("gauge_publications", R"(
  select lower(substr(p.kind, 6)) as kind, lower(substr(p.state, 7)) as state,
         lower(coalesce(substr(l.status, 8), 'never')) as page, count(*) as value
  from publication p
  left join lateral (
    select status from page_check k
    where k.organization_id = p.organization_id and k.client_id = p.client_id
      and k.publication_id = p.publication_id
    order by page_check_id desc limit 1) l on true
  where (p.organization_id, p.client_id) not in (
    select organization_id, client_id from erased_client)
  group by 1, 2, 3)",
                              Statement::Role::kJobs);

}  // namespace

void AddGauges(DatabaseGauges& gauges) {
  gauges.Add({"staraction_declarations",
              "Declarations by star and state.",
              {"star", "state"},
              &kDeclarations});
  gauges.Add({"staraction_pledges",
              "Pledges of open campaigns by subject and state.",
              {"subject", "state"},
              &kPledges});
  gauges.Add({"staraction_inquiries", "Inquiries by state.", {"state"}, &kInquiries});
  gauges.Add({"staraction_inquiries_overdue",
              "Open inquiries whose day has passed.",
              {},
              &kInquiriesOverdue});
  gauges.Add({"staraction_publications",
              "Publications by kind and state, and what the last look at the page said.",
              {"kind", "state", "page"},
              &kPublications});
}

}  // namespace staraction::declaration
