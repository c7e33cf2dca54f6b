// node scripts/graph-permissions.ts [permission on request …]: the permissions of Microsoft Graph that each identity is granted, a line each: role, tab, permission. grant-graph.sh reads it.
import { graphGrants, graphGrantsOnRequest } from '../shared/connectors/http/graph-grants.ts';

const asked = process.argv.slice(2);
const unknown = asked.filter((permission) => !graphGrantsOnRequest.includes(permission));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: no identity is granted that on request.`);
  process.exit(2);
}
for (const [role, permissions] of Object.entries({ ...graphGrants, work: [...graphGrants.work, ...asked].toSorted() }))
  for (const permission of permissions) console.log(`${role}\t${permission}`);
