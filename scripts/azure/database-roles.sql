-- Roles for the identities of the three apps. A role is found by the object id in its label, and has the name of its identity:
-- https://learn.microsoft.com/azure/postgresql/security/security-manage-entra-users#enable-microsoft-entra-authentication-for-an-existing-postgresql-role-using-sql
-- The label is given by hand, and not by pgaadauth_create_principal_with_oid, so that whoever runs this has made the roles and may say what they get.
\set ON_ERROR_STOP 1
select exists (select from pg_proc where proname = 'pgaadauth_create_principal_with_oid') as has_entra \gset
\if :has_entra
\else
\warn 'This server knows no Entra identities: the roles are made, and nobody can sign in as them.'
\endif
select not exists (select from pg_roles where rolname = 'gatehouse_owner') as is_missing \gset
\if :is_missing
create role gatehouse_owner nologin;
\endif
grant gatehouse_owner to current_user;
\set role :ingest
\set object_id :ingest_id
\ir database-role.sql
\set role :work
\set object_id :work_id
\ir database-role.sql
\set role :hands
\set object_id :hands_id
\ir database-role.sql
-- “work” brings the schema up to date, and what it makes belongs to the owner, whom this script may speak for.
grant gatehouse_owner to :"work";
alter role :"work" set role gatehouse_owner;
