-- Questions of others with their threads, what was made public, and what comes after a declaration.

alter table declaration
  add column planned_date date,
  add column logos jsonb,
  add column changes jsonb;

create table inquiry (
  organization_id uuid not null,
  client_id uuid not null,
  inquiry_id uuid not null,
  source text not null,
  sender text not null,
  subject text not null,
  receive_date date not null,
  due_date date not null,
  owner text not null,
  engagement_id uuid,
  declaration_id uuid,
  state text not null,
  answer_date date,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint inquiry_pkey primary key (organization_id, client_id, inquiry_id),
  constraint inquiry_declaration_fkey foreign key (organization_id, client_id, declaration_id)
    references declaration (organization_id, client_id, declaration_id)
);
create index inquiry_open_idx on inquiry (organization_id, client_id, inquiry_id)
  where state = 'STATE_OPEN';
call fence_table('inquiry', true);

create table inquiry_entry (
  organization_id uuid not null,
  client_id uuid not null,
  inquiry_id uuid not null,
  event_id uuid not null,
  sequence bigint generated always as identity,
  kind text not null,
  text text not null,
  person text not null,
  actor text not null,
  record_time timestamptz not null,
  effective_date date not null,
  constraint inquiry_entry_pkey primary key (organization_id, event_id),
  constraint inquiry_entry_inquiry_fkey foreign key (organization_id, client_id, inquiry_id)
    references inquiry (organization_id, client_id, inquiry_id)
);
create index inquiry_entry_inquiry_idx
  on inquiry_entry (organization_id, client_id, inquiry_id, sequence);
call fence_table('inquiry_entry', true, 'select, insert');

create table publication (
  organization_id uuid not null,
  client_id uuid not null,
  publication_id uuid not null,
  kind text not null,
  engagement_id uuid,
  declaration_id uuid,
  medium text not null,
  url text not null,
  description text not null,
  publish_date date not null,
  text text not null,
  proof jsonb,
  proof_date date,
  state text not null,
  deviations jsonb,
  checks jsonb,
  withdrawal jsonb,
  recorded_by text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint publication_pkey primary key (organization_id, client_id, publication_id),
  constraint publication_declaration_fkey foreign key (organization_id, client_id, declaration_id)
    references declaration (organization_id, client_id, declaration_id)
);
call fence_table('publication', true);
