-- keeps: the policy that is dropped is made anew, for reporting tools alone.
-- Since when what is stored has been older than what its service announced; null: it is not.
alter table fact_sheet add column behind_since timestamptz;
-- What is behind already counts from now on. The owner has a fence of its own, so it is taken down for this.
alter table fact_sheet no force row level security;
update fact_sheet set behind_since = now() where announced_version > version;
alter table fact_sheet force row level security;

-- Deleted clients are left out of what is counted: it takes their ids (fact_sheet is open as a whole).
do $$
declare
  target text;
begin
  foreach target in array array['client', 'task', 'activity', 'finding', 'rule_exception'] loop
    execute format('grant select (organization_id, client_id) on %I to staraction_engagement_jobs', target);
  end loop;
end $$;
grant select (client_id) on engagement to staraction_engagement_jobs;

-- Reporting tools' logins may read the granted columns themselves: there, too, a deleted client is gone.
drop policy client_reporting on client;
create policy client_reporting on client for select to staraction_reporting
  using (delete_time is null and organization_id = any ((select reporting.organizations())::uuid[]));

-- Before the first evaluation nobody knows what is met: null, not 0. After it, what is left out of the JSON is 0.
create or replace view report_engagement with (security_invoker = true) as
  select e.organization_id, e.engagement_id, e.client_id, e.offering_id as offering, e.star, e.state,
         e.pilot, e.start_date, e.due_date, e.next_due_date,
         (select min(t.effective_date) from engagement_transition t
          where t.organization_id = e.organization_id and t.engagement_id = e.engagement_id
            and t.to_state = 'STATE_DECLARED') as declare_date,
         case when e.readiness is not null
              then coalesce((e.readiness->>'official_met')::integer, 0) end as official_met,
         case when e.readiness is not null
              then coalesce((e.readiness->>'official_total')::integer, 0) end as official_total,
         case when e.readiness is not null
              then coalesce((e.readiness->>'deliverable_met')::integer, 0) end as deliverable_met,
         case when e.readiness is not null
              then coalesce((e.readiness->>'deliverable_total')::integer, 0) end as deliverable_total,
         (e.figures->>'training.coverage')::double precision as training_coverage,
         (e.figures->>'pledge.coverage')::double precision as pledge_coverage,
         (e.figures->>'self_diagnosis.score_before')::double precision as score_before,
         (e.figures->>'self_diagnosis.score')::double precision as score,
         (e.figures->>'check.gaps_before')::double precision as gaps_before,
         (e.figures->>'check.gaps_after')::double precision as gaps_after,
         (e.figures->>'risk.high_before')::double precision as high_risks_before,
         (e.figures->>'risk.high_after')::double precision as high_risks_after
  from engagement e;
