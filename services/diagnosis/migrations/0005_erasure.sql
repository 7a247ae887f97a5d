-- What is kept when a client is erased (common/pg/migrations/0004_erasure.sql).
call keep_text('answer_sheet', 'perspective site member state missing_items channel');
call keep_text('client_profile', 'industry');
call keep_text('diagnosis', 'questionnaire_id kind pack state concluded_by base edition score');
call keep_text('evidence_file', 'media_type sha256 recorded_by');
call keep_text('item_answer', 'item answer site confidence channel recorded_by method');
call keep_text('measure', 'diagnosis item rule_code cost_class state pack kind sites latest_diagnosis '
                          'found_answer source control control_title treatment');
call keep_text('measure_act', 'action state channel recorded_by method');
call keep_text('rule', 'rule_code state retired_by');
call keep_text('rule_version', 'recorded_by');
call keep_text('rulebook_version', 'rule_list channel recorded_by');
call keep_text('sheet_submission', 'channel recorded_by');
