-- What every service's schema has before the service's own tables.

-- The fence. Settings live in the transaction only; after the first use in a session an unset one
-- reads '' and not NULL.
create function app_organization() returns uuid language sql stable as
  $$ select nullif(current_setting('app.organization', true), '')::uuid $$;
create function app_clients() returns uuid[] language sql stable as
  $$ select string_to_array(nullif(current_setting('app.clients', true), ''), ',')::uuid[] $$;

-- Makes a table visible to the service, within the organization and (if client_fenced) the clients
-- that the transaction names. Every table passes here; a test finds one that did not.
create procedure fence_table(target text, client_fenced boolean,
                             privileges text default 'select, insert, update') language plpgsql as $$
declare
  rows_seen text := 'organization_id = (select app_organization())';
begin
  if client_fenced then
    rows_seen := rows_seen || ' and client_id = any ((select app_clients())::uuid[])';
  end if;
  execute format('alter table %I enable row level security', target);
  execute format('alter table %I force row level security', target);
  execute format('create policy %I on %I to %I using (%s) with check (%s)', target || '_fence',
                 target, 'staraction_' || current_schema(), rows_seen, rows_seen);
  execute format('grant %s on %I to %I', privileges, target, 'staraction_' || current_schema());
end $$;

-- Opens a table, for the jobs' role only, across organizations.
create procedure open_to_jobs(target text, privileges text) language plpgsql as $$
begin
  execute format('create policy %I on %I to %I using (true) with check (true)', target || '_jobs',
                 target, 'staraction_' || current_schema() || '_jobs');
  execute format('grant %s on %I to %I', privileges, target,
                 'staraction_' || current_schema() || '_jobs');
end $$;

-- First answers by request_id.
create table request (
  organization_id uuid not null,
  method text not null,
  request_id uuid not null,
  fingerprint bytea not null,
  response bytea,
  create_time timestamptz not null,
  constraint request_pkey primary key (organization_id, method, request_id)
);
create index request_create_time_idx on request (create_time);
call fence_table('request', false);
call open_to_jobs('request', 'select, delete');

-- Who did what. The entry holds only a salted digest of the request; the request itself lies apart
-- and can be erased without touching the entry.
create table audit_entry (
  organization_id uuid not null,
  client_id uuid,
  audit_entry_id uuid not null,
  create_time timestamptz not null,
  actor text not null,
  method text not null,
  resource text not null,
  trace_id text not null,
  digest bytea not null,
  constraint audit_entry_pkey primary key (organization_id, audit_entry_id)
);
create index audit_entry_client_idx on audit_entry (organization_id, client_id, create_time);
call fence_table('audit_entry', false, 'select, insert');

create table audit_payload (
  organization_id uuid not null,
  client_id uuid,
  audit_entry_id uuid not null,
  salt bytea not null,
  payload bytea not null,
  constraint audit_payload_pkey primary key (organization_id, audit_entry_id),
  constraint audit_payload_entry_fkey foreign key (organization_id, audit_entry_id)
    references audit_entry (organization_id, audit_entry_id)
);
call fence_table('audit_payload', false, 'select, insert');

-- Counts a client's changing transactions.
create table fact_version (
  organization_id uuid not null,
  client_id uuid not null,
  version bigint not null,
  constraint fact_version_pkey primary key (organization_id, client_id)
);
call fence_table('fact_version', true);
call open_to_jobs('fact_version', 'select');

-- Work to be done outside a call, once per (kind, key): the outbox is the kind 'announce'.
create table job (
  organization_id uuid not null,
  client_id uuid not null,
  kind text not null,
  key text not null,
  due_time timestamptz not null,
  lease_time timestamptz,
  attempts integer not null default 0,
  generation bigint not null default 1,
  create_time timestamptz not null,
  constraint job_pkey primary key (organization_id, client_id, kind, key)
);
create index job_due_idx on job (kind, due_time);
call fence_table('job', true);
call open_to_jobs('job', 'select, insert, update, delete');

-- Files: scans, uploads, renderings.
create table blob (
  organization_id uuid not null,
  client_id uuid not null,
  blob_id uuid not null,
  sha256 bytea not null,
  media_type text not null,
  size integer not null,
  effective_date date,
  create_time timestamptz not null,
  data bytea not null,
  constraint blob_pkey primary key (organization_id, client_id, blob_id),
  constraint blob_size_check check (size between 0 and 16777216)
);
call fence_table('blob', true, 'select, insert');
