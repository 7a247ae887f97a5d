-- Who had whose data erased, and when each service did it. Kept for good.
create table erasure (
  organization_id uuid not null,
  client_id uuid not null,
  reason text not null,
  approver_display_name text not null,
  requester text not null,
  state text not null,
  services jsonb,
  complete_time timestamptz,
  keep_until date,
  create_time timestamptz not null,
  version bigint not null,
  constraint erasure_pkey primary key (organization_id, client_id),
  constraint erasure_client_fkey foreign key (organization_id, client_id)
    references client (organization_id, client_id)
);
call fence_table('erasure', true);
call keep_text('erasure', 'reason approver_display_name requester state services');

-- Nobody reaches a client from the moment on that its erasure was asked for.
alter table client add column erase_time timestamptz;

call keep_text('activity', 'code side role state pack');
call keep_text('client', 'kind industry');
call keep_text('client_access', 'role');
call keep_text('contact_block', 'recorder');
call keep_text('delivery', 'channel state recorder');
call keep_text('denominator_rule', 'left_out');
call keep_text('effort_entry', 'step');
call keep_text('engagement', 'offering_id editions state readiness plan figures');
call keep_text('engagement_transition', 'from_state to_state unmet_criteria recorded_by');
call keep_text('evidence', 'subject media_type sha256 recorded_by retracted_by');
call keep_text('exemption', 'purpose channel recorded_by revoked_by');
call keep_text('fact_sheet', 'service');
call keep_text('finding', 'severity state');
call keep_text('internal_check', 'state pack');
call keep_text('kiosk', 'opener');
call keep_text('lesson', 'kind step author');
call keep_text('life_event', 'kind_id state pack recorded_by');
call keep_text('member', 'status employment_type');
call keep_text('message', 'template pack members creator');
call keep_text('operation_act', 'subject verb channel recorded_by');
call keep_text('operation_form', 'code template state pack');
call keep_text('participation', 'second_factor contact_rule');
call keep_text('role_assignment', 'role');
call keep_text('rule_exception', 'state');
call keep_text('site', 'kind');
call keep_text('task', 'code step side state source source_resource completed_by');
call keep_text('visit', 'means state code recorded_by');
call keep_text('visit_confirmation', 'channel recorded_by content_digest');
call keep_text('quote', 'offering_id state pack tax_note issuer uncertainty_note');

-- An issued quote is a paper of the consultancy's books: they are kept for seven years from the day on which
-- the tax return of their fiscal year is due, at most 14 months after the issue.
comment on table quote is 'erased by erase_more(): issued ones when the law lets them go';
create function quote_kept_until(issue_date date) returns date language sql immutable as
  $$ select (issue_date + interval '14 months' + interval '7 years')::date $$;

-- The trigger lets the owner through: only erase_client() and migrations run as it.
create or replace function keep_issued_quote() returns trigger language plpgsql as $$
declare
  moving text[] := array['state', 'decide_time', 'decision', 'update_time', 'version'];
begin
  if current_user <> 'staraction_owner' and old.state <> 'STATE_DRAFT'
     and (to_jsonb(old) - moving is distinct from to_jsonb(new) - moving
          or (old.decision is not null and old.decision is distinct from new.decision)) then
    raise exception 'an issued quote would be changed';
  end if;
  return new;
end $$;

-- Users lose their accounts with the last client that they came for.
call keep_text('user_account', 'roles state');
call open_to_erasure('user_account', 'true');
create policy client_owner on client for select to staraction_owner
  using (organization_id = (select app_organization()));
create policy client_access_owner on client_access for select to staraction_owner
  using (organization_id = (select app_organization()));
create policy request_owner on request to staraction_owner
  using (organization_id = (select app_organization()));
create policy audit_payload_owner on audit_payload to staraction_owner
  using (organization_id = (select app_organization()));
create policy audit_entry_owner on audit_entry for select to staraction_owner
  using (organization_id = (select app_organization()));

create or replace function erase_more(organization uuid, client uuid) returns date
language plpgsql as $$
declare
  leaving uuid[];
  words bytea[];
begin
  if not exists (select from client c where c.organization_id = organization and c.client_id = client
                   and c.erase_time is not null) then
    raise exception 'the erasure of client % was not asked for', client;
  end if;
  update client c set legal_name = '消去済み'
  where c.organization_id = organization and c.client_id = client;
  execute format('update quote q set %s where q.organization_id = $1 and q.client_id = $2 '
                 'and (q.issue_date is null or quote_kept_until(q.issue_date) < current_date)',
                 erasing_assignments('quote'::regclass)) using organization, client;
  select array_agg(u.user_id) into leaving from user_account u
  where u.organization_id = organization and coalesce(jsonb_array_length(u.roles), 0) = 0
    and exists (select from client_access a where a.organization_id = organization
                  and a.user_id = u.user_id and a.client_id = client)
    and not exists (select from client_access a join client c using (organization_id, client_id)
                    where a.organization_id = organization and a.user_id = u.user_id
                      and a.revoke_time is null and c.erase_time is null);
  if leaving is not null then
    select array_agg(convert_to(word, 'UTF8')) into words
    from user_account u cross join lateral (values (u.email), (u.display_name), (u.subject)) w (word)
    where u.organization_id = organization and u.user_id = any (leaving) and word <> '';
    update user_account u set display_name = '消去済み', issuer = '', subject = '', email = '',
      disabled = true, state = 'STATE_DISABLED'
    where u.organization_id = organization and u.user_id = any (leaving);
    -- Requests and answers that made them were about no client.
    update request r set response = null
    where r.organization_id = organization and r.method ~ '(User|Invitation)$'
      and exists (select from unnest(words) word where position(word in r.response) > 0);
    delete from audit_payload p using audit_entry e
    where p.organization_id = organization and e.organization_id = organization
      and e.audit_entry_id = p.audit_entry_id and e.client_id is null
      and e.method ~ '(User|Invitation)$'
      and exists (select from unnest(words) word where position(word in p.payload) > 0);
  end if;
  return (select max(quote_kept_until(q.issue_date)) from quote q
          where q.organization_id = organization and q.client_id = client
            and quote_kept_until(q.issue_date) >= current_date);
end $$;
