-- How a client works, as far as regulations and risks depend on it.
alter table client add column practices jsonb;
