-- keeps: programs of before write neither sequence nor hash, and all columns that they write stay granted.
-- Audit entries of an organization form a chain (common/audit): the sealer gives each a number without gaps
-- and a hash over itself and the entry before. Writing an entry stays a plain insert.
alter table audit_entry
  add column sequence bigint,
  add column hash bytea,
  add constraint audit_entry_sealed_check check ((sequence is null) = (hash is null)),
  add constraint audit_entry_sequence_key unique (organization_id, sequence);
create index audit_entry_unsealed_idx on audit_entry (organization_id, create_time)
  where sequence is null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is never changed once it is sealed', tg_table_name;
end $$;
create trigger audit_entry_sealed before update on audit_entry
  for each row when (old.sequence is not null) execute function refuse_change();

-- The service adds entries and seals none; its jobs seal and add none.
do $$ begin
  execute format('revoke insert on audit_entry from %I', 'staraction_' || current_schema());
  execute format('grant insert (organization_id, client_id, audit_entry_id, create_time, actor, '
                 'method, resource, trace_id, digest, correlation_id) on audit_entry to %I',
                 'staraction_' || current_schema());
end $$;
call open_to_jobs('audit_entry', 'select, update (sequence, hash)');

-- The last sealed entry of each organization, and the last one whose hash was written down outside the
-- database. Its row is the lock under which the organization's entries are sealed.
create table audit_chain (
  organization_id uuid not null,
  sequence bigint not null,
  hash bytea not null,
  seal_time timestamptz not null,
  anchor_sequence bigint not null,
  anchor_time timestamptz,
  constraint audit_chain_pkey primary key (organization_id)
);
create index audit_chain_unanchored_idx on audit_chain (organization_id)
  where sequence > anchor_sequence;
call fence_table('audit_chain', false, 'select');
call open_to_jobs('audit_chain', 'select, insert, update');
