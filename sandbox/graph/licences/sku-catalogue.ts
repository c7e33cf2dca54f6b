import type { ServicePlan, Sku } from './skus.ts';

const plan = (id: string, name: string, service: string): ServicePlan => ({ id, name, service });

// Ids and names: https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference. A few plans of each stand for all.
const exchange = plan('efb87545-963c-4e0d-99df-69c6916d9eb0', 'EXCHANGE_S_ENTERPRISE', 'exchange');
const exchangeKiosk = plan('4a82b400-a79f-41a4-b4e2-e94f5787b113', 'EXCHANGE_S_DESKLESS', 'exchange');
const teams = plan('57ff2da0-773e-42df-b2af-ffb7a2317929', 'TEAMS1', 'TeamspaceAPI');
const sharePoint = plan('5dbe027f-2339-4123-9542-606e4d348a72', 'SHAREPOINTENTERPRISE', 'SharePoint');
const entraP1 = plan('41781fb2-bc02-4b7c-bd55-b576c07bb09d', 'AAD_PREMIUM', 'AADPremiumService');
const entraP2 = plan('eec0eb4f-6444-4f95-aba0-50c24d67f998', 'AAD_PREMIUM_P2', 'AADPremiumService');
const intune = plan('c1ec4a95-1f05-45b3-a911-aa3fa01094f5', 'INTUNE_A', 'SCO');

/** Whether a plan gives a mailbox. */
export function isExchangePlan(servicePlan: ServicePlan): boolean {
  return servicePlan.service === 'exchange';
}

/** The licences of docs/sandbox.md. */
export const skuCatalogue: readonly Sku[] = [
  {
    skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
    partNumber: 'SPE_E3',
    enabled: 500,
    plans: [exchange, teams, sharePoint, entraP1, intune],
  },
  {
    skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
    partNumber: 'SPE_E5',
    enabled: 500,
    plans: [exchange, teams, sharePoint, entraP1, entraP2, intune],
  },
  { skuId: '66b55226-6b4f-492c-910c-a3b7a3c9d993', partNumber: 'SPE_F1', enabled: 500, plans: [exchangeKiosk, teams, entraP1, intune] },
];
