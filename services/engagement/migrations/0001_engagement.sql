-- Who is who, and the work.

create table organization (
  organization_id uuid not null,
  display_name text not null,
  invoice_number text not null,
  participant_url text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint organization_pkey primary key (organization_id)
);
call fence_table('organization', false);

create table user_account (
  organization_id uuid not null,
  user_id uuid not null,
  display_name text not null,
  issuer text not null,
  subject text not null,
  roles jsonb,
  disabled boolean not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint user_account_pkey primary key (organization_id, user_id),
  constraint user_account_subject_key unique (organization_id, issuer, subject)
);
call fence_table('user_account', false);

-- Fenced by organization only: it is read to find out which clients somebody may see.
create table client_access (
  organization_id uuid not null,
  client_id uuid not null,
  access_id uuid not null,
  user_id uuid not null,
  role text not null,
  create_time timestamptz not null,
  revoke_time timestamptz,
  version bigint not null,
  constraint client_access_pkey primary key (organization_id, client_id, access_id),
  constraint client_access_user_fkey foreign key (organization_id, user_id)
    references user_account (organization_id, user_id)
);
create unique index client_access_active_key
  on client_access (organization_id, user_id, client_id, role) where revoke_time is null;
call fence_table('client_access', false);

-- Lists over clients see the clients of the user in app.portfolio, or 'all' of the organization.
create procedure open_to_portfolio(target text) language plpgsql as $$
begin
  execute format(
    'create policy %I on %I for select to staraction_engagement using (
       organization_id = (select app_organization())
       and ((select current_setting(''app.portfolio'', true)) = ''all''
            or client_id in (
              select a.client_id from client_access a
              where a.organization_id = (select app_organization()) and a.revoke_time is null
                and a.user_id::text = (select current_setting(''app.portfolio'', true)))))',
    target || '_portfolio', target);
end $$;

create table client (
  organization_id uuid not null,
  client_id uuid not null,
  legal_name text not null,
  trade_name text not null,
  kind text not null,
  corporate_number text not null,
  industry text not null,
  business text not null,
  employee_count integer not null,
  capital_yen bigint,
  postal_code text not null,
  address text not null,
  representative_title text not null,
  representative_name text not null,
  website text not null,
  gbiz_id jsonb,
  create_time timestamptz not null,
  update_time timestamptz not null,
  delete_time timestamptz,
  version bigint not null,
  constraint client_pkey primary key (organization_id, client_id)
);
create unique index client_corporate_number_key
  on client (organization_id, corporate_number) where corporate_number <> '';
call fence_table('client', true);
call open_to_portfolio('client');

alter table client_access add constraint client_access_client_fkey
  foreign key (organization_id, client_id) references client (organization_id, client_id);

create table member (
  organization_id uuid not null,
  client_id uuid not null,
  member_id uuid not null,
  staff_number text not null,
  display_name text not null,
  kana text not null,
  department text not null,
  position text not null,
  email text not null,
  hire_date date,
  leave_date date,
  status text not null,
  president boolean not null,
  search_text text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint member_pkey primary key (organization_id, client_id, member_id),
  constraint member_staff_number_key unique (organization_id, client_id, staff_number),
  constraint member_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id)
);
call fence_table('member', true);

create table quote (
  organization_id uuid not null,
  client_id uuid not null,
  quote_id uuid not null,
  offering_id text not null,
  headcount integer not null,
  options jsonb,
  price_yen bigint not null,
  tax_yen bigint not null,
  total_yen bigint not null,
  valid_until date not null,
  state text not null,
  issue_time timestamptz,
  decide_time timestamptz,
  pack text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint quote_pkey primary key (organization_id, client_id, quote_id),
  constraint quote_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id)
);
call fence_table('quote', true);

create table engagement (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  quote_id uuid not null,
  offering_id text not null,
  star integer not null,
  editions jsonb not null,
  state text not null,
  start_date date not null,
  due_date date not null,
  -- Result of the last evaluation, for lists.
  readiness jsonb,
  next_due_date date,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint engagement_pkey primary key (organization_id, engagement_id),
  constraint engagement_quote_key unique (organization_id, client_id, quote_id),
  constraint engagement_quote_fkey foreign key (organization_id, client_id, quote_id)
    references quote (organization_id, client_id, quote_id)
);
create index engagement_client_idx on engagement (organization_id, client_id);
create index engagement_portfolio_idx
  on engagement (organization_id, next_due_date nulls last, engagement_id);
call fence_table('engagement', true);
call open_to_portfolio('engagement');

create table task (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  task_id uuid not null,
  code text not null,
  title text not null,
  step text not null,
  side text not null,
  due_date date not null,
  state text not null,
  done_when text not null,
  complete_time timestamptz,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint task_pkey primary key (organization_id, engagement_id, task_id),
  constraint task_code_key unique (organization_id, engagement_id, code),
  constraint task_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id)
);
call fence_table('task', true);

-- What each service last told of a client.
create table fact_sheet (
  organization_id uuid not null,
  client_id uuid not null,
  service text not null,
  version bigint not null,
  announced_version bigint not null,
  collect_time timestamptz,
  sheet bytea,
  constraint fact_sheet_pkey primary key (organization_id, client_id, service)
);
call fence_table('fact_sheet', true);

create table participant_link (
  organization_id uuid not null,
  client_id uuid not null,
  engagement_id uuid not null,
  participant_link_id uuid not null,
  member_id uuid not null,
  generation integer not null,
  revoked boolean not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version bigint not null,
  constraint participant_link_pkey primary key (organization_id, engagement_id, participant_link_id),
  constraint participant_link_member_key unique (organization_id, engagement_id, member_id),
  constraint participant_link_engagement_fkey foreign key (organization_id, engagement_id)
    references engagement (organization_id, engagement_id),
  constraint participant_link_member_fkey foreign key (organization_id, client_id, member_id)
    references member (organization_id, client_id, member_id)
);
call fence_table('participant_link', true);
-- A link's secret names the organization and the link; the client is found by them.
call open_to_portfolio('participant_link');
