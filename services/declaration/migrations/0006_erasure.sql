-- What is kept when a client is erased (common/pg/migrations/0004_erasure.sql).
call keep_text('campaign', 'rule_list state enrolment signing_order subject');
call keep_text('declaration', 'rule_list procedure pack state');
call keep_text('declaration_event', 'kind actor channel');
call keep_text('inquiry', 'source state');
call keep_text('inquiry_entry', 'kind actor');
call keep_text('page_check', 'status cause charset revision revision_digest page_sha256 actor');
call keep_text('pledge', 'state');
call keep_text('pledge_event', 'kind channel strength actor text_digest');
call keep_text('pledge_scan', 'state recorded_by');
call keep_text('publication', 'kind medium state recorded_by revision revision_digest');
