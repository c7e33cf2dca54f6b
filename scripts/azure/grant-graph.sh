#!/usr/bin/env bash
# Grants each identity the permissions of Microsoft Graph that it needs, and tells what it holds beyond them.
#
#   scripts/azure/grant-graph.sh [--apply] [--with PERMISSION] [--identity ROLE=OBJECT-ID ...]
#
# Without --apply nothing is granted: it lists what is missing. --with AppRoleAssignment.ReadWrite.All is for the workflows that name remove-app-roles.
# Identities are those of the azd environment, unless --identity names them. Exit code 0: all is as it should be; 1: something is missing or too much; 2: it could not be done.
# Whoever runs it has to be a Privileged Role Administrator: https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
graph=${GATEHOUSE_GRAPH_URL:-https://graph.microsoft.com}/v1.0
graph_app_id=00000003-0000-0000-c000-000000000000
roles=(ingest work hands)
apply=false
asked=()
declare -A principals=()

fail() {
  printf '%s\n' "$*" >&2
  exit 2
}

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --apply) apply=true ;;
      --with) asked+=("${2:?--with names a permission}") && shift ;;
      --identity) principals[${2%%=*}]=${2#*=} && shift ;;
      *) fail "Unknown option $1. See the beginning of this file." ;;
    esac
    shift
  done
}

# The object id of an identity: given, or from the outputs of the azd environment (infra/main.bicep).
principal_of() {
  local name="GATEHOUSE_${1^^}_PRINCIPAL"
  if [ -n "${principals[$1]:-}" ]; then
    printf '%s' "${principals[$1]}"
  elif [ -n "${!name:-}" ]; then
    printf '%s' "${!name}"
  else
    azd env get-value "$name" 2>/dev/null || fail "There is no $name in the azd environment. Run azd provision first, or give --identity $1=OBJECT-ID."
  fi
}

# Who is granted what, a line each. Node is there, since npm run package needs it.
all_wanted() {
  node "$root/scripts/node24.mjs" "$root/scripts/graph-permissions.ts" "${asked[@]}"
}

# What an object holds, a line each: id of the assignment, id of the resource, id of the role, name of the resource. After the last line of a page comes the address of the next.
assignments_of() {
  local url="$graph/servicePrincipals/$1/appRoleAssignments" page
  while [ -n "$url" ]; do
    page=$(az rest --method get --url "$url" --output tsv --query '[value[].[id, resourceId, appRoleId, resourceDisplayName], [["@odata.nextLink"]]][]')
    grep -v '^https:' <<<"$page" || true
    url=$(grep '^https:' <<<"$page" || true)
  done
}

directory_roles_of() {
  az rest --method get --url "$graph/servicePrincipals/$1/transitiveMemberOf/microsoft.graph.directoryRole" --query 'value[].displayName' --output tsv
}

grant() {
  local body
  printf -v body '{"principalId":"%s","resourceId":"%s","appRoleId":"%s"}' "$1" "$graph_id" "$2"
  az rest --method post --url "$graph/servicePrincipals/$1/appRoleAssignments" --headers Content-Type=application/json --body "$body" --output none
}

give_what_is_missing() {
  local role=$1 principal=$2 wanted permission id
  while IFS=$'\t' read -r wanted permission; do
    [ "$wanted" = "$role" ] || continue
    id=${role_ids[$permission]:-}
    [ -n "$id" ] || fail "Microsoft Graph has no application permission $permission in this cloud."
    is_wanted[$id]=yes
    if [ -n "${is_held[$id]:-}" ]; then continue; fi
    if $apply; then
      grant "$principal" "$id"
      printf '%s: granted %s\n' "$role" "$permission"
    else
      printf '%s: missing %s\n' "$role" "$permission"
      is_right=false
    fi
  done <<<"$all"
}

tell_what_is_too_much() {
  local role=$1 principal=$2 assignment resource id name directory_role
  while IFS=$'\t' read -r assignment resource id name; do
    [ -n "$id" ] || continue
    if [ "$resource" = "$graph_id" ] && [ -n "${is_wanted[$id]:-}" ]; then continue; fi
    printf '%s: too much: %s of %s. Take it away: az rest --method delete --url "%s/servicePrincipals/%s/appRoleAssignments/%s"\n' \
      "$role" "${role_names[$id]:-role $id}" "$name" "$graph" "$principal" "$assignment"
    is_right=false
  done <<<"$3"
  while IFS= read -r directory_role; do
    [ -n "$directory_role" ] || continue
    printf '%s: too much: the directory role %s\n' "$role" "$directory_role"
    is_right=false
  done <<<"$4"
}

see_to() {
  local role=$1 principal found directory_roles assignment resource id name
  declare -A is_held=() is_wanted=()
  principal=$(principal_of "$role")
  found=$(assignments_of "$principal")
  directory_roles=$(directory_roles_of "$principal")
  while IFS=$'\t' read -r assignment resource id name; do
    if [ "$resource" = "$graph_id" ] && [ -n "$id" ]; then is_held[$id]=yes; fi
  done <<<"$found"
  give_what_is_missing "$role" "$principal"
  tell_what_is_too_much "$role" "$principal" "$found" "$directory_roles"
}

read_options "$@"
is_right=true
all=$(all_wanted)
declare -A role_ids=() role_names=()
app_roles=$(az rest --method get --url "$graph/servicePrincipals(appId='$graph_app_id')?\$select=id,appRoles" --output tsv \
  --query "[[['', id]], appRoles[?contains(allowedMemberTypes, 'Application')].[value, id]][]")
while IFS='|' read -r value id; do
  if [ -z "$value" ]; then
    graph_id=$id
  else
    role_ids[$value]=$id
    role_names[$id]=$value
  fi
done <<<"${app_roles//$'\t'/|}"
[ "${#role_ids[@]}" -gt 0 ] || fail 'Microsoft Graph named no permissions. Are you signed in? az login'
for role in "${roles[@]}"; do see_to "$role"; done
if $is_right; then
  echo 'Every identity holds what it needs in Microsoft Graph, and nothing else.'
else
  exit 1
fi
