-- Watchers of all clients are served by one statement of the jobs' role.
call open_to_jobs('fact_sheet', 'select');
