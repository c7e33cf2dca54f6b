/** The simulated Entra tenant. */
export const tenant = {
  id: '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4',
  domain: 'contoso.example',
  initialDomain: 'contoso.onmicrosoft.com',
} as const;
