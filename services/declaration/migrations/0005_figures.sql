-- Why somebody is exempt is nobody's business who only counts.
alter table pledge add column exempt boolean not null
  generated always as (exemption is not null) stored;

-- What the gauges of store/gauges.cc count.
call open_to_counting('declaration', 'star, state');
call open_to_counting('campaign', 'organization_id, engagement_id, campaign_id, subject, state');
call open_to_counting('pledge', 'organization_id, engagement_id, campaign_id, state, exempt');
call open_to_counting('inquiry', 'organization_id, client_id, state, due_date');
call open_to_counting('publication', 'organization_id, client_id, publication_id, kind, state');
call open_to_counting('page_check',
                      'organization_id, client_id, publication_id, page_check_id, status');

-- What reporting tools read (deploy/postgresql/REPORTING.md).
call open_to_reporting('declaration',
                       'client_id, declaration_id, engagement_id, star, state, '
                       'planned_date, issue_date');
call open_to_reporting('campaign',
                       'client_id, engagement_id, campaign_id, subject, state, due_date');
call open_to_reporting('pledge', 'engagement_id, campaign_id, state, exempt');
call open_to_reporting('publication',
                       'client_id, publication_id, kind, medium, url, publish_date, state');
call open_to_reporting('page_check',
                       'client_id, publication_id, page_check_id, status, create_time');
call open_to_reporting('inquiry',
                       'client_id, inquiry_id, source, state, receive_date, due_date, '
                       'answer_date');

create view report_declaration with (security_invoker = true) as
  select organization_id, client_id, declaration_id, engagement_id, star, state, planned_date,
         issue_date
  from declaration;

-- No single person's pledge: sums of a campaign.
create view report_campaign with (security_invoker = true) as
  select c.organization_id, c.client_id, c.engagement_id, c.campaign_id, c.subject, c.state,
         c.due_date, count(p.state) filter (where not p.exempt) as people,
         count(p.state) filter (where not p.exempt and p.state = 'STATE_PLEDGED') as pledged
  from campaign c
  left join pledge p using (organization_id, engagement_id, campaign_id)
  group by c.organization_id, c.client_id, c.engagement_id, c.campaign_id, c.subject, c.state,
           c.due_date;

create view report_publication with (security_invoker = true) as
  select p.organization_id, p.client_id, p.publication_id, p.kind, p.medium, p.url, p.publish_date,
         p.state, k.status as page_status, k.create_time as page_check_time
  from publication p
  left join lateral (
    select status, create_time from page_check c
    where c.organization_id = p.organization_id and c.client_id = p.client_id
      and c.publication_id = p.publication_id
    order by page_check_id desc limit 1) k on true;

create view report_inquiry with (security_invoker = true) as
  select organization_id, client_id, inquiry_id, source, state, receive_date, due_date, answer_date
  from inquiry;

grant select on report_declaration, report_campaign, report_publication, report_inquiry to staraction_reporting;
