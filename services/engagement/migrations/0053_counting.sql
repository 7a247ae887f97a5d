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
