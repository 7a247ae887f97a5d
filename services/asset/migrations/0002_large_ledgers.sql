-- Ledgers of a hundred thousand entries: lists find their entries in an index alone, and one
-- statement freezes a ledger.

-- What the search looks at is short enough for an index's row (2,704 bytes with the rest).
alter table asset no force row level security;
update asset set search_text = left(search_text, 400) where length(search_text) > 400;
alter table asset force row level security;

-- Row-level security keeps the search out of trigram indexes (its operators aren't leakproof), but
-- not out of the columns of an index that is being scanned anyway.
alter table asset drop constraint asset_pkey;
alter table asset add constraint asset_pkey primary key (organization_id, client_id, asset_id)
  include (search_text, department, medium, flags, importance_level, review_date);
drop index asset_importance_idx;
create index asset_importance_idx
  on asset (organization_id, client_id, importance_rank, (-coalesce(persons, 0)), asset_id)
  include (persons, search_text, department, medium, flags, importance_level, review_date);

-- Snapshots made so far, in no released version, had another form and are given up.
drop table snapshot_asset;
truncate asset_snapshot;

-- Append-only. The content that a snapshot's entries are shown with.
create table snapshot_content (
  organization_id uuid not null,
  client_id uuid not null,
  asset_snapshot_id uuid not null,
  scheme jsonb not null,
  scale jsonb not null,
  constraint snapshot_content_pkey primary key (organization_id, client_id, asset_snapshot_id),
  constraint snapshot_content_snapshot_fkey
    foreign key (organization_id, client_id, asset_snapshot_id)
    references asset_snapshot (organization_id, client_id, asset_snapshot_id)
);
call fence_table('snapshot_content', true, 'select, insert');

-- Append-only. Everything that the entry said: each column of asset, always.
create table snapshot_asset (
  asset_snapshot_id uuid not null,
  like asset,
  constraint snapshot_asset_pkey
    primary key (organization_id, client_id, asset_snapshot_id, asset_id),
  -- Deferred: the snapshot's row, which is never changed, counts the entries that were frozen.
  constraint snapshot_asset_snapshot_fkey
    foreign key (organization_id, client_id, asset_snapshot_id)
    references asset_snapshot (organization_id, client_id, asset_snapshot_id)
    deferrable initially deferred
);
call fence_table('snapshot_asset', true, 'select, insert');
