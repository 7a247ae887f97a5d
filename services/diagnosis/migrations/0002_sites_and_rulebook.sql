-- Answers by site with how they were seen, files that show it, measures with kind and cost, repeated
-- diagnoses, and the rulebook as a whole.

alter table diagnosis
  add column base text not null default '',
  add column not_used_count integer not null default 0,
  add column unknown_count integer not null default 0,
  add column seen_count integer not null default 0;

-- `site` held a place as the company calls it; from now on it is a resource name.
alter table item_answer
  add column site_display_name text not null default '',
  add column decision_reason text not null default '',
  add column method text not null default 'CHECK_METHOD_UNSPECIFIED',
  add column check_date date,
  add column evidence_id uuid,
  add column carried boolean not null default false,
  drop constraint item_answer_revision_key,
  add constraint item_answer_revision_key
    unique (organization_id, engagement_id, diagnosis_id, item, site, revision);

-- Append-only. The bytes are in blob, under the same id.
create table evidence_file (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  diagnosis_id uuid not null,
  evidence_file_id uuid not null,
  display_name text not null,
  media_type text not null,
  effective_date date not null,
  size bigint not null,
  sha256 text not null,
  recorded_by text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint evidence_file_pkey
    primary key (organization_id, engagement_id, diagnosis_id, evidence_file_id),
  constraint evidence_file_diagnosis_fkey
    foreign key (organization_id, engagement_id, diagnosis_id)
    references diagnosis (organization_id, engagement_id, diagnosis_id),
  constraint evidence_file_blob_fkey foreign key (organization_id, client_id, evidence_file_id)
    references blob (organization_id, client_id, blob_id)
);
call fence_table('evidence_file', true, 'select, insert');

alter table item_answer add constraint item_answer_evidence_fkey
  foreign key (organization_id, engagement_id, diagnosis_id, evidence_id)
  references evidence_file (organization_id, engagement_id, diagnosis_id, evidence_file_id);

-- Columns filled from others are rewritten by a change of their type: an update would see no rows
-- through the fence.
alter table measure
  add column kind text not null default 'KIND_REMEDY',
  add column priority integer not null default 2,
  add column sites jsonb,
  add column latest_diagnosis text not null default '',
  add column latest_engagement_id uuid,
  add column latest_diagnosis_id uuid,
  add column proposed_short_text text not null default '',
  add column found_answer text not null default 'ANSWER_UNSPECIFIED',
  drop constraint measure_gap_key,
  add constraint measure_gap_key
    unique (organization_id, engagement_id, diagnosis_id, item, kind);
alter table measure
  alter column latest_diagnosis type text using diagnosis,
  alter column latest_engagement_id type uuid using engagement_id,
  alter column latest_diagnosis_id type uuid using diagnosis_id,
  alter column cost_class type text using case cost_class
    when 'COST_CLASS_NONE' then 'FREE'
    when 'COST_CLASS_SMALL' then 'UP_TO_50K'
    when 'COST_CLASS_MEDIUM' then 'UP_TO_300K'
    when 'COST_CLASS_LARGE' then 'OVER_300K'
    else '' end;
create index measure_latest_idx
  on measure (organization_id, latest_engagement_id, latest_diagnosis_id);

alter table measure_act
  add column method text not null default 'CHECK_METHOD_UNSPECIFIED';
alter table rule add column short_text text not null default '';
alter table rule_version add column short_text text not null default '';

-- Append-only.
create table rulebook_version (
  organization_id uuid not null,
  client_id uuid not null,
  rulebook_version_id uuid not null,
  number integer not null,
  effective_date date not null,
  approver text not null,
  approver_display_name text not null,
  approve_date date not null,
  rule_list text not null,
  note text not null,
  channel text not null,
  sections jsonb not null,
  rule_count integer not null,
  changes jsonb,
  recorded_by text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint rulebook_version_pkey primary key (organization_id, client_id, rulebook_version_id),
  constraint rulebook_version_number_key unique (organization_id, client_id, number)
);
call fence_table('rulebook_version', true, 'select, insert');
