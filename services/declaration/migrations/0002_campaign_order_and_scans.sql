-- Who signs first, who joins later, and files of scanned sheets.

alter table campaign
  add column enrolment text not null default 'ENROLMENT_FROZEN',
  add column joiner_days integer not null default 0,
  add column signing_order text not null default 'SIGNING_ORDER_ANY',
  add column order_waiver jsonb,
  add column roster_time timestamptz;

alter table pledge
  add column due_date date,
  add column joiner boolean not null default false;

create table pledge_scan (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  campaign_id uuid not null,
  pledge_scan_id uuid not null,
  file_name text not null,
  scan jsonb not null,
  effective_date date not null,
  sheets jsonb,
  state text not null,
  recorded_by text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint pledge_scan_pkey primary key (organization_id, engagement_id, campaign_id, pledge_scan_id),
  constraint pledge_scan_campaign_fkey foreign key (organization_id, engagement_id, campaign_id)
    references campaign (organization_id, engagement_id, campaign_id)
);
call fence_table('pledge_scan', true);
