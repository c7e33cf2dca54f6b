/** Schema URNs of an identity domain's users and messages (RFC 7643, RFC 7644, and the User type of Oracle's `oci-identitydomains` SDK). */
export const scimSchemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  oracleUser: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:user:User',
  capabilities: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:capabilities:User',
  credentials: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:userCredentials:User',
  mfa: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:mfa:User',
  capabilitiesChanger: 'urn:ietf:params:scim:schemas:oracle:idcs:UserCapabilitiesChanger',
  factorsRemover: 'urn:ietf:params:scim:schemas:oracle:idcs:AuthenticationFactorsRemover',
  activationInitiator: 'urn:ietf:params:scim:schemas:oracle:idcs:UserActivationInitiator',
  grant: 'urn:ietf:params:scim:schemas:oracle:idcs:Grant',
  dynamicGroup: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:dynamic:Group',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  search: 'urn:ietf:params:scim:api:messages:2.0:SearchRequest',
} as const;
