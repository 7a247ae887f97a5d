-- What a quote prints, fixed when it is issued; its number; and the search that the law on books kept
-- as data asks for.

alter table organization
  add column postal_code text not null default '',
  add column address text not null default '',
  add column phone text not null default '',
  add column issuer_kind text not null default 'ISSUER_KIND_UNSPECIFIED',
  add column fiscal_year_first_month integer not null default 0;

alter table quote
  add column computed_price_yen bigint not null default 0,
  add column price_override jsonb,
  add column lines jsonb,
  add column taxes jsonb,
  add column number text not null default '',
  add column issue_date date,
  add column issuer jsonb,
  add column recipient jsonb,
  add column tax_note text not null default '',
  add column subject text not null default '',
  add column scope jsonb,
  add column remarks text not null default '',
  add column min_months integer not null default 0,
  add column max_months integer not null default 0,
  add column decision jsonb,
  add column uncertainty_note text not null default '',
  add column search_text text not null default '';

-- The owner is fenced too; quotes of before get what can be known of them.
alter table quote no force row level security;
update quote set computed_price_yen = price_yen,
                 issue_date = (issue_time at time zone 'Asia/Tokyo')::date;
alter table quote force row level security;

create unique index quote_number_key on quote (organization_id, number) where number <> '';
create index quote_search_idx on quote (organization_id, issue_date desc, quote_id desc)
  where issue_date is not null;
call open_to_portfolio('quote');

-- An offer that was made is never changed, by whatever code.
create function keep_issued_quote() returns trigger language plpgsql as $$
declare
  moving text[] := array['state', 'decide_time', 'decision', 'update_time', 'version'];
begin
  if old.state <> 'STATE_DRAFT'
     and (to_jsonb(old) - moving is distinct from to_jsonb(new) - moving
          or (old.decision is not null and old.decision is distinct from new.decision)) then
    raise exception 'an issued quote would be changed';
  end if;
  return new;
end $$;
create trigger quote_issued before update on quote
  for each row execute function keep_issued_quote();

-- Last number given in a fiscal year.
create table quote_counter (
  organization_id uuid not null,
  fiscal_year integer not null,
  last_number integer not null,
  constraint quote_counter_pkey primary key (organization_id, fiscal_year)
);
call fence_table('quote_counter', false);
