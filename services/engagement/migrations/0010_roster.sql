-- Sites, responsibilities, the dated roster and who of it counts.

create table site (
  organization_id uuid not null,
  client_id uuid not null,
  site_id uuid not null,
  display_name text not null,
  kind text not null,
  postal_code text not null,
  address text not null,
  phone text not null,
  note text not null,
  delete_time timestamptz,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint site_pkey primary key (organization_id, client_id, site_id),
  constraint site_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id)
);
create unique index site_display_name_key
  on site (organization_id, client_id, display_name) where delete_time is null;
call fence_table('site', true);

alter table member
  add column employment_type text not null default 'EMPLOYMENT_TYPE_UNSPECIFIED',
  add column site_id uuid,
  add column off_site boolean not null default false,
  add column status_date date,
  add column past_periods jsonb,
  add constraint member_site_fkey foreign key (organization_id, client_id, site_id)
    references site (organization_id, client_id, site_id);

-- google.type.Date as it stands in a column of messages.
create function day_of(value jsonb) returns date language sql immutable as
  $$ select make_date((value->>'year')::int, (value->>'month')::int, (value->>'day')::int) $$;

-- Whether somebody was employed on a day, on leave or not: in the present employment or an earlier
-- one. domain/presence.cc has the same rule.
create function employed_on(hire_date date, leave_date date, status text, status_date date,
                            past_periods jsonb, day date) returns boolean language sql immutable as
$$
  select ((hire_date is null or hire_date <= day) and (leave_date is null or leave_date >= day)
          and not (status = 'MEMBER_STATUS_LEFT' and leave_date is null
                   and (status_date is null or status_date <= day)))
    or exists (
      select from jsonb_array_elements(coalesce(past_periods, '[]')) as p (period)
      where period->>'status' = 'MEMBER_STATUS_ACTIVE'
        and coalesce(day_of(period->'start_date'), '-infinity') <= day
        and day_of(period->'end_date') >= day)
$$;

create table role_assignment (
  organization_id uuid not null,
  client_id uuid not null,
  role_assignment_id uuid not null,
  member_id uuid not null,
  role text not null,
  start_date date not null,
  end_date date,
  site_id uuid,
  note text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint role_assignment_pkey primary key (organization_id, client_id, role_assignment_id),
  constraint role_assignment_member_fkey foreign key (organization_id, client_id, member_id)
    references member (organization_id, client_id, member_id),
  constraint role_assignment_site_fkey foreign key (organization_id, client_id, site_id)
    references site (organization_id, client_id, site_id)
);
create unique index role_assignment_open_key
  on role_assignment (organization_id, client_id, member_id, role,
                      coalesce(site_id, '00000000-0000-0000-0000-000000000000'))
  where end_date is null;
call fence_table('role_assignment', true);

create table denominator_rule (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  left_out jsonb,
  note text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint denominator_rule_pkey primary key (organization_id, engagement_id),
  constraint denominator_rule_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id)
);
call fence_table('denominator_rule', true);

create table exemption (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  exemption_id uuid not null,
  member_id uuid not null,
  purpose text not null,
  reason text not null,
  approver_id uuid not null,
  approve_date date not null,
  channel text not null,
  recorded_by text not null,
  create_time timestamptz not null,
  revoke_date date,
  revoke_time timestamptz,
  revoke_reason text not null,
  revoked_by text not null,
  version bigint not null,
  constraint exemption_pkey primary key (organization_id, engagement_id, exemption_id),
  constraint exemption_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id),
  constraint exemption_member_fkey foreign key (organization_id, client_id, member_id)
    references member (organization_id, client_id, member_id),
  constraint exemption_approver_fkey foreign key (organization_id, client_id, approver_id)
    references member (organization_id, client_id, member_id)
);
create unique index exemption_active_key
  on exemption (organization_id, engagement_id, member_id, purpose) where revoke_time is null;
call fence_table('exemption', true);
