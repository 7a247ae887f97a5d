-- What the gauges of store/gauges.cc count.
call open_to_counting('analysis', 'organization_id, client_id, create_time, stage_view');
call open_to_counting('treatment', 'state');

-- What reporting tools read (deploy/postgresql/REPORTING.md).
call open_to_reporting('analysis',
                       'client_id, engagement_id, analysis_id, risk_model_id, create_time, '
                       'asset_count, stage_view');
call open_to_reporting('treatment',
                       'client_id, treatment_id, strategy, state, value, band, '
                       'residual_value, residual_band');

create view report_risk with (security_invoker = true) as
  select a.organization_id, a.client_id, a.engagement_id, a.analysis_id, a.risk_model_id as risk_model,
         a.create_time, a.asset_count, b.band, b.assets, b.scenarios
  from analysis a
  cross join lateral jsonb_to_recordset(a.stage_view->'bands')
    as b (band text, assets bigint, scenarios bigint);

create view report_treatment with (security_invoker = true) as
  select organization_id, client_id, treatment_id, strategy, state, value, band, residual_value,
         residual_band
  from treatment;

grant select on report_risk, report_treatment to staraction_reporting;
