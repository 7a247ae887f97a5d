-- The id that joins an entry with the log lines of gateway and services and with what the caller was
-- told. Entries written before this, or by a program of before, have none.
alter table audit_entry add column correlation_id text not null default '';
create index audit_entry_correlation_idx on audit_entry (organization_id, correlation_id)
  where correlation_id <> '';
