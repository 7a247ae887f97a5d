-- What the gauges of store/gauges.cc count.
call open_to_counting('document', 'kind');
call open_to_counting('revision', 'state');

-- What reporting tools read (deploy/postgresql/REPORTING.md).
call open_to_reporting('document',
                       'client_id, document_id, template_id, kind, engagement_id, '
                       'latest_revision_id, approved_number, establish_date');
call open_to_reporting('revision', 'document_id, revision_id, number, state');

create view report_document with (security_invoker = true) as
  select d.organization_id, d.client_id, d.document_id, d.template_id as template, d.kind,
         d.engagement_id, d.approved_number, d.establish_date, r.number as latest_number,
         r.state as latest_state
  from document d
  left join revision r
    on r.organization_id = d.organization_id and r.document_id = d.document_id
      and r.revision_id = d.latest_revision_id;

grant select on report_document to staraction_reporting;
