-- One role: :role, of the identity with the object id :object_id.
select not exists (select from pg_roles where rolname = :'role') as is_missing \gset
\if :is_missing
create role :"role" login;
\endif
\if :has_entra
select format('security label for "pgaadauth" on role %I is %L', :'role', 'aadauth,oid=' || :'object_id' || ',type=service') \gexec
\endif
