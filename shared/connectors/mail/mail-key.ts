/**
 * The named MAPI property under which a mail carries its key, in a property set of our own (the GUID), so that Graph can filter on it
 * (https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get). It stays on the message when it is sent, and is not shown to recipients.
 */
export const mailKeyProperty = 'String {6f1c0a52-5a3e-4f0e-9c55-3a1d8c1b7e24} Name GatehouseKey';
