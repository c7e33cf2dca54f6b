#!/usr/bin/env bash
# azd runs this before it provisions: it notes who administers PostgreSQL, and stops where something is missing that would fail only after half an hour.
set -euo pipefail

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

[[ $AZURE_ENV_NAME =~ ^[a-z][a-z0-9]{1,11}$ ]] || fail "The environment is called “$AZURE_ENV_NAME”. Names of resources are made of it: take 2 to 12 small letters and digits (azd env new)."
[[ ${GATEHOUSE_OPERATOR_ADDRESS:-} =~ ^([0-9.]+/[0-9]+|none)$ ]] ||
  fail 'Say from which address you deploy, set secrets and make database roles: azd env set GATEHOUSE_OPERATOR_ADDRESS 203.0.113.7/32 (or none, when set-up is done)'
az account show --output none || fail 'Sign in first: az login'

if [ -z "${GATEHOUSE_DATABASE_ADMIN_NAME:-}" ]; then
  azd env set GATEHOUSE_DATABASE_ADMIN_ID "$(az rest --method get --url https://graph.microsoft.com/v1.0/me --query id --output tsv)"
  azd env set GATEHOUSE_DATABASE_ADMIN_NAME "$(az rest --method get --url https://graph.microsoft.com/v1.0/me --query userPrincipalName --output tsv)"
fi

for provider in Microsoft.App Microsoft.Web Microsoft.ServiceBus Microsoft.DurableTask Microsoft.DBforPostgreSQL Microsoft.KeyVault Microsoft.Insights Microsoft.OperationalInsights; do
  az provider register --namespace "$provider" --output none
done
