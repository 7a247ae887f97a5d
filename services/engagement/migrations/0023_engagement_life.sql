-- Plan, pilots, and how engagements came to their states.
alter table engagement
  add column plan text not null default 'one-star-plan',
  add column pilot boolean not null default false,
  add column consultant_id uuid,
  add column subsidy jsonb,
  -- The portfolio's order: whoever has nothing due comes last.
  add column sort_day date not null
    generated always as (coalesce(next_due_date, date '9999-12-31')) stored,
  add constraint engagement_consultant_fkey foreign key (organization_id, consultant_id)
    references user_account (organization_id, user_id);
drop index engagement_portfolio_idx;
create index engagement_portfolio_idx
  on engagement (organization_id, pilot, sort_day, engagement_id);

create table engagement_transition (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  engagement_transition_id uuid not null,
  from_state text not null,
  to_state text not null,
  reason text not null,
  unmet_criteria jsonb,
  effective_date date not null,
  recorded_by text not null,
  create_time timestamptz not null,
  constraint engagement_transition_pkey
    primary key (organization_id, engagement_id, engagement_transition_id),
  constraint engagement_transition_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id)
);
call fence_table('engagement_transition', true, 'select, insert');
