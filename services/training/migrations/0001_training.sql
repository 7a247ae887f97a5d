-- A session may be held for several companies, so it belongs to none of them: fenced by organization.
-- Nobody reaches one but through its engagements, each of which the server layer checks.
create table session (
  organization_id uuid not null,
  session_id uuid not null,
  course_id text not null,
  display_name text not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  place text not null,
  state text not null,
  pack text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint session_pkey primary key (organization_id, session_id),
  constraint session_time_check check (start_time < end_time),
  constraint session_state_check check (state in ('STATE_PLANNED', 'STATE_HELD'))
);
call fence_table('session', false);

-- Whom a session is held for. Read before access is resolved, hence fenced by organization too.
create table session_engagement (
  organization_id uuid not null,
  session_id uuid not null,
  engagement_id uuid not null,
  client_id uuid not null,
  constraint session_engagement_pkey primary key (organization_id, session_id, engagement_id),
  constraint session_engagement_client_key unique (organization_id, session_id, client_id),
  constraint session_engagement_session_fkey foreign key (organization_id, session_id)
    references session (organization_id, session_id)
);
create index session_engagement_engagement_idx
  on session_engagement (organization_id, engagement_id, session_id);
call fence_table('session_engagement', false, 'select, insert');

-- Append-only: the newest row of a member in a session counts, by `position`.
create table attendance (
  organization_id uuid not null,
  client_id uuid not null,
  session_id uuid not null,
  attendance_id uuid not null,
  engagement_id uuid not null,
  member_id uuid not null,
  present boolean not null,
  channel text not null,
  recorded_by text not null,
  effective_time timestamptz not null,
  create_time timestamptz not null,
  version bigint not null default 1,
  position bigint generated always as identity,
  constraint attendance_pkey primary key (organization_id, session_id, attendance_id),
  constraint attendance_session_fkey foreign key (organization_id, session_id, engagement_id)
    references session_engagement (organization_id, session_id, engagement_id)
);
create index attendance_member_idx
  on attendance (organization_id, engagement_id, session_id, member_id, position desc);
call fence_table('attendance', true, 'select, insert');

-- Questions are kept as they were asked, with their right answers: grading needs no pack.
create table attempt (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  attempt_id uuid not null,
  member_id uuid not null,
  course_id text not null,
  kind text not null,
  channel text not null,
  state text not null,
  questions jsonb not null,
  seed bigint not null,
  pass_percent integer not null,
  correct_count integer not null,
  score_percent integer not null,
  passed boolean not null,
  missed_topics jsonb,
  recorded_by text not null,
  effective_time timestamptz,
  submit_time timestamptz,
  pack text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint attempt_pkey primary key (organization_id, engagement_id, attempt_id),
  constraint attempt_state_check check (state in ('STATE_OPEN', 'STATE_SUBMITTED')),
  constraint attempt_submit_check check ((state = 'STATE_SUBMITTED') = (submit_time is not null)),
  constraint attempt_passed_check check (not passed or state = 'STATE_SUBMITTED')
);
create unique index attempt_open_key on attempt (organization_id, engagement_id, member_id)
  where state = 'STATE_OPEN';
create unique index attempt_once_key
  on attempt (organization_id, engagement_id, member_id, course_id, kind)
  where kind in ('KIND_BEFORE', 'KIND_AFTER');
create index attempt_member_idx on attempt (organization_id, engagement_id, member_id, attempt_id);
call fence_table('attempt', true);

create table follow_up (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  follow_up_id uuid not null,
  member_id uuid not null,
  attempt_id uuid not null,
  course_id text not null,
  topic text not null,
  title text not null,
  state text not null,
  channel text not null,
  note text not null,
  recorded_by text not null,
  effective_time timestamptz,
  complete_time timestamptz,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint follow_up_pkey primary key (organization_id, engagement_id, follow_up_id),
  constraint follow_up_topic_key unique (organization_id, engagement_id, attempt_id, topic),
  constraint follow_up_attempt_fkey foreign key (organization_id, engagement_id, attempt_id)
    references attempt (organization_id, engagement_id, attempt_id),
  constraint follow_up_state_check check (state in ('STATE_OPEN', 'STATE_COMPLETE'))
);
create index follow_up_member_idx
  on follow_up (organization_id, engagement_id, member_id, follow_up_id);
call fence_table('follow_up', true);
