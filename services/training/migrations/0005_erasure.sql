-- What is kept when a client is erased (common/pg/migrations/0004_erasure.sql).
call keep_text('attempt', 'course_id kind channel state missed_topics recorded_by pack variant');
call keep_text('attendance', 'channel recorded_by scan');
call keep_text('briefing', 'course_id state pack channel recorded_by');
call keep_text('completion_certificate', 'number course_id course_title edition pack score_band '
                                         'score_band_title state revoked_by recorded_by');
call keep_text('follow_up', 'course_id topic title state channel recorded_by');
call keep_text('paper_test', 'course_id kind variants pack recorded_by');
call keep_text('training_scan', 'media_type sha256 recorded_by');

-- A session's name and place are erased with the last of the clients that it was held for.
call open_to_erasure('session', 'true');
create policy session_engagement_owner on session_engagement for select to staraction_owner
  using (organization_id = (select app_organization()));
create or replace function erase_more(organization uuid, client uuid) returns date
language plpgsql as $$
begin
  update session s set display_name = '', place = ''
  where s.organization_id = organization
    and exists (select from session_engagement e where e.organization_id = organization
                  and e.session_id = s.session_id and e.client_id = client)
    and not exists (select from session_engagement e where e.organization_id = organization
                      and e.session_id = s.session_id and e.client_id <> client
                      and not exists (select from erased_client x where x.organization_id = organization
                                        and x.client_id = e.client_id));
  return null;
end $$;
