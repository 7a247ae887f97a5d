-- What is kept when a client is erased (common/pg/migrations/0004_erasure.sql).
call keep_text('document', 'template_id kind');
call keep_text('rendering', 'media_type sha256 creator state');
call keep_text('revision', 'state pack digest creator');
call keep_text('revision_act', 'state digest channel recorded_by');
