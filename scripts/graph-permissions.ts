// node scripts/graph-permissions.ts <ingest|work|hands> [permission on request …]: the permissions of Microsoft Graph that an identity is granted, a line each. grant-graph.sh reads it.
import { graphGrants, graphGrantsOnRequest, type GraphIdentity } from '../shared/connectors/http/graph-grants.ts';

const [identity = '', ...asked] = process.argv.slice(2);

if (!isIdentity(identity)) fail(`“${identity}” is none of ${Object.keys(graphGrants).join(', ')}.`);
const unknown = asked.filter((permission) => identity !== 'work' || !graphGrantsOnRequest.includes(permission));
if (unknown.length > 0) fail(`${unknown.join(', ')}: “${identity}” is not granted that on request.`);
for (const permission of [...graphGrants[identity], ...asked].toSorted()) console.log(permission);

function isIdentity(name: string): name is GraphIdentity {
  return Object.hasOwn(graphGrants, name);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
