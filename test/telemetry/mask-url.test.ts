import { describe, expect, it } from 'vitest';
import { maskedPath } from '../../shared/telemetry/mask-url.ts';

describe('the address of a request, as it is told', () => {
  it.each([
    ['https://graph.microsoft.com/v1.0/users/zoe.obrien@contoso.example/memberOf?$select=id', '/v1.0/users/*/memberOf'],
    ["https://graph.microsoft.com/v1.0/users?$filter=employeeId eq '10042'", '/v1.0/users'],
    ["https://graph.microsoft.com/v1.0/users(userPrincipalName='zoe@contoso.example')", '/v1.0/users(*)'],
    ['https://graph.microsoft.com/v1.0/users/delta()?$deltatoken=abc', '/v1.0/users/delta()'],
    ['http://127.0.0.1:7074/admin/v1/Users/ocid1.user.oc1..zoe', '/admin/v1/Users/*'],
    ['http://127.0.0.1:7072/hr/v1/workers/10042', '/hr/v1/workers/*'],
    ['http://127.0.0.1:7072/hr/v1/workers/%E0%A4%A', '/hr/v1/workers/*'],
    ['https://app.example/scim/v2/Users/Zo%C3%AB?filter=userName%20eq%20%22zoe%22', '/scim/v2/Users/*'],
  ])('%s is %s', (url, told) => {
    expect(maskedPath(url)).toBe(told);
  });
});
