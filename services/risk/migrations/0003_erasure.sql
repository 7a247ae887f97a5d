-- What is kept when a client is erased (common/pg/migrations/0004_erasure.sql).
call keep_text('analysis', 'snapshot risk_model_id base edition pack catalogue catalogue_pack '
                           'stage_view sheet_view recorded_by');
-- Frozen content of the pack.
call keep_text('analysis_model', 'data');
call keep_text('control_state', 'control_state_id level source pack channel recorded_by');
call keep_text('threat_state', 'threat_state_id source pack channel recorded_by');
call keep_text('treatment', 'analysis threat stages assets strategy controls state measures band '
                            'residual_band');
call keep_text('treatment_act', 'action state channel recorded_by');
