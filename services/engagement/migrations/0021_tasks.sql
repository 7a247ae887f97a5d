-- Tasks of other sources than the plan, with owners.
alter table task
  add column source text not null default 'TASK_SOURCE_MILESTONE',
  add column source_resource text not null default '',
  add column owner_user_id uuid,
  add column owner_member_id uuid,
  add column note text not null default '',
  add column completed_by text not null default '',
  add constraint task_owner_user_fkey foreign key (organization_id, owner_user_id)
    references user_account (organization_id, user_id),
  add constraint task_owner_member_fkey foreign key (organization_id, client_id, owner_member_id)
    references member (organization_id, client_id, member_id);
alter table task drop constraint task_code_key;
create unique index task_code_key on task (organization_id, engagement_id, code) where code <> '';
create index task_open_idx on task (organization_id, engagement_id, due_date)
  where state = 'STATE_OPEN';
