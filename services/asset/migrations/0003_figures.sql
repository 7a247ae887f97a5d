-- What the gauges of store/gauges.cc count.
call open_to_counting('asset', 'organization_id, client_id, importance_level');
call open_to_counting('asset_snapshot', 'organization_id');

-- What reporting tools read (deploy/postgresql/REPORTING.md).
call open_to_reporting('asset', 'client_id, importance_level, medium, persons');

create view report_ledger with (security_invoker = true) as
  select organization_id, client_id, importance_level as importance, medium, count(*) as entries,
         sum(persons) as persons
  from asset group by organization_id, client_id, importance_level, medium;

grant select on report_ledger to staraction_reporting;
