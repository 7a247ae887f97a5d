-- What the gauges of store/gauges.cc count.
call open_to_counting('session', 'state');
call open_to_counting('attempt', 'kind, state, passed, score_percent');
call open_to_counting('follow_up', 'state');

-- What reporting tools read (deploy/postgresql/REPORTING.md).
call open_to_reporting('session', 'session_id, course_id, state, start_time');
call open_to_reporting('session_engagement', 'session_id, client_id, engagement_id');
call open_to_reporting('attempt',
                       'client_id, engagement_id, course_id, kind, state, passed, '
                       'score_percent');

create view report_session with (security_invoker = true) as
  select s.organization_id, s.session_id, e.client_id, e.engagement_id, s.course_id as course, s.state,
         s.start_time
  from session s join session_engagement e using (organization_id, session_id);

-- No single person's result: sums of an engagement.
create view report_test with (security_invoker = true) as
  select organization_id, client_id, engagement_id, course_id as course, kind, count(*) as taken,
         count(*) filter (where passed) as passed, avg(score_percent) as mean_score_percent
  from attempt where state = 'STATE_SUBMITTED'
  group by organization_id, client_id, engagement_id, course_id, kind;

grant select on report_session, report_test to staraction_reporting;
