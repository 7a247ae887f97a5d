-- How people take part: what they show besides their link, and the tablets that are passed around.

create table participation (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  second_factor text not null,
  contact_rule text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint participation_pkey primary key (organization_id, engagement_id),
  constraint participation_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id)
);
call fence_table('participation', true);

alter table participant_link add column wrong_tries integer not null default 0;
alter table participant_link add column unlock_time timestamptz;

create table kiosk (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  kiosk_id uuid not null,
  display_name text not null,
  expire_time timestamptz not null,
  close_time timestamptz,
  opener text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint kiosk_pkey primary key (organization_id, engagement_id, kiosk_id),
  constraint kiosk_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id)
);
call fence_table('kiosk', true);
-- A kiosk's secret names the organization and the kiosk; the client is found by them.
call open_to_portfolio('kiosk');
