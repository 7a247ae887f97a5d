-- keeps: the policy that is dropped and the function that is taken away are made here.
-- Erasing a client's personal data: erase_client() empties every text, jsonb and bytea column of every table that
-- has clients, but for those that `keep_text` says name nobody. So a new column is erased until somebody decided
-- otherwise, and tests/schema/personal_data.txt lists what is kept and what not. Numbers, days, ids stay.

-- Whom the stored answers and payloads are about; null in rows of before.
alter table request add column clients uuid[];
alter table audit_payload add column clients uuid[];

-- Columns that hold codes, names of resources, digests: nothing that a person typed.
create procedure keep_text(target text, columns text) language plpgsql as $$
declare
  kept text;
begin
  foreach kept in array string_to_array(columns, ' ') loop
    execute format('comment on column %I.%I is ''kept when a client is erased''', target, kept);
  end loop;
end $$;

-- Lets the schema's owner, as whom erase_client() runs, see a client's rows.
create procedure open_to_erasure(target text, rows_seen text default
    'client_id = any ((select app_clients())::uuid[])') language plpgsql as $$
begin
  execute format('create policy %I on %I to staraction_owner using '
                 '(organization_id = (select app_organization()) and %s)',
                 target || '_erasure', target, rows_seen);
end $$;

create function has_client(target regclass) returns boolean language sql stable as
  $$ select exists (select from pg_attribute
                    where attrelid = target and attname = 'client_id' and not attisdropped) $$;

-- As before, and open to erasure.
create or replace procedure fence_table(target text, client_fenced boolean,
                                        privileges text default 'select, insert, update')
language plpgsql as $$
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
  if has_client(target::regclass) then
    call open_to_erasure(target);
  end if;
end $$;

do $$
declare
  target text;
begin
  for target in select relname from pg_class where relnamespace = current_schema()::regnamespace
                  and relkind = 'r' and has_client(oid) loop
    call open_to_erasure(target);
  end loop;
end $$;
drop policy audit_payload_erasure on audit_payload;
call open_to_erasure('audit_payload',
                     '(client_id = any ((select app_clients())::uuid[]) or clients && (select app_clients()) '
                     'or (client_id is null and clients is null))');
call open_to_erasure('request', '(clients is null or clients && (select app_clients()))');

-- Clients that were erased here: what counts or is shared between clients leaves them out.
create table erased_client (
  organization_id uuid not null,
  client_id uuid not null,
  erase_time timestamptz not null,
  constraint erased_client_pkey primary key (organization_id, client_id)
);
call fence_table('erased_client', true, 'select');
call open_to_jobs('erased_client', 'select');
create policy erased_client_owner on erased_client for select to staraction_owner
  using (organization_id = (select app_organization()));

call keep_text('audit_entry', 'actor method resource trace_id correlation_id digest hash');
call keep_text('blob', 'sha256 media_type');
call keep_text('job', 'kind key');

-- What an erased value becomes: empty, of the same kind; another one where values must differ.
create function erased_value(target regclass, attribute pg_attribute) returns text
language sql stable as $$
  select case
    when attribute.atttypid = 'text'::regtype and exists (
        select from pg_index i where i.indrelid = target and i.indisunique
          and attribute.attnum = any (i.indkey::smallint[]))
      then format('case when %1$I = '''' then '''' else gen_random_uuid()::text end', attribute.attname)
    when attribute.atttypid = 'jsonb'::regtype
      then format('case jsonb_typeof(%1$I) when ''array'' then ''[]''::jsonb else ''{}'' end',
                  attribute.attname)
    else format('''''::%s', attribute.atttypid::regtype) end
$$;

-- The "column = value" of every column of a table that is erased; null if there is none.
create function erasing_assignments(target regclass) returns text language sql stable as $$
  select string_agg(format('%1$I = case when %1$I is not null then %2$s end', a.attname,
                           erased_value(target, a)), ', ' order by a.attnum)
  from pg_attribute a
  where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype)
    and coalesce(col_description(target, a.attnum), '') not like 'kept when a client is erased%'
$$;

-- What only this service knows how to erase; told until which day something must be kept by law.
create function erase_more(organization uuid, client uuid) returns date language sql as
  $$ select null::date $$;

create function erase_client(organization uuid, client uuid, out erased bigint, out keep_until date)
language plpgsql security definer set search_path from current as $$
declare
  target record;
  assignments text;
  changed bigint;
begin
  perform set_config('app.organization', organization::text, true),
          set_config('app.clients', client::text, true);
  erased := 0;
  for target in select c.oid, c.relname from pg_class c
                where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
                  and has_client(c.oid) and c.relname not in ('audit_payload', 'job')
                  and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'erased by erase_more%'
                order by c.relname loop
    assignments := erasing_assignments(target.oid);
    continue when assignments is null;
    execute format('update %I set %s where organization_id = $1 and client_id = $2', target.relname,
                   assignments) using organization, client;
    get diagnostics changed = row_count;
    erased := erased + changed;
  end loop;
  keep_until := erase_more(organization, client);
  -- With its salt gone, nobody can try out whether an entry's digest is that of a certain request.
  delete from audit_payload p where p.organization_id = organization
    and (p.client_id = client or client = any (p.clients) or (p.client_id is null and p.clients is null));
  update request r set response = null
  where r.organization_id = organization and (r.clients is null or client = any (r.clients));
  -- What was to be done for the client has nobody left to be done for.
  delete from job j where j.organization_id = organization and j.client_id = client
    and j.kind <> 'erase_client';
  insert into erased_client values (organization, client, now()) on conflict do nothing;
end $$;
revoke all on function erase_client(uuid, uuid) from public;
do $$ begin
  execute format('grant execute on function erase_client(uuid, uuid) to %I',
                 'staraction_' || current_schema() || '_jobs');
end $$;
