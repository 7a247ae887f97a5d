-- Pledges to keep policy and regulations, looks at published pages, and one declaration after another.

alter table campaign
  add column subject text not null default 'SUBJECT_RULES',
  add column documents jsonb,
  add column outdated_time timestamptz;

alter table declaration
  add column upgrades_id uuid,
  add column basis jsonb,
  add constraint declaration_upgrades_fkey foreign key (organization_id, client_id, upgrades_id)
    references declaration (organization_id, client_id, declaration_id);

alter table publication
  add column revision text not null default '',
  add column revision_digest text not null default '';

create table page_check (
  organization_id uuid not null,
  client_id uuid not null,
  publication_id uuid not null,
  page_check_id uuid not null,
  status text not null,
  cause text not null,
  summary text not null,
  similarity double precision not null,
  differences jsonb,
  revision text not null,
  revision_digest text not null,
  url text not null,
  http_status integer not null,
  charset text not null,
  page_sha256 text not null,
  actor text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint page_check_pkey primary key (organization_id, client_id, publication_id, page_check_id),
  constraint page_check_publication_fkey foreign key (organization_id, client_id, publication_id)
    references publication (organization_id, client_id, publication_id)
);
call fence_table('page_check', true, 'select, insert');
