-- The declaration's portal asks for the reading of the name.
alter table client add column legal_name_kana text not null default '';
