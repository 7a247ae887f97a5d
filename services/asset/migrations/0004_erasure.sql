-- What is kept when a client is erased (common/pg/migrations/0004_erasure.sql).
call keep_text('asset', 'medium flags confidentiality integrity availability importance_level '
                        'template_entry dismissed_hints');
call keep_text('asset_snapshot', 'value_scale edition pack importance_counts recorded_by');
call keep_text('ledger', 'value_scale');
call keep_text('snapshot_asset', 'medium flags confidentiality integrity availability '
                                 'importance_level template_entry dismissed_hints');
call keep_text('snapshot_content', 'scheme scale');
call keep_text('system', 'kind assets');
