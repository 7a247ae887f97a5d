-- Revisions are edited, submitted, approved, published, withdrawn. Their content stays as it was
-- generated: the service may change nothing of a revision but where it is in its life.

alter table document
  add column approved_revision_id uuid,
  add column approved_number integer not null default 0,
  add column establish_date date;

alter table revision
  add column digest text not null default '',
  add column edits jsonb,
  add column variables jsonb,
  add column approver_display_name text not null default '',
  add column approve_date date,
  add column publish_date date,
  add column update_time timestamptz;
do $$ begin
  execute format('grant update (state, approver_display_name, approve_date, publish_date, '
                 'update_time, version) on revision to %I', 'staraction_' || current_schema());
end $$;

-- What was done with revisions. Never changed. A scan's bytes are the blob with the act's id.
create table revision_act (
  organization_id uuid not null,
  client_id uuid not null,
  document_id uuid not null,
  revision_id uuid not null,
  revision_act_id uuid not null,
  state text not null,
  person text not null,
  person_display_name text not null,
  effective_date date,
  channel text not null,
  note text not null,
  digest text not null,
  scan jsonb,
  recorded_by text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint revision_act_pkey
    primary key (organization_id, client_id, document_id, revision_id, revision_act_id),
  constraint revision_act_revision_fkey
    foreign key (organization_id, client_id, document_id, revision_id)
    references revision (organization_id, client_id, document_id, revision_id)
);
call fence_table('revision_act', true, 'select, insert');

-- Pages show the revision's state, and there are more formats than PDF.
alter table rendering add column state text not null default 'STATE_DRAFT';
alter table rendering drop constraint rendering_member_key;
alter table rendering add constraint rendering_member_key unique nulls not distinct
  (organization_id, client_id, document_id, revision_id, member_id, media_type, state);
