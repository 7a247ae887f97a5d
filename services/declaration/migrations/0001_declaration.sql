-- Pledges and declarations. Event tables are append-only: the service may not update them.

create table campaign (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  campaign_id uuid not null,
  rule_list text not null,
  due_date date,
  text jsonb not null,
  president_text jsonb not null,
  state text not null,
  open_time timestamptz,
  close_time timestamptz,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint campaign_pkey primary key (organization_id, engagement_id, campaign_id)
);
create index campaign_client_idx on campaign (organization_id, client_id);
call fence_table('campaign', true);

-- One row for each person on the frozen list; the id is the member's.
create table pledge (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  campaign_id uuid not null,
  pledge_id uuid not null,
  member_id uuid not null,
  display_name text not null,
  staff_number text not null,
  department text not null,
  president boolean not null,
  state text not null,
  exemption jsonb,
  signature jsonb,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint pledge_pkey primary key (organization_id, engagement_id, campaign_id, pledge_id),
  constraint pledge_member_check check (pledge_id = member_id),
  constraint pledge_campaign_fkey foreign key (organization_id, engagement_id, campaign_id)
    references campaign (organization_id, engagement_id, campaign_id)
);
create index pledge_member_idx on pledge (organization_id, engagement_id, member_id);
call fence_table('pledge', true);

create table pledge_event (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  campaign_id uuid not null,
  pledge_id uuid not null,
  event_id uuid not null,
  sequence bigint generated always as identity,
  kind text not null,
  channel text not null,
  strength text not null,
  actor text not null,
  record_time timestamptz not null,
  effective_date date,
  text_digest text not null,
  confirmed_name text not null,
  reason text not null,
  approver text not null,
  deviation text not null,
  scan jsonb,
  constraint pledge_event_pkey primary key (organization_id, event_id),
  constraint pledge_event_pledge_fkey
    foreign key (organization_id, engagement_id, campaign_id, pledge_id)
    references pledge (organization_id, engagement_id, campaign_id, pledge_id)
);
create index pledge_event_pledge_idx
  on pledge_event (organization_id, engagement_id, campaign_id, pledge_id, sequence);
call fence_table('pledge_event', true, 'select, insert');

create table declaration (
  organization_id uuid not null,
  client_id uuid not null,
  declaration_id uuid not null,
  engagement_id uuid not null,
  star integer not null,
  rule_list text not null,
  procedure text not null,
  pack text not null,
  state text not null,
  fields jsonb,
  acknowledgement jsonb,
  submission jsonb,
  issued_id text not null,
  issue_date date,
  id_history jsonb,
  deviations jsonb,
  stop jsonb,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint declaration_pkey primary key (organization_id, client_id, declaration_id),
  constraint declaration_star_check check (star between 1 and 2)
);
-- One that goes on for each engagement and procedure.
create unique index declaration_open_key
  on declaration (organization_id, client_id, engagement_id, procedure)
  where state not in ('STATE_STOPPED', 'STATE_SUPERSEDED');
call fence_table('declaration', true);

create table declaration_event (
  organization_id uuid not null,
  client_id uuid not null,
  declaration_id uuid not null,
  event_id uuid not null,
  sequence bigint generated always as identity,
  kind text not null,
  actor text not null,
  record_time timestamptz not null,
  effective_date date,
  channel text not null,
  detail text not null,
  constraint declaration_event_pkey primary key (organization_id, event_id),
  constraint declaration_event_declaration_fkey
    foreign key (organization_id, client_id, declaration_id)
    references declaration (organization_id, client_id, declaration_id)
);
create index declaration_event_declaration_idx
  on declaration_event (organization_id, client_id, declaration_id, sequence);
call fence_table('declaration_event', true, 'select, insert');

-- What the client's master data said of its GビズID when they were last read.
create table gbiz_id_state (
  organization_id uuid not null,
  client_id uuid not null,
  gbiz_id jsonb,
  read_time timestamptz not null,
  constraint gbiz_id_state_pkey primary key (organization_id, client_id)
);
call fence_table('gbiz_id_state', true);
