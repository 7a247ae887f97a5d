-- The ledger of information assets, its frozen copies, and the register of devices, software and services.

-- Without a row the content's usual scale holds.
create table ledger (
  organization_id uuid not null,
  client_id uuid not null,
  value_scale text not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint ledger_pkey primary key (organization_id, client_id)
);
call fence_table('ledger', true);

create table asset (
  organization_id uuid not null,
  client_id uuid not null,
  asset_id uuid not null,
  business text not null,
  display_name text not null,
  note text not null,
  users text not null,
  department text not null,
  medium text not null,
  flags jsonb,
  confidentiality text not null,
  integrity text not null,
  availability text not null,
  liability boolean not null,
  liability_reason text not null,
  persons bigint,
  retention text not null,
  register_date date,
  review_date date,
  backup text not null,
  site_id uuid,
  profile jsonb,
  source_id text not null,
  importance_level text not null,
  importance_rank integer not null,
  template_entry text not null,
  dismissed_hints jsonb,
  search_text text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint asset_pkey primary key (organization_id, client_id, asset_id),
  constraint asset_entry_key
    unique (organization_id, client_id, business, display_name, medium, department)
);
create unique index asset_source_key on asset (organization_id, client_id, source_id)
  where source_id <> '';
create index asset_importance_idx
  on asset (organization_id, client_id, importance_rank, (-coalesce(persons, 0)), asset_id);
call fence_table('asset', true, 'select, insert, update, delete');

-- Append-only.
create table asset_snapshot (
  organization_id uuid not null,
  client_id uuid not null,
  asset_snapshot_id uuid not null,
  note text not null,
  value_scale text not null,
  edition text not null,
  pack text not null,
  entry_count integer not null,
  importance_counts jsonb,
  personal_count integer not null,
  recorded_by text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint asset_snapshot_pkey primary key (organization_id, client_id, asset_snapshot_id)
);
call fence_table('asset_snapshot', true, 'select, insert');

-- Append-only. Everything that the entry said, with its numbers.
create table snapshot_asset (
  organization_id uuid not null,
  client_id uuid not null,
  asset_snapshot_id uuid not null,
  snapshot_asset_id uuid not null,
  asset jsonb not null,
  version bigint not null default 1,
  constraint snapshot_asset_pkey
    primary key (organization_id, client_id, asset_snapshot_id, snapshot_asset_id),
  constraint snapshot_asset_snapshot_fkey foreign key (organization_id, client_id, asset_snapshot_id)
    references asset_snapshot (organization_id, client_id, asset_snapshot_id)
);
call fence_table('snapshot_asset', true, 'select, insert');

create table system (
  organization_id uuid not null,
  client_id uuid not null,
  system_id uuid not null,
  kind text not null,
  display_name text not null,
  maker text not null,
  model text not null,
  software_version text not null,
  serial text not null,
  quantity integer not null,
  department text not null,
  used_by text not null,
  place text not null,
  purpose text not null,
  start_date date,
  support_end_date date,
  external boolean not null,
  note text not null,
  assets jsonb,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint system_pkey primary key (organization_id, client_id, system_id),
  constraint system_entry_key unique (organization_id, client_id, kind, display_name, serial)
);
call fence_table('system', true, 'select, insert, update, delete');
