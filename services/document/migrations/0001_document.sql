-- Documents, their revisions, and what was rendered of them. The rendered bytes are blobs with the
-- rendering's id.

create table document (
  organization_id uuid not null,
  client_id uuid not null,
  document_id uuid not null,
  template_id text not null,
  subject text not null,
  title text not null,
  kind text not null,
  engagement_id uuid not null,
  latest_revision_id uuid not null,
  revision_count integer not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint document_pkey primary key (organization_id, client_id, document_id),
  constraint document_subject_key unique (organization_id, client_id, template_id, subject)
);
call fence_table('document', true);

-- Never changed.
create table revision (
  organization_id uuid not null,
  client_id uuid not null,
  document_id uuid not null,
  revision_id uuid not null,
  number integer not null,
  state text not null,
  pack text not null,
  document jsonb not null,
  field_values jsonb,
  unresolved_fields jsonb,
  creator text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint revision_pkey primary key (organization_id, client_id, document_id, revision_id),
  constraint revision_number_key unique (organization_id, client_id, document_id, number),
  constraint revision_document_fkey foreign key (organization_id, client_id, document_id)
    references document (organization_id, client_id, document_id)
);
call fence_table('revision', true, 'select, insert');

create table rendering (
  organization_id uuid not null,
  client_id uuid not null,
  document_id uuid not null,
  revision_id uuid not null,
  rendering_id uuid not null,
  member_id uuid,
  media_type text not null,
  size integer not null,
  sha256 text not null,
  page_count integer not null,
  missing_glyphs jsonb,
  creator text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint rendering_pkey
    primary key (organization_id, client_id, document_id, revision_id, rendering_id),
  constraint rendering_member_key unique nulls not distinct
    (organization_id, client_id, document_id, revision_id, member_id),
  constraint rendering_revision_fkey
    foreign key (organization_id, client_id, document_id, revision_id)
    references revision (organization_id, client_id, document_id, revision_id),
  constraint rendering_blob_fkey foreign key (organization_id, client_id, rendering_id)
    references blob (organization_id, client_id, blob_id)
);
call fence_table('rendering', true, 'select, insert');
