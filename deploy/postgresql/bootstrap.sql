-- Roles of StarAction, made once by the database's administrator (a superuser):
--   psql -d staraction -f bootstrap.sql
-- Safe to repeat. Passwords or certificates are the administrator's business (alter role … password).
--
-- staraction_owner      owns the schemas, cannot log in
-- staraction_migrator   runs migrations as the owner
-- staraction_<service>       the service: sees the rows of the organization and clients it names
-- staraction_<service>_jobs  its background jobs: sees the job tables of all organizations
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
  grant staraction_owner to staraction_migrator;
  execute format('grant create, connect on database %I to staraction_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to staraction_migrator', current_database());

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
