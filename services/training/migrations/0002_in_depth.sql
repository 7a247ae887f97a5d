-- Attempts that are given up or corrected: neither stands in the way of another of its kind.
alter table attempt
  add column paper_test_id uuid,
  add column variant text not null default '',
  add column scan_id uuid,
  add column corrects_id uuid,
  add column corrected_by_id uuid,
  add column correct_reason text not null default '',
  add column expire_time timestamptz,
  drop constraint attempt_state_check,
  drop constraint attempt_submit_check,
  drop constraint attempt_passed_check,
  add constraint attempt_state_check check (
    state in ('STATE_OPEN', 'STATE_SUBMITTED', 'STATE_ABANDONED', 'STATE_CORRECTED')),
  add constraint attempt_submit_check check (
    (state in ('STATE_SUBMITTED', 'STATE_CORRECTED')) = (submit_time is not null)),
  add constraint attempt_passed_check check (not passed or submit_time is not null),
  add constraint attempt_corrected_check check (
    (state = 'STATE_CORRECTED') = (corrected_by_id is not null)),
  add constraint attempt_variant_check check ((paper_test_id is null) = (variant = ''));
drop index attempt_once_key;
create unique index attempt_once_key
  on attempt (organization_id, engagement_id, member_id, course_id, kind)
  where kind in ('KIND_BEFORE', 'KIND_AFTER') and state in ('STATE_OPEN', 'STATE_SUBMITTED');

alter table follow_up
  drop constraint follow_up_state_check,
  add constraint follow_up_state_check check (
    state in ('STATE_OPEN', 'STATE_COMPLETE', 'STATE_DROPPED'));

alter table session
  add column trainer text not null default '',
  add column seat_count integer not null default 0,
  add column guest_count integer not null default 0,
  add column check_in_code text not null default '',
  add column check_in_start_time timestamptz,
  add column check_in_end_time timestamptz;

-- Sessions from before had full courses only.
alter table attendance
  add column scan text not null default '',
  add column suffices boolean not null default true;

-- Where the bytes lie is the blob table's business; what is known of them stands here.
create table training_scan (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  training_scan_id uuid not null,
  media_type text not null,
  effective_date date,
  size integer not null,
  sha256 text not null,
  recorded_by text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint training_scan_pkey primary key (organization_id, engagement_id, training_scan_id),
  constraint training_scan_blob_fkey foreign key (organization_id, client_id, training_scan_id)
    references blob (organization_id, client_id, blob_id)
);
call fence_table('training_scan', true, 'select, insert');

-- Questions as they are printed, with their right answers.
create table paper_test (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  paper_test_id uuid not null,
  course_id text not null,
  kind text not null,
  variant_count integer not null,
  variants jsonb not null,
  seed bigint not null,
  pass_percent integer not null,
  pack text not null,
  recorded_by text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint paper_test_pkey primary key (organization_id, engagement_id, paper_test_id)
);
call fence_table('paper_test', true, 'select, insert');
alter table attempt
  add constraint attempt_paper_test_fkey foreign key (organization_id, engagement_id, paper_test_id)
    references paper_test (organization_id, engagement_id, paper_test_id),
  add constraint attempt_scan_fkey foreign key (organization_id, engagement_id, scan_id)
    references training_scan (organization_id, engagement_id, training_scan_id);

create table briefing (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  briefing_id uuid not null,
  president_id uuid not null,
  course_id text not null,
  held_date date,
  place text not null,
  note text not null,
  decisions jsonb,
  agenda jsonb,
  points jsonb,
  state text not null,
  pack text not null,
  channel text not null,
  recorded_by text not null,
  effective_time timestamptz,
  acknowledge_time timestamptz,
  scan_id uuid,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint briefing_pkey primary key (organization_id, engagement_id, briefing_id),
  constraint briefing_state_check check (state in ('STATE_OPEN', 'STATE_ACKNOWLEDGED')),
  constraint briefing_acknowledge_check check (
    (state = 'STATE_ACKNOWLEDGED') = (acknowledge_time is not null)),
  constraint briefing_scan_fkey foreign key (organization_id, engagement_id, scan_id)
    references training_scan (organization_id, engagement_id, training_scan_id)
);
call fence_table('briefing', true);

create table completion_certificate (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  completion_certificate_id uuid not null,
  member_id uuid not null,
  show_score boolean not null,
  number text not null,
  display_name text not null,
  company_display_name text not null,
  course_id text not null,
  course_title text not null,
  edition text not null,
  pack text not null,
  attend_date date not null,
  test_date date not null,
  complete_date date not null,
  score_band text not null,
  score_band_title text not null,
  score_percent integer,
  issuer text not null,
  issue_date date not null,
  recorded_by text not null,
  state text not null,
  revoke_time timestamptz,
  revoke_reason text not null,
  revoked_by text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint completion_certificate_pkey
    primary key (organization_id, engagement_id, completion_certificate_id),
  constraint completion_certificate_number_key unique (organization_id, number),
  constraint completion_certificate_state_check check (state in ('STATE_ISSUED', 'STATE_REVOKED')),
  constraint completion_certificate_revoke_check check (
    (state = 'STATE_REVOKED') = (revoke_time is not null))
);
create unique index completion_certificate_holds_key
  on completion_certificate (organization_id, engagement_id, member_id, course_id)
  where state = 'STATE_ISSUED';
call fence_table('completion_certificate', true);

-- The last running number of a year; a consultancy counts over all of its clients.
create table certificate_number (
  organization_id uuid not null,
  year integer not null,
  last integer not null,
  constraint certificate_number_pkey primary key (organization_id, year)
);
call fence_table('certificate_number', false);
