-- Who may come into the database at all, and who may make tables.
revoke all on database gatehouse from public;
revoke all on schema public from public;
grant connect on database gatehouse to :"ingest", :"work", :"hands", gatehouse_owner;
grant usage on schema public to :"ingest", :"work", :"hands";
grant usage, create on schema public to gatehouse_owner;
-- A table that a later version makes can be used at once; database-grants.sql narrows it. Nobody but its owner may ever take rows away or change them unless that is listed there.
alter default privileges for role gatehouse_owner in schema public grant select, insert on tables to :"ingest";
alter default privileges for role gatehouse_owner in schema public grant select on tables to :"hands";
