-- Self-diagnoses and practice checks: scores, answer sheets of several people, samples; measures that no
-- gap made; totals of companies to compare with.

alter table diagnosis
  add column edition text not null default '',
  add column score jsonb,
  add column sample jsonb,
  add column abandon_reason text not null default '';
alter table item_answer add column points integer;
alter table rule add column variable_values jsonb;

alter table measure
  add column source text not null default 'SOURCE_DIAGNOSIS',
  add column control text not null default '',
  add column control_title text not null default '',
  add column treatment text not null default '',
  drop constraint measure_gap_key;
-- What was dropped or done may come up again; what is open is there once.
create unique index measure_open_gap_key
  on measure (organization_id, engagement_id, diagnosis_id, item, kind)
  where state in ('STATE_PROPOSED', 'STATE_DECIDED');
create unique index measure_open_control_key on measure (organization_id, client_id, control)
  where control <> '' and state in ('STATE_PROPOSED', 'STATE_DECIDED');
create index measure_treatment_idx on measure (organization_id, client_id, treatment)
  where treatment <> '';

create table answer_sheet (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  diagnosis_id uuid not null,
  answer_sheet_id uuid not null,
  perspective text not null,
  site text not null,
  department text not null,
  member text not null,
  display_name text not null,
  state text not null,
  sampled boolean not null,
  answers jsonb,
  missing_items jsonb,
  answered_count integer not null,
  unknown_count integer not null,
  channel text not null,
  respondent text not null,
  effective_time timestamptz,
  submission_count integer not null,
  withdraw_reason text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint answer_sheet_pkey
    primary key (organization_id, engagement_id, diagnosis_id, answer_sheet_id),
  constraint answer_sheet_diagnosis_fkey foreign key (organization_id, engagement_id, diagnosis_id)
    references diagnosis (organization_id, engagement_id, diagnosis_id)
);
-- One sheet for each part of the company, and one for each member and perspective.
create unique index answer_sheet_part_key
  on answer_sheet (organization_id, engagement_id, diagnosis_id, perspective, site, department)
  where state <> 'STATE_WITHDRAWN'
    and perspective in ('PERSPECTIVE_COMPANY', 'PERSPECTIVE_SITE', 'PERSPECTIVE_DEPARTMENT');
create unique index answer_sheet_member_key
  on answer_sheet (organization_id, engagement_id, diagnosis_id, perspective, member)
  where state <> 'STATE_WITHDRAWN' and member <> ''
    and perspective in ('PERSPECTIVE_PRESIDENT', 'PERSPECTIVE_IT', 'PERSPECTIVE_STAFF');
create index answer_sheet_forms_idx on answer_sheet (organization_id, engagement_id, member)
  where member <> '';
call fence_table('answer_sheet', true);

-- Append-only.
create table sheet_submission (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  diagnosis_id uuid not null,
  answer_sheet_id uuid not null,
  sheet_submission_id uuid not null,
  answers jsonb,
  channel text not null,
  respondent text not null,
  effective_time timestamptz not null,
  second_factor boolean not null,
  reason text not null,
  recorded_by text not null,
  revision integer not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint sheet_submission_pkey primary key
    (organization_id, engagement_id, diagnosis_id, answer_sheet_id, sheet_submission_id),
  constraint sheet_submission_revision_key unique
    (organization_id, engagement_id, diagnosis_id, answer_sheet_id, revision),
  constraint sheet_submission_sheet_fkey
    foreign key (organization_id, engagement_id, diagnosis_id, answer_sheet_id)
    references answer_sheet (organization_id, engagement_id, diagnosis_id, answer_sheet_id)
);
call fence_table('sheet_submission', true, 'select, insert');

-- What a client was when its last self-diagnosis was concluded: who it is compared with.
create table client_profile (
  organization_id uuid not null,
  client_id uuid not null,
  industry text not null,
  people integer not null,
  update_time timestamptz not null,
  constraint client_profile_pkey primary key (organization_id, client_id)
);
call fence_table('client_profile', true);

-- Totals of an organization's clients, counted by a job; no group that is too small ever stands here, and
-- no client does. An empty industry or size means all.
create table peer_group (
  organization_id uuid not null,
  questionnaire_id text not null,
  industry text not null,
  size text not null,
  companies integer not null,
  mean double precision not null,
  standard_deviation double precision not null,
  compute_time timestamptz not null,
  constraint peer_group_pkey primary key (organization_id, questionnaire_id, industry, size)
);
call fence_table('peer_group', false, 'select');
call open_to_jobs('peer_group', 'select, insert, delete');
call open_to_jobs('diagnosis', 'select');
call open_to_jobs('client_profile', 'select');
