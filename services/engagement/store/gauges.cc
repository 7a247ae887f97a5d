#include "services/engagement/store/gauges.h"

namespace staraction::engagement {
namespace {

using pg::Statement;

// Clients that were deleted are left out everywhere but in the deliveries, which were made.

const Statement kEngagements("gauge_engagements", R"(
  select star::text as star, lower(substr(state, 7)) as state, pilot::text as pilot,
         count(*) as value
  from engagement join client c using (organization_id, client_id)
  where delete_time is null group by star, state, pilot)",
                             Statement::Role::kJobs);

// The star's official criteria: all of them, half or more, some, none; unknown before the first
// look.
const Statement kReadiness("gauge_readiness", R"(
  select star::text as star, met, count(*) as value
  from engagement join client c using (organization_id, client_id) cross join lateral (
    select (readiness->>'official_total')::integer as total,
           coalesce((readiness->>'official_met')::integer, 0) as met_count) r
  cross join lateral (
    select case when total is null then 'unknown' when met_count >= total then 'all'
                when 2 * met_count >= total then 'half' when met_count > 0 then 'some'
                else 'none' end as met) m
  where delete_time is null and not pilot and state in ('STATE_CONTRACTED', 'STATE_ACTIVE')
  group by star, met)",
                           Statement::Role::kJobs);

const Statement kOverdue("gauge_engagements_overdue", R"(
  select star::text as star,
         count(*) filter (where next_due_date < ($1::timestamptz at time zone 'Asia/Tokyo')::date) as value
  from engagement join client c using (organization_id, client_id)
  where delete_time is null and not pilot and state not in ('STATE_CLOSED', 'STATE_CANCELLED')
  group by star)",
                         Statement::Role::kJobs);

const Statement kDaysLeft("gauge_days_left", R"(
  select star::text as star, days_left, count(*) as value
  from engagement join client c using (organization_id, client_id) cross join lateral (
    select due_date - ($1::timestamptz at time zone 'Asia/Tokyo')::date as days) d
  cross join lateral (
    select case when days < 0 then 'none' when days <= 30 then '0-30' when days <= 90 then '31-90'
                else 'over-90' end as days_left) l
  where delete_time is null and not pilot and state in ('STATE_CONTRACTED', 'STATE_ACTIVE')
  group by star, days_left)",
                          Statement::Role::kJobs);

// From the first day of the work to the day on which the client declared; without pilots.
const Statement kDeclarationTime("gauge_declaration_time", R"(
  select star, statistic, value
  from (
    select e.star::text as star, avg(d.seconds) as mean,
           percentile_cont(0.5) within group (order by d.seconds) as median,
           percentile_cont(0.9) within group (order by d.seconds) as p90
    from engagement e
    join client c on c.organization_id = e.organization_id and c.client_id = e.client_id
    join (select organization_id, engagement_id, min(effective_date) as day
          from engagement_transition where to_state = 'STATE_DECLARED' group by 1, 2) t
      on t.organization_id = e.organization_id and t.engagement_id = e.engagement_id
    cross join lateral (select (t.day - e.start_date) * 86400.0 as seconds) d
    where c.delete_time is null and not e.pilot
    group by e.star) s
  cross join lateral (values ('mean', mean), ('median', median), ('p90', p90)) v (statistic, value))",
                                 Statement::Role::kJobs);

const Statement kDueItems("gauge_due_items", R"(
  select items.kind,
         count(*) filter (where day < ($1::timestamptz at time zone 'Asia/Tokyo')::date) as value
  from (
    select 'task' as kind, organization_id, client_id, due_date as day from task
    where state = 'STATE_OPEN'
    union all select 'activity', organization_id, client_id, due_date from activity
              where state = 'STATE_PLANNED'
    union all select 'finding', organization_id, client_id, due_date from finding
              where state = 'STATE_DECIDED'
    union all select 'rule_exception', organization_id, client_id, expire_date from rule_exception
              where state = 'STATE_APPROVED') items
  join client c using (organization_id, client_id)
  where delete_time is null
  group by items.kind)",
                          Statement::Role::kJobs);

// With a 0 for each way and state of which there is none: a number that appears from nowhere has
// not risen.
const Statement kDeliveries("gauge_deliveries", R"(
  select lower(substr(channel, 18)) as channel, lower(substr(state, 7)) as state, sum(n) as value
  from (
    select channel, state, count(*) as n from delivery group by channel, state
    union all
    select 'DELIVERY_CHANNEL_' || channel, 'STATE_' || state, 0
    from (values ('MAIL'), ('PRINT'), ('TELEPHONE')) channels (channel)
    cross join (values ('WAITING'), ('SENDING'), ('SENT'), ('PRINTED'), ('REACHED'), ('NOT_REACHED'),
                       ('BOUNCED'), ('FAILED'), ('IN_DOUBT'), ('CANCELLED')) states (state)) d
  group by channel, state)",
                            Statement::Role::kJobs);

const Statement kClients("gauge_clients", R"(
  select lower(substr(kind, 13)) as kind, count(*) as value
  from client where delete_time is null group by kind)",
                         Statement::Role::kJobs);

const Statement kFactsBehind("gauge_facts_behind", R"(
  select service as source, count(*) filter (where announced_version > s.version) as value
  from fact_sheet s join client c using (organization_id, client_id)
  where delete_time is null group by service)",
                             Statement::Role::kJobs);

const Statement kFactsBehindAge("gauge_facts_behind_age", R"(
  select service as source,
         greatest(0, coalesce(extract(epoch from $1::timestamptz - min(behind_since) filter (
           where announced_version > s.version)), 0)) as value
  from fact_sheet s join client c using (organization_id, client_id)
  where delete_time is null group by service)",
                                Statement::Role::kJobs);

// Means over the engagements that are worked at; those of which the share is not known don't count.
const Statement kTrainingCoverage("gauge_training_coverage", R"(
  select star::text as star, avg((figures->>'training.coverage')::double precision) as value
  from engagement join client c using (organization_id, client_id)
  where delete_time is null and state = 'STATE_ACTIVE' and not pilot group by star)",
                                  Statement::Role::kJobs);

const Statement kPledgeCoverage("gauge_pledge_coverage", R"(
  select star::text as star, avg((figures->>'pledge.coverage')::double precision) as value
  from engagement join client c using (organization_id, client_id)
  where delete_time is null and state = 'STATE_ACTIVE' and not pilot group by star)",
                                Statement::Role::kJobs);

}  // namespace

void AddGauges(DatabaseGauges& gauges) {
  gauges.Add({"staraction_engagements",
              "Engagements by star and state; pilots apart.",
              {"star", "state", "pilot"},
              &kEngagements});
  gauges.Add({"staraction_engagements_by_readiness",
              "Engagements before their declaration, by how many of the official criteria are met; "
              "without pilots.",
              {"star", "met"},
              &kReadiness});
  gauges.Add({"staraction_engagements_overdue",
              "Engagements in which something is overdue; without pilots.",
              {"star"},
              &kOverdue});
  gauges.Add(
      {"staraction_engagements_by_days_left",
       "Engagements before their declaration, by the days left until they should be done; without "
       "pilots.",
       {"star", "days_left"},
       &kDaysLeft});
  gauges.Add({"staraction_declaration_time_seconds",
              "Time from the first day of the work to the declaration; without pilots.",
              {"star", "statistic"},
              &kDeclarationTime});
  gauges.Add({"staraction_due_items_overdue",
              "Tasks, activities, findings and exceptions whose day has passed.",
              {"kind"},
              &kDueItems});
  gauges.Add({"staraction_message_deliveries",
              "Messages to people by way and state.",
              {"channel", "state"},
              &kDeliveries});
  gauges.Add({"staraction_clients", "Client companies and bodies by kind.", {"kind"}, &kClients});
  gauges.Add({"staraction_fact_sheets_behind",
              "Clients whose facts of a service are older than announced.",
              {"source"},
              &kFactsBehind});
  gauges.Add(
      {"staraction_fact_sheets_behind_seconds",
       "How long the facts of a service have been older than announced, of the client that has "
       "waited longest.",
       {"source"},
       &kFactsBehindAge});
  gauges.Add(
      {"staraction_training_coverage_ratio",
       "Mean share of people that have completed the training, of active engagements without "
       "pilots.",
       {"star"},
       &kTrainingCoverage});
  gauges.Add(
      {"staraction_pledge_coverage_ratio",
       "Mean share of people that have pledged to keep the rules, of active engagements without "
       "pilots.",
       {"star"},
       &kPledgeCoverage});
}

}  // namespace staraction::engagement
