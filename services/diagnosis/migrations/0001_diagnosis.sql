-- Diagnoses with their answers, measures with what was done with them, and the rulebook.

create table diagnosis (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  diagnosis_id uuid not null,
  questionnaire_id text not null,
  kind text not null,
  pack text not null,
  state text not null,
  item_count integer not null,
  answered_count integer not null,
  gap_count integer not null,
  concluded_by text not null,
  conclude_time timestamptz,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint diagnosis_pkey primary key (organization_id, engagement_id, diagnosis_id)
);
create unique index diagnosis_open_key
  on diagnosis (organization_id, engagement_id, questionnaire_id) where state = 'STATE_OPEN';
create index diagnosis_client_idx on diagnosis (organization_id, client_id);
call fence_table('diagnosis', true);

-- Append-only: the answer of the highest revision is the present one.
create table item_answer (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  diagnosis_id uuid not null,
  item_answer_id uuid not null,
  item text not null,
  answer text not null,
  note text not null,
  site text not null,
  confidence text not null,
  channel text not null,
  respondent text not null,
  effective_time timestamptz not null,
  recorded_by text not null,
  gap boolean not null,
  revision bigint not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint item_answer_pkey
    primary key (organization_id, engagement_id, diagnosis_id, item_answer_id),
  constraint item_answer_revision_key
    unique (organization_id, engagement_id, diagnosis_id, item, revision),
  constraint item_answer_diagnosis_fkey foreign key (organization_id, engagement_id, diagnosis_id)
    references diagnosis (organization_id, engagement_id, diagnosis_id)
);
call fence_table('item_answer', true, 'select, insert');

create table measure (
  organization_id uuid not null,
  client_id uuid not null,
  measure_id uuid not null,
  text text not null,
  diagnosis text not null,
  engagement_id uuid,
  diagnosis_id uuid,
  item text not null,
  rule_code text not null,
  proposed_rule_text text not null,
  owner text not null,
  owner_display_name text not null,
  due_date date,
  cost_class text not null,
  state text not null,
  rule_id uuid,
  pack text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint measure_pkey primary key (organization_id, client_id, measure_id),
  constraint measure_gap_key unique (organization_id, engagement_id, diagnosis_id, item),
  constraint measure_diagnosis_fkey foreign key (organization_id, engagement_id, diagnosis_id)
    references diagnosis (organization_id, engagement_id, diagnosis_id)
);
call fence_table('measure', true);

-- Append-only.
create table measure_act (
  organization_id uuid not null,
  client_id uuid not null,
  measure_id uuid not null,
  measure_act_id uuid not null,
  action text not null,
  state text not null,
  text text not null,
  owner_display_name text not null,
  due_date date,
  note text not null,
  channel text not null,
  effective_time timestamptz not null,
  recorded_by text not null,
  revision bigint not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint measure_act_pkey primary key (organization_id, client_id, measure_id, measure_act_id),
  constraint measure_act_revision_key unique (organization_id, client_id, measure_id, revision),
  constraint measure_act_measure_fkey foreign key (organization_id, client_id, measure_id)
    references measure (organization_id, client_id, measure_id)
);
call fence_table('measure_act', true, 'select, insert');

create table rule (
  organization_id uuid not null,
  client_id uuid not null,
  rule_id uuid not null,
  text text not null,
  rule_code text not null,
  effective_date date not null,
  measure_id uuid,
  revision integer not null,
  state text not null,
  retire_reason text not null,
  retired_by text not null,
  retire_time timestamptz,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint rule_pkey primary key (organization_id, client_id, rule_id),
  constraint rule_measure_key unique (organization_id, client_id, measure_id),
  constraint rule_measure_fkey foreign key (organization_id, client_id, measure_id)
    references measure (organization_id, client_id, measure_id)
);
call fence_table('rule', true);

alter table measure add constraint measure_rule_fkey
  foreign key (organization_id, client_id, rule_id)
  references rule (organization_id, client_id, rule_id);

-- Append-only: every text that a rule had, the present one too.
create table rule_version (
  organization_id uuid not null,
  client_id uuid not null,
  rule_id uuid not null,
  rule_version_id uuid not null,
  revision integer not null,
  text text not null,
  effective_date date not null,
  change_reason text not null,
  recorded_by text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint rule_version_pkey primary key (organization_id, client_id, rule_id, rule_version_id),
  constraint rule_version_revision_key unique (organization_id, client_id, rule_id, revision),
  constraint rule_version_rule_fkey foreign key (organization_id, client_id, rule_id)
    references rule (organization_id, client_id, rule_id)
);
call fence_table('rule_version', true, 'select, insert');
