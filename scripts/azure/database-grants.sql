-- What “ingest” and “hands” may do in the registry, table by table. “work” owns it. test/infra holds this list against the tables that there are.
begin;
revoke all on all tables in schema public from :"ingest", :"hands";
grant select on all tables in schema public to :"ingest", :"hands";

-- ingest: takes events in, asks for plans and runs, decides about holds. It tells of no change in a target (intent, account_link), and asks for no privileged one (errand).
grant insert, update on inbox, outbox, batch, hold, lock, run, step, sweep, mode, notice_count to :"ingest";
grant insert on rejected_event, approval, plan, definition, budget, audit, audit_value, population to :"ingest";
grant insert, delete on pause to :"ingest";
-- What it wants to know of a target it asks “work” to look at.
grant insert, delete on look to :"ingest";
-- A pass is gone when it is shown.
grant delete on sealed to :"ingest";
-- Words for people are erased at their request.
grant delete on audit_value to :"ingest";
-- A row is locked with a right to change it, if only its id, which everything else refers to.
grant update (id) on person to :"ingest", :"hands";

-- hands: carries out one privileged change at a time and says what came of it.
grant update on errand to :"hands";
grant insert, update on intent, quota to :"hands";
grant insert, update, delete on sealed to :"hands";
grant insert on hold, budget, audit, audit_value to :"hands";
grant update (id) on run to :"hands";
commit;
