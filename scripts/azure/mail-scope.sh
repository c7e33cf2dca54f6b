#!/usr/bin/env bash
# Lets “work”, and “hands”, which announces passes, write drafts in, and send from, one mailbox and no other: Exchange's RBAC for applications (https://learn.microsoft.com/exchange/permissions-exo/application-rbac).
#
#   scripts/azure/mail-scope.sh --mailbox gatehouse@contoso.com [--apply]
#
# Microsoft documents PowerShell for this and nothing else. Without --apply this prints those commands, to be pasted into the Cloud Shell of the portal (Connect-ExchangeOnline), where nothing has to be installed.
# With --apply it sends the same commands to the address that Microsoft's own module sends them to. That address is not documented, and az signed in as a person gets no token for it: sign in as an application
# that holds Exchange.ManageAsApp and the role Exchange Administrator. It is safe to repeat: what is there already is left alone.
set -euo pipefail

mailbox=''
apply=false
scope='Gatehouse sender'
permissions=('Application Mail.ReadWrite' 'Application Mail.Send')

fail() {
  printf '%s\n' "$*" >&2
  exit 2
}

value_of() {
  if [ -n "${!1:-}" ]; then printf '%s' "${!1}"; else azd env get-value "$1" 2>/dev/null || fail "There is no $1 in the azd environment. Run azd provision first."; fi
}

# Sends one command; “already” is no failure, so that this can be repeated.
invoke() {
  local name=$1 parameters=$2 body answer
  printf -v body '{"CmdletInput":{"CmdletName":"%s","Parameters":%s}}' "$name" "$parameters"
  if answer=$(az rest --method post --resource https://outlook.office365.com --url "${GATEHOUSE_EXCHANGE_URL:-https://outlook.office365.com}/adminapi/beta/$tenant/InvokeCommand" \
    --headers Content-Type=application/json --body "$body" --output none 2>&1); then
    printf 'done: %s\n' "$name"
  elif grep -qiE 'already (exists|exist|present)|is already' <<<"$answer"; then
    printf 'there already: %s\n' "$name"
  else
    fail "$name was refused: $answer"
  fi
}

while [ $# -gt 0 ]; do
  case $1 in
    --apply) apply=true ;;
    --mailbox) mailbox=${2:?--mailbox names an address} && shift ;;
    *) fail "Unknown option $1. See the beginning of this file." ;;
  esac
  shift
done
[[ $mailbox =~ ^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$ ]] || fail 'Say which mailbox sends: --mailbox gatehouse@contoso.com'
scope_filter="PrimarySmtpAddress -eq '$mailbox'"

if ! $apply; then
  printf 'New-ManagementScope -Name '"'%s'"' -RecipientRestrictionFilter "%s"\n' "$scope" "$scope_filter"
else
  tenant=$(az account show --query tenantId --output tsv)
  invoke New-ManagementScope "{\"Name\":\"$scope\",\"RecipientRestrictionFilter\":\"$scope_filter\"}"
fi
for app in WORK HANDS; do
  client=$(value_of "GATEHOUSE_${app}_CLIENT")
  principal=$(value_of "GATEHOUSE_${app}_PRINCIPAL")
  name=$(value_of "GATEHOUSE_${app}_IDENTITY")
  if ! $apply; then
    cat <<COMMANDS
New-ServicePrincipal -AppId $client -ObjectId $principal -DisplayName '$name'
New-ManagementRoleAssignment -App $client -Role '${permissions[0]}' -CustomResourceScope '$scope' -Name '$name ${permissions[0]}'
New-ManagementRoleAssignment -App $client -Role '${permissions[1]}' -CustomResourceScope '$scope' -Name '$name ${permissions[1]}'
Test-ServicePrincipalAuthorization -Identity $client -Resource $mailbox | Format-Table
COMMANDS
    continue
  fi
  invoke New-ServicePrincipal "{\"AppId\":\"$client\",\"ObjectId\":\"$principal\",\"DisplayName\":\"$name\"}"
  for permission in "${permissions[@]}"; do
    invoke New-ManagementRoleAssignment "{\"App\":\"$client\",\"Role\":\"$permission\",\"CustomResourceScope\":\"$scope\",\"Name\":\"$name $permission\"}"
  done
done
