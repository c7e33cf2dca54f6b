#!/usr/bin/env bash
# Makes the three database roles from the identities of the apps, and gives each what it needs and nothing else. azd runs it after provisioning (roles) and after deploying (grants, when “work” has made the tables).
#
#   scripts/azure/database-roles.sh roles|grants
#
# Whoever runs it administers the server (GATEHOUSE_DATABASE_ADMIN_NAME) and connects from GATEHOUSE_OPERATOR_ADDRESS or from within the network. It needs psql (Debian: postgresql-client).
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

value_of() {
  if [ -n "${!1:-}" ]; then printf '%s' "${!1}"; else azd env get-value "$1" 2>/dev/null || fail "There is no $1 in the azd environment. Run azd provision first."; fi
}

sql() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@" \
    --set ingest="$(value_of GATEHOUSE_INGEST_IDENTITY)" --set ingest_id="$(value_of GATEHOUSE_INGEST_PRINCIPAL)" \
    --set work="$(value_of GATEHOUSE_WORK_IDENTITY)" --set work_id="$(value_of GATEHOUSE_WORK_PRINCIPAL)" \
    --set hands="$(value_of GATEHOUSE_HANDS_IDENTITY)" --set hands_id="$(value_of GATEHOUSE_HANDS_PRINCIPAL)"
}

# Lives for an hour at most, and only in this process: https://learn.microsoft.com/azure/postgresql/security/security-entra-configure
sign_in() {
  if [ -n "${PGHOST:-}" ]; then return; fi
  PGHOST=$(value_of GATEHOUSE_DATABASE_HOST)
  PGUSER=$(value_of GATEHOUSE_DATABASE_ADMIN_NAME)
  PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv)
  export PGHOST PGUSER PGPASSWORD PGSSLMODE=verify-full PGSSLROOTCERT="${PGSSLROOTCERT:-/etc/ssl/certs/ca-certificates.crt}"
}

wait_for_tables() {
  local tries=${GATEHOUSE_TRIES:-60}
  until [ "$(psql --no-psqlrc --tuples-only --no-align --dbname gatehouse --command "select to_regclass('public.audit_head') is not null and to_regclass('public.kysely_migration') is not null")" = t ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail '“work” has not made its tables. Look at its log; then run this again: scripts/azure/database-roles.sh grants'
    sleep "${GATEHOUSE_PAUSE:-5}"
  done
}

if [ "${GATEHOUSE_OPERATOR_ADDRESS:-}" = none ]; then
  echo 'The database is closed to people: its roles stay as they are. For a new version open it first: azd env set GATEHOUSE_OPERATOR_ADDRESS …'
  exit 0
fi
command -v psql >/dev/null || fail 'psql is not installed. On Debian and Ubuntu: apt-get install postgresql-client'
sign_in
case ${1:-} in
  roles)
    sql --dbname postgres --file "$folder/database-roles.sql"
    sql --dbname gatehouse --file "$folder/database-rooms.sql"
    ;;
  grants)
    wait_for_tables
    sql --dbname gatehouse --file "$folder/database-grants.sql"
    ;;
  *) fail 'Say what to do: roles, or grants.' ;;
esac
