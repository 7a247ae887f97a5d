create table visit (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  visit_id uuid not null,
  title text not null,
  planned_date date not null,
  planned_start_time timestamptz,
  planned_end_time timestamptz,
  means text not null,
  place text not null,
  agenda jsonb,
  participants jsonb,
  start_time timestamptz,
  end_time timestamptz,
  minutes text not null,
  decisions jsonb,
  homework jsonb,
  next_visit_date date,
  state text not null,
  code text not null,
  recorded_by text not null,
  cancel_reason text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint visit_pkey primary key (organization_id, engagement_id, visit_id),
  constraint visit_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id)
);
create unique index visit_code_key on visit (organization_id, engagement_id, code)
  where code <> '';
create index visit_day_idx on visit (organization_id, engagement_id, planned_date);
call fence_table('visit', true);

-- What clients said of reports: only ever added to.
create table visit_confirmation (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  visit_id uuid not null,
  visit_confirmation_id uuid not null,
  person text not null,
  channel text not null,
  effective_time timestamptz not null,
  recorded_by text not null,
  note text not null,
  content_digest text not null,
  create_time timestamptz not null,
  constraint visit_confirmation_pkey
    primary key (organization_id, engagement_id, visit_id, visit_confirmation_id),
  constraint visit_confirmation_visit_fkey foreign key (organization_id, engagement_id, visit_id)
    references visit (organization_id, engagement_id, visit_id)
);
call fence_table('visit_confirmation', true, 'select, insert');
