-- States of threats and controls, analyses with a packed row an asset, and treatments.

-- Append-only: the row of the highest revision is the present state.
create table threat_state (
  organization_id uuid not null,
  client_id uuid not null,
  threat_state_id text not null,
  frequency integer not null,
  reason text not null,
  source text not null,
  confirmed boolean not null,
  pack text not null,
  channel text not null,
  effective_time timestamptz,
  recorded_by text not null,
  revision bigint not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint threat_state_pkey
    primary key (organization_id, client_id, threat_state_id, revision),
  constraint threat_state_frequency_check check (frequency between 1 and 3)
);
call fence_table('threat_state', true, 'select, insert');

-- Append-only: the row of the highest revision is the present state.
create table control_state (
  organization_id uuid not null,
  client_id uuid not null,
  control_state_id text not null,
  level text not null,
  reason text not null,
  source text not null,
  confirmed boolean not null,
  evidence jsonb,
  pack text not null,
  channel text not null,
  effective_time timestamptz,
  recorded_by text not null,
  revision bigint not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint control_state_pkey
    primary key (organization_id, client_id, control_state_id, revision)
);
call fence_table('control_state', true, 'select, insert');

-- Append-only.
create table analysis (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  analysis_id uuid not null,
  snapshot text not null,
  risk_model_id text not null,
  base text not null,
  note text not null,
  edition text not null,
  pack text not null,
  catalogue text not null,
  catalogue_pack text not null,
  asset_count integer not null,
  unconfirmed_threat_count integer not null,
  unconfirmed_control_count integer not null,
  stage_view jsonb,
  sheet_view jsonb,
  left_out jsonb,
  top_risks jsonb,
  change jsonb,
  threats jsonb,
  controls jsonb,
  recorded_by text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint analysis_pkey primary key (organization_id, engagement_id, analysis_id)
);
create index analysis_client_idx on analysis (organization_id, client_id);
call fence_table('analysis', true, 'select, insert');

-- Append-only: what an analysis was computed with, a staraction.risk.v1.FrozenModel.
create table analysis_model (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  analysis_id uuid not null,
  data bytea not null,
  constraint analysis_model_pkey primary key (organization_id, engagement_id, analysis_id),
  constraint analysis_model_analysis_fkey
    foreign key (organization_id, engagement_id, analysis_id)
    references analysis (organization_id, engagement_id, analysis_id)
);
call fence_table('analysis_model', true, 'select, insert');

-- Append-only: one packed row an asset; its scenarios follow from its table of the frozen model and
-- its importance. Positions are by risk, the largest first.
create table analysed_asset (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  analysis_id uuid not null,
  position integer not null,
  asset_id uuid not null,
  table_number smallint not null,
  importance smallint not null,
  max_value smallint not null,
  sheet_max_value smallint not null,
  persons bigint not null,
  display_name text not null,
  department text not null,
  constraint analysed_asset_pkey
    primary key (organization_id, engagement_id, analysis_id, position),
  constraint analysed_asset_asset_key
    unique (organization_id, engagement_id, analysis_id, asset_id),
  constraint analysed_asset_analysis_fkey
    foreign key (organization_id, engagement_id, analysis_id)
    references analysis (organization_id, engagement_id, analysis_id)
);
call fence_table('analysed_asset', true, 'select, insert');

create table treatment (
  organization_id uuid not null,
  client_id uuid not null,
  treatment_id uuid not null,
  display_name text not null,
  analysis text not null,
  threat text not null,
  stages jsonb,
  assets jsonb,
  strategy text not null,
  controls jsonb,
  note text not null,
  state text not null,
  measures jsonb,
  scenario_count bigint not null,
  value integer not null,
  band text not null,
  residual_value integer not null,
  residual_band text not null,
  acceptance jsonb,
  effect_time timestamptz,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint treatment_pkey primary key (organization_id, client_id, treatment_id)
);
call fence_table('treatment', true);

-- Append-only.
create table treatment_act (
  organization_id uuid not null,
  client_id uuid not null,
  treatment_id uuid not null,
  treatment_act_id uuid not null,
  action text not null,
  state text not null,
  note text not null,
  acceptance jsonb,
  channel text not null,
  effective_time timestamptz not null,
  recorded_by text not null,
  revision bigint not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint treatment_act_pkey
    primary key (organization_id, client_id, treatment_id, treatment_act_id),
  constraint treatment_act_revision_key unique (organization_id, client_id, treatment_id, revision),
  constraint treatment_act_treatment_fkey foreign key (organization_id, client_id, treatment_id)
    references treatment (organization_id, client_id, treatment_id)
);
call fence_table('treatment_act', true, 'select, insert');
