-- Messages to members, their ways to each person, and who gets no mail.

alter table organization add column mail_sender text not null default '';
alter table organization add column mail_reply_to text not null default '';

create table message (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  message_id uuid not null,
  template text not null,
  pack text not null,
  note text not null,
  members jsonb,
  creator text not null,
  cancel_time timestamptz,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint message_pkey primary key (organization_id, engagement_id, message_id),
  constraint message_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id)
);
call fence_table('message', true);

create table delivery (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  message_id uuid not null,
  delivery_id uuid not null,
  member_id uuid not null,
  channel text not null,
  address text not null,
  items jsonb,
  number integer not null,
  state text not null,
  reply_code integer not null default 0,
  detail text not null default '',
  attempts integer not null default 0,
  next_attempt_time timestamptz,
  -- Until when a mail in sending belongs to the job that took it.
  lease_time timestamptz,
  done_time timestamptz,
  recorder text not null default '',
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint delivery_pkey primary key (organization_id, engagement_id, message_id, delivery_id),
  constraint delivery_message_fkey foreign key (organization_id, engagement_id, message_id)
    references message (organization_id, engagement_id, message_id),
  constraint delivery_member_fkey foreign key (organization_id, client_id, member_id)
    references member (organization_id, client_id, member_id)
);
create index delivery_member_idx on delivery (organization_id, engagement_id, member_id);
create index delivery_open_idx on delivery (organization_id, engagement_id, message_id, delivery_id)
  where state in ('STATE_WAITING', 'STATE_SENDING');
call fence_table('delivery', true);

create table contact_block (
  organization_id uuid not null,
  client_id uuid not null,
  contact_block_id uuid not null,
  member_id uuid not null,
  reason text not null,
  address text not null,
  recorder text not null,
  create_time timestamptz not null,
  lift_time timestamptz,
  version bigint not null,
  constraint contact_block_pkey primary key (organization_id, client_id, contact_block_id),
  constraint contact_block_member_fkey foreign key (organization_id, client_id, member_id)
    references member (organization_id, client_id, member_id)
);
call fence_table('contact_block', true);
