import { z } from 'zod';
import type { Evidence, Fact, Finding } from './fact.ts';

const collections = ['ApiKeys', 'AuthTokens', 'CustomerSecretKeys', 'SmtpCredentials', 'OAuth2ClientCredentials', 'UserDbCredentials'];
const versioned = z.looseObject({ meta: z.looseObject({ version: z.string().optional() }).optional() });

/** Oracle's identity domains. */
export const ociFacts: readonly Fact[] = [
  {
    id: 'oci-credentials-readable',
    fact: 'The administrator role of the client is enough to list all six kinds of credentials.',
    from: 'docs/connectors.md',
    at: 'shut',
    check: readsCredentials,
  },
  {
    id: 'oci-version',
    fact: 'A user has a version, in meta.version and in the header ETag, and the two are the same but for quotes.',
    from: 'docs/connectors.md',
    at: 'shut',
    check: hasVersion,
  },
  {
    id: 'oci-if-match',
    fact: 'A write with an old version in If-Match is refused with 412.',
    from: 'docs/connectors.md',
    byHand: 'PATCH a test user twice with the version that was read before the first.',
  },
  {
    id: 'oci-keys-survive',
    fact: 'API keys of a user stay when the user is deactivated, and whether they still sign.',
    from: 'docs/connectors.md',
    byHand: 'Upload an API key for a test user, deactivate the user, and send a signed request with it.',
  },
  {
    id: 'oci-mail-order',
    fact: 'No mail of Oracle goes out for a user that was created with bypassNotification.',
    from: 'docs/connectors.md',
    byHand: 'Give the test person a mailbox that you can read with --fact "Personal email=…", and look.',
  },
  {
    id: 'oci-bypass-codes',
    fact: 'The remover of second factors takes bypass codes along.',
    from: 'docs/connectors.md',
    byHand: 'Make a bypass code for a test user in the console, let them leave, and list /BypassCodes.',
  },
  {
    id: 'oci-token-exchange',
    fact: '/admin/v1 takes a token that was exchanged for one of Entra (UPST).',
    from: 'docs/connectors.md',
    byHand: 'Nothing is built on it: the client proves itself by a secret or a certificate.',
  },
  {
    id: 'oci-gallery-sync',
    fact: "Scheduled sync of Microsoft's template removes members and users, and not only adds them.",
    from: 'docs/topologies.md',
    byHand: 'Nothing is built on it: Gatehouse writes to the domain itself.',
  },
];

async function readsCredentials({ oci, ociUser }: Evidence): Promise<Finding> {
  if (oci === undefined || ociUser === undefined) return { is: 'not told', found: 'OCI is not looked into' };
  const filter = encodeURIComponent(`user.value eq "${ociUser}"`);
  const refused: string[] = [];
  for (const name of collections)
    await oci(`/${name}?filter=${filter}&count=1`).then(
      (answer) => answer === undefined && refused.push(`${name}: 404`),
      (error: unknown) => refused.push(`${name}: ${error instanceof Error ? error.message : 'refused'}`),
    );
  return refused.length === 0
    ? { is: 'holds', found: 'all six were listed, with the token of this command' }
    : { is: 'does not hold', found: refused.join('; ').slice(0, 300) };
}

async function hasVersion({ oci, ociUser }: Evidence): Promise<Finding> {
  if (oci === undefined || ociUser === undefined) return { is: 'not told', found: 'OCI is not looked into' };
  const answer = await oci(`/Users/${ociUser}`);
  const version = versioned.parse(answer?.body ?? {}).meta?.version;
  const tag = answer?.headers.get('etag') ?? undefined;
  const words = `meta.version ${version ?? 'absent'}, ETag ${tag ?? 'absent'}`;
  if (version === undefined || tag === undefined) return { is: 'does not hold', found: words };
  return { is: tag.replace(/^(W\/)?"|"$/g, '') === version ? 'holds' : 'does not hold', found: words };
}
