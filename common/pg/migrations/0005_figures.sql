-- Figures for gauges and for reporting tools: rights on single columns, never on a whole table.

-- Opens columns for the jobs' role, across organizations, to be counted.
create procedure open_to_counting(target text, columns text) language plpgsql as $$
begin
  execute format('create policy %I on %I for select to %I using (true)', target || '_counting',
                 target, 'staraction_' || current_schema() || '_jobs');
  execute format('grant select (%s) on %I to %I', columns, target,
                 'staraction_' || current_schema() || '_jobs');
end $$;

-- Opens columns for the views that reporting tools read, within the organization of the login. The
-- views are made with security_invoker, so that these rights and this policy hold behind them.
create procedure open_to_reporting(target text, columns text) language plpgsql as $$
begin
  execute format('create policy %I on %I for select to staraction_reporting using '
                 '(organization_id = any ((select reporting.organizations())::uuid[]))',
                 target || '_reporting', target);
  execute format('grant select (organization_id, %s) on %I to staraction_reporting', columns,
                 target);
end $$;

do $$ begin
  if not exists (select from pg_roles where rolname = 'staraction_reporting')
     or to_regproc('reporting.organizations') is null then
    raise exception 'the role staraction_reporting is missing: run deploy/postgresql/bootstrap.sql first';
  end if;
  execute format('grant usage on schema %I to staraction_reporting', current_schema());
end $$;
