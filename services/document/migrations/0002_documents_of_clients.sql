-- Documents of the company as such: rulebook, poster, quote before there is an engagement.

alter table document alter column engagement_id drop not null;
