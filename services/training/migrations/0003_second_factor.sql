-- Whether who acted in person showed a second factor besides the link.
alter table attempt add column second_factor boolean not null default false;
alter table attendance add column second_factor boolean not null default false;
