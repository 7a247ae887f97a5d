-- Roles of StarAction, made by the database's administrator (a superuser), before the first installation and
-- again before each upgrade:
--   psql -v ON_ERROR_STOP=1 -d staraction -f bootstrap.sql
-- Safe to repeat. Passwords or certificates are the administrator's business (alter role … password).
--
-- staraction_owner      owns the schemas, cannot log in
-- staraction_migrator   runs migrations as the owner
-- staraction_<service>       the service: sees the rows of the organization and clients it names
-- staraction_<service>_jobs  its background jobs: sees the job tables of all organizations
-- staraction_reporting  what reporting tools' logins are members of: reads the views of REPORTING.md, cannot log in
do $$
declare
  service text;
  login text;
begin
  if not exists (select from pg_roles where rolname = 'staraction_owner') then
    create role staraction_owner nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'staraction_migrator') then
    create role staraction_migrator login;
  end if;
  if not exists (select from pg_roles where rolname = 'staraction_reporting') then
    create role staraction_reporting nologin;
  end if;
  grant staraction_owner to staraction_migrator;
  execute format('grant create, connect on database %I to staraction_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to staraction_migrator, staraction_reporting',
                 current_database());

  foreach service in array array['engagement', 'training', 'diagnosis', 'asset', 'risk', 'document',
                                 'declaration'] loop
    foreach login in array array['staraction_' || service, 'staraction_' || service || '_jobs'] loop
      if not exists (select from pg_roles where rolname = login) then
        execute format('create role %I login', login);
      end if;
      execute format('grant connect on database %I to %I', current_database(), login);
      execute format('alter role %I set search_path = %I', login, service);
      -- Constraint names are read from messages: they must be in one language.
      execute format('alter role %I set lc_messages = ''C''', login);
      execute format('alter role %I set idle_in_transaction_session_timeout = ''30s''', login);
      execute format('alter role %I set lock_timeout = ''5s''', login);
    end loop;
  end loop;
end $$;
revoke create on schema public from public;

-- Which organization a reporting tool's login reads. The login is the session's, which no setting and no
-- SET ROLE changes; only the administrator writes the table.
create schema if not exists reporting authorization staraction_owner;
create table if not exists reporting.login (
  login name not null,
  organization_id uuid not null,
  constraint login_pkey primary key (login, organization_id)
);
alter table reporting.login owner to staraction_owner;
create or replace function reporting.organizations() returns uuid[]
language sql stable security definer set search_path = reporting, pg_temp as
  $$ select coalesce(array_agg(l.organization_id), '{}') from reporting.login l where l.login = session_user $$;
alter function reporting.organizations() owner to staraction_owner;
revoke all on function reporting.organizations() from public;
grant usage on schema reporting to staraction_reporting;
grant execute on function reporting.organizations() to staraction_reporting;
