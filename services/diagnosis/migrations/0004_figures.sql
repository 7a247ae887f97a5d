-- What the gauges of store/gauges.cc count.
call open_to_counting('measure', 'organization_id, client_id, state, due_date');

-- What reporting tools read (deploy/postgresql/REPORTING.md).
call open_to_reporting('diagnosis',
                       'client_id, engagement_id, diagnosis_id, questionnaire_id, kind, '
                       'edition, state, conclude_time, item_count, answered_count, '
                       'gap_count, unknown_count, score');
call open_to_reporting('measure',
                       'client_id, measure_id, kind, priority, state, due_date, cost_class');

create view report_diagnosis with (security_invoker = true) as
  select organization_id, client_id, engagement_id, diagnosis_id, questionnaire_id as questionnaire,
         kind, edition, state, conclude_time, item_count, answered_count, gap_count, unknown_count,
         (score->>'total')::integer as score
  from diagnosis;

create view report_measure with (security_invoker = true) as
  select organization_id, client_id, measure_id, kind, priority, state, due_date, cost_class
  from measure;

grant select on report_diagnosis, report_measure to staraction_reporting;
