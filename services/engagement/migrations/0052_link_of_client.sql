-- keeps: an engagement's key is unique without its client, and links have always been of their engagement's client.
-- A link's engagement is one of its client's: the reference itself says so, beside the check that
-- everybody passes before.
alter table engagement add constraint engagement_client_key
  unique (organization_id, client_id, engagement_id);
alter table participant_link
  drop constraint participant_link_engagement_fkey,
  add constraint participant_link_engagement_fkey
    foreign key (organization_id, client_id, engagement_id)
    references engagement (organization_id, client_id, engagement_id);
