create table effort_entry (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  effort_entry_id uuid not null,
  user_id uuid not null,
  work_date date not null,
  step text not null,
  minutes integer not null,
  note text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint effort_entry_pkey primary key (organization_id, engagement_id, effort_entry_id),
  constraint effort_entry_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id),
  constraint effort_entry_user_fkey foreign key (organization_id, user_id)
    references user_account (organization_id, user_id)
);
call fence_table('effort_entry', true);
call open_to_portfolio('effort_entry');

-- Only ever added to.
create table lesson (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  lesson_id uuid not null,
  kind text not null,
  step text not null,
  text text not null,
  author text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint lesson_pkey primary key (organization_id, engagement_id, lesson_id),
  constraint lesson_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id)
);
call fence_table('lesson', true, 'select, insert');
call open_to_portfolio('lesson');
call open_to_portfolio('visit');
call open_to_portfolio('engagement_transition');
