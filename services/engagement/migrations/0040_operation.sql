-- Operation: activities, forms in use, evidence, internal checks, exceptions; and renewed engagements.

create table activity (
  organization_id uuid not null,
  client_id uuid not null,
  activity_id uuid not null,
  code text not null,
  title text not null,
  purpose text not null,
  evidence_wanted text not null,
  side text not null,
  role text not null,
  owner_user_id uuid,
  owner_member_id uuid,
  owner_display_name text not null,
  due_date date not null,
  state text not null,
  effective_date date,
  engagement_id uuid,
  trial boolean not null,
  note text not null,
  pack text not null,
  occurrence integer not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint activity_pkey primary key (organization_id, client_id, activity_id),
  constraint activity_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id),
  constraint activity_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id),
  constraint activity_owner_user_fkey foreign key (organization_id, owner_user_id)
    references user_account (organization_id, user_id),
  constraint activity_owner_member_fkey foreign key (organization_id, client_id, owner_member_id)
    references member (organization_id, client_id, member_id)
);
create index activity_day_idx on activity (organization_id, client_id, due_date, activity_id);
create index activity_due_idx on activity (organization_id, due_date, activity_id)
  where state = 'STATE_PLANNED';
create index activity_client_due_idx on activity (organization_id, client_id, due_date)
  where state = 'STATE_PLANNED';
create unique index activity_occurrence_key
  on activity (organization_id, engagement_id, code, occurrence) where occurrence > 0;
create index activity_engagement_idx on activity (organization_id, engagement_id, due_date)
  where state = 'STATE_PLANNED';
call fence_table('activity', true);
call open_to_portfolio('activity');

create table operation_form (
  organization_id uuid not null,
  client_id uuid not null,
  operation_form_id uuid not null,
  code text not null,
  title text not null,
  chapter integer not null,
  template text not null,
  start_date date not null,
  place text not null,
  owner_member_id uuid,
  engagement_id uuid,
  trial boolean not null,
  note text not null,
  state text not null,
  end_date date,
  pack text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint operation_form_pkey primary key (organization_id, client_id, operation_form_id),
  constraint operation_form_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id),
  constraint operation_form_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id),
  constraint operation_form_owner_member_fkey
    foreign key (organization_id, client_id, owner_member_id)
    references member (organization_id, client_id, member_id)
);
create unique index operation_form_code_key
  on operation_form (organization_id, client_id, code, place) where state = 'STATE_IN_USE';
call fence_table('operation_form', true);

create table internal_check (
  organization_id uuid not null,
  client_id uuid not null,
  internal_check_id uuid not null,
  scope text not null,
  inspector_member_id uuid,
  start_date date not null,
  engagement_id uuid,
  items jsonb,
  state text not null,
  summary text not null,
  conclude_date date,
  pack text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint internal_check_pkey primary key (organization_id, client_id, internal_check_id),
  constraint internal_check_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id),
  constraint internal_check_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id),
  constraint internal_check_inspector_member_fkey
    foreign key (organization_id, client_id, inspector_member_id)
    references member (organization_id, client_id, member_id)
);
create index internal_check_engagement_idx on internal_check (organization_id, engagement_id);
call fence_table('internal_check', true);

create table finding (
  organization_id uuid not null,
  client_id uuid not null,
  internal_check_id uuid not null,
  finding_id uuid not null,
  item text not null,
  text text not null,
  severity text not null,
  owner_user_id uuid,
  owner_member_id uuid,
  owner_display_name text not null,
  due_date date,
  correction text not null,
  state text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint finding_pkey primary key (organization_id, client_id, internal_check_id, finding_id),
  constraint finding_internal_check_fkey
    foreign key (organization_id, client_id, internal_check_id)
    references internal_check (organization_id, client_id, internal_check_id),
  constraint finding_owner_user_fkey foreign key (organization_id, owner_user_id)
    references user_account (organization_id, user_id),
  constraint finding_owner_member_fkey foreign key (organization_id, client_id, owner_member_id)
    references member (organization_id, client_id, member_id)
);
create index finding_due_idx on finding (organization_id, due_date, finding_id)
  where state = 'STATE_DECIDED';
create index finding_client_due_idx on finding (organization_id, client_id, due_date)
  where state = 'STATE_DECIDED';
call fence_table('finding', true);
call open_to_portfolio('finding');

create table rule_exception (
  organization_id uuid not null,
  client_id uuid not null,
  rule_exception_id uuid not null,
  rule text not null,
  chapter integer not null,
  allowance text not null,
  reason text not null,
  safeguard text not null,
  requester_member_id uuid not null,
  start_date date not null,
  expire_date date not null,
  engagement_id uuid,
  state text not null,
  approver_member_id uuid,
  approve_date date,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint rule_exception_pkey primary key (organization_id, client_id, rule_exception_id),
  constraint rule_exception_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id),
  constraint rule_exception_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id),
  constraint rule_exception_requester_member_fkey
    foreign key (organization_id, client_id, requester_member_id)
    references member (organization_id, client_id, member_id),
  constraint rule_exception_approver_member_fkey
    foreign key (organization_id, client_id, approver_member_id)
    references member (organization_id, client_id, member_id)
);
create index rule_exception_due_idx
  on rule_exception (organization_id, expire_date, rule_exception_id)
  where state = 'STATE_APPROVED';
create index rule_exception_client_due_idx
  on rule_exception (organization_id, client_id, expire_date) where state = 'STATE_APPROVED';
call fence_table('rule_exception', true);
call open_to_portfolio('rule_exception');
create index rule_exception_engagement_idx on rule_exception (organization_id, engagement_id)
  where state = 'STATE_APPROVED';

-- Files of all of these; the bytes are the blob with the same id.
create table evidence (
  organization_id uuid not null,
  client_id uuid not null,
  evidence_id uuid not null,
  subject text not null,
  file_name text not null,
  media_type text not null,
  effective_date date not null,
  note text not null,
  size integer not null,
  sha256 text not null,
  recorded_by text not null,
  retract_reason text not null,
  retract_time timestamptz,
  retracted_by text not null,
  create_time timestamptz not null,
  version bigint not null,
  constraint evidence_pkey primary key (organization_id, client_id, evidence_id),
  constraint evidence_blob_fkey foreign key (organization_id, client_id, evidence_id)
    references blob (organization_id, client_id, blob_id)
);
create index evidence_subject_idx on evidence (organization_id, client_id, subject);
call fence_table('evidence', true);

-- What was done with them: only ever added to.
create table operation_act (
  organization_id uuid not null,
  client_id uuid not null,
  operation_act_id uuid not null,
  subject text not null,
  verb text not null,
  text text not null,
  effective_date date not null,
  channel text not null,
  recorded_by text not null,
  create_time timestamptz not null,
  constraint operation_act_pkey primary key (organization_id, client_id, operation_act_id),
  constraint operation_act_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id)
);
create index operation_act_subject_idx on operation_act (organization_id, client_id, subject);
call fence_table('operation_act', true, 'select, insert');

-- An engagement is renewed once.
alter table engagement
  add column renewal jsonb,
  add column previous_engagement_id uuid,
  add constraint engagement_previous_fkey foreign key (organization_id, previous_engagement_id)
    references engagement (organization_id, engagement_id);
create unique index engagement_previous_key
  on engagement (organization_id, previous_engagement_id)
  where previous_engagement_id is not null;

-- The oldest day that is due in an engagement: of its open tasks, its planned activities, the findings
-- of its checks and its exceptions.
create function next_due_day(organization uuid, engagement uuid) returns date
language sql stable as $$
  select least(
    (select min(t.due_date) from task t
     where t.organization_id = organization and t.engagement_id = engagement
       and t.state = 'STATE_OPEN'),
    (select min(a.due_date) from activity a
     where a.organization_id = organization and a.engagement_id = engagement
       and a.state = 'STATE_PLANNED'),
    (select min(f.due_date) from internal_check c join finding f
       on f.organization_id = c.organization_id and f.client_id = c.client_id
         and f.internal_check_id = c.internal_check_id
     where c.organization_id = organization and c.engagement_id = engagement
       and f.state = 'STATE_DECIDED'),
    (select min(x.expire_date) from rule_exception x
     where x.organization_id = organization and x.engagement_id = engagement
       and x.state = 'STATE_APPROVED'))
$$;
