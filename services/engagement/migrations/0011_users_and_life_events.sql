-- Invitations, and what happens to clients.

-- An invited user has no subject yet.
alter table user_account
  add column state text not null default 'STATE_ACTIVE',
  add column email text not null default '',
  add column invitation_expire_time timestamptz,
  add column invitation_generation integer not null default 0;
update user_account set state = 'STATE_DISABLED' where disabled;
alter table user_account drop constraint user_account_subject_key;
create unique index user_account_subject_key
  on user_account (organization_id, issuer, subject) where subject <> '';

create table life_event (
  organization_id uuid not null,
  client_id uuid not null,
  life_event_id uuid not null,
  kind_id text not null,
  effective_date date not null,
  note text not null,
  display_name text not null,
  state text not null,
  steps jsonb,
  engagement_id uuid,
  remark text not null,
  pack text not null,
  recorded_by text not null,
  end_time timestamptz,
  end_reason text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint life_event_pkey primary key (organization_id, client_id, life_event_id),
  constraint life_event_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id),
  constraint life_event_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id)
);
call fence_table('life_event', true);
