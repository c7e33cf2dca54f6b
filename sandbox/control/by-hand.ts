import { z } from 'zod';
import { changeGroupMembers, setAccountEnabled } from '../directory/administer.ts';
import { readBody, type HttpContext } from '../foundation/http-wire.ts';
import type { HttpApp } from '../foundation/serve.ts';
import type { World } from '../foundation/world.ts';
import { addClientKey } from '../oci/client-assertion.ts';
import { addCredentialByHand, setUserByHand } from '../oci/administer.ts';
import { credentialKinds } from '../oci/credential-kinds.ts';
import { ScimError } from '../oci/scim/scim-error.ts';
import { capabilityNames } from '../oci/scim/user-schema.ts';

const guids = z.array(z.guid()).default([]);
const accountSchema = z.strictObject({ enabled: z.boolean() });
const membersSchema = z.strictObject({ add: guids, remove: guids });
const userSchema = z
  .strictObject({
    active: z.boolean().exactOptional(),
    capabilities: z.partialRecord(z.enum(capabilityNames), z.boolean()).exactOptional(),
  })
  .refine((change) => Object.keys(change).length > 0, { error: 'needs active or capabilities' });
const credentialSchema = z.strictObject({ kind: z.enum(credentialKinds.map(({ resource }) => resource)) });

const certificateSchema = z.strictObject({ alias: z.string().min(1), publicKey: z.string() });

/** The changes that another administrator makes behind Gatehouse's back, in the directory and in OCI. None of them is a wire request, so they are neither recorded nor counted. */
export function addByHand(app: HttpApp, world: World): void {
  app.post('/directory/users/:guid', (context) =>
    answer(context, accountSchema, ({ enabled }) => setAccountEnabled(world, context.req.param('guid'), enabled)),
  );
  app.post('/directory/groups/:guid/members', (context) =>
    answer(context, membersSchema, (change) => {
      const changed = changeGroupMembers(world, context.req.param('guid'), change);
      return 'unknown' in changed ? undefined : changed;
    }),
  );
  app.post('/oci/users/:id', (context) => answer(context, userSchema, (change) => setUserByHand(world, context.req.param('id'), change)));
  app.post('/oci/users/:id/credentials', (context) =>
    answer(context, credentialSchema, ({ kind }) => addCredentialByHand(world, context.req.param('id'), kind)),
  );
  app.post('/oci/client-certificates', (context) =>
    answer(context, certificateSchema, ({ alias, publicKey }) => {
      addClientKey(world.database, alias, publicKey);
      return { alias };
    }),
  );
}

async function answer<Schema extends z.ZodType>(
  context: HttpContext,
  schema: Schema,
  work: (body: z.infer<Schema>) => object | undefined,
): Promise<Response> {
  const body = await readBody(context);
  const checked = schema.safeParse(body.is === 'json' ? body.value : undefined);
  if (!checked.success)
    return problem(400, checked.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '));
  try {
    const done = work(checked.data);
    return done === undefined ? problem(404, 'There is no such account, group or member.') : Response.json(done);
  } catch (error) {
    if (error instanceof ScimError) return problem(error.problem.status, error.problem.detail);
    throw error;
  }
}

function problem(status: number, detail: string): Response {
  return Response.json({ error: { detail } }, { status });
}
