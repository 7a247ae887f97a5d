-- What the facts say of an engagement in numbers, by fact code, as of the last evaluation: for
-- reports and gauges, which ask for many engagements at once.
alter table engagement add column figures jsonb not null default '{}';

-- What the gauges of store/gauges.cc count.
call open_to_counting('engagement',
                      'organization_id, engagement_id, star, state, pilot, readiness, start_date, due_date, next_due_date, figures');
call open_to_counting('engagement_transition',
                      'organization_id, engagement_id, to_state, effective_date');
call open_to_counting('task', 'state, due_date');
call open_to_counting('activity', 'state, due_date');
call open_to_counting('finding', 'state, due_date');
call open_to_counting('rule_exception', 'state, expire_date');
call open_to_counting('delivery', 'channel, state');
call open_to_counting('client', 'kind, delete_time');
call open_to_counting('fact_sheet', 'service, version, announced_version');

-- What reporting tools read (deploy/postgresql/REPORTING.md).
call open_to_reporting('client',
                       'client_id, legal_name, kind, industry, employee_count, create_time, '
                       'delete_time');
call open_to_reporting('engagement',
                       'client_id, engagement_id, offering_id, star, state, pilot, '
                       'start_date, due_date, next_due_date, readiness, figures');
call open_to_reporting('engagement_transition', 'engagement_id, to_state, effective_date');
call open_to_reporting('task', 'engagement_id, step, side, state, due_date, complete_time');
call open_to_reporting('effort_entry', 'engagement_id, work_date, step, minutes');

create view report_client with (security_invoker = true) as
  select organization_id, client_id, legal_name as client_name, kind, industry, employee_count,
         create_time
  from client where delete_time is null;

create view report_engagement with (security_invoker = true) as
  select e.organization_id, e.engagement_id, e.client_id, e.offering_id as offering, e.star, e.state,
         e.pilot, e.start_date, e.due_date, e.next_due_date,
         (select min(t.effective_date) from engagement_transition t
          where t.organization_id = e.organization_id and t.engagement_id = e.engagement_id
            and t.to_state = 'STATE_DECLARED') as declare_date,
         coalesce((e.readiness->>'official_met')::integer, 0) as official_met,
         coalesce((e.readiness->>'official_total')::integer, 0) as official_total,
         coalesce((e.readiness->>'deliverable_met')::integer, 0) as deliverable_met,
         coalesce((e.readiness->>'deliverable_total')::integer, 0) as deliverable_total,
         (e.figures->>'training.coverage')::double precision as training_coverage,
         (e.figures->>'pledge.coverage')::double precision as pledge_coverage,
         (e.figures->>'self_diagnosis.score_before')::double precision as score_before,
         (e.figures->>'self_diagnosis.score')::double precision as score,
         (e.figures->>'check.gaps_before')::double precision as gaps_before,
         (e.figures->>'check.gaps_after')::double precision as gaps_after,
         (e.figures->>'risk.high_before')::double precision as high_risks_before,
         (e.figures->>'risk.high_after')::double precision as high_risks_after
  from engagement e;

create view report_task with (security_invoker = true) as
  select organization_id, engagement_id, step, side, state, due_date, complete_time from task;

create view report_effort with (security_invoker = true) as
  select organization_id, engagement_id, work_date, step, sum(minutes) as minutes
  from effort_entry group by organization_id, engagement_id, work_date, step;

grant select on report_client, report_engagement, report_task, report_effort to staraction_reporting;
