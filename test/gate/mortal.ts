import type { GateDeps } from '../../shared/gate/gate-deps.ts';
import type { Writers } from '../../shared/ports/writers/writers.ts';

/** Thrown where the worker dies; whatever it still tries after that does not happen either. */
export class Died extends Error {}

type Live = <T>(call: () => Promise<T>) => Promise<T>;

/** The gate of a worker that dies right after it has committed, sent or sealed something for the `last`-th time. */
export function mortal(gate: GateDeps, last: number): GateDeps {
  let calls = 0;
  const live: Live = async (call) => {
    if (calls >= last) throw new Died('after death');
    const result = await call();
    calls += 1;
    if (calls >= last) throw new Died(`after call ${last}`);
    return result;
  };
  const { registry, secrets } = gate;
  const { intents } = registry.stores;
  const written = {
    ...intents,
    markSending: (...told: Parameters<typeof intents.markSending>) => live(() => intents.markSending(...told)),
    markAnswered: (...told: Parameters<typeof intents.markAnswered>) => live(() => intents.markAnswered(...told)),
    release: (...told: Parameters<typeof intents.release>) => live(() => intents.release(...told)),
  };
  return {
    ...gate,
    registry: {
      ...registry,
      stores: { ...registry.stores, intents: written },
      transaction: (work, options) => live(() => registry.transaction(work, options)),
    },
    secrets: { ...secrets, keep: (...told) => live(() => secrets.keep(...told)) },
    target: (id) => ({ ...gate.target(id), writes: mortalWriters(gate.target(id).writes, live) }),
  };
}

function mortalWriters({ accounts, memberships, licences, passes, mail, contacts }: Partial<Writers>, live: Live): Partial<Writers> {
  return {
    ...(accounts && {
      accounts: {
        create: (...told) => live(() => accounts.create(...told)),
        update: (...told) => live(() => accounts.update(...told)),
        delete: (...told) => live(() => accounts.delete(...told)),
        restore: (...told) => live(() => accounts.restore(...told)),
      },
    }),
    ...(memberships && { memberships: { setMembership: (...told) => live(() => memberships.setMembership(...told)) } }),
    ...(licences && { licences: { setLicence: (...told) => live(() => licences.setLicence(...told)) } }),
    ...(passes && {
      passes: { issue: (...told) => live(() => passes.issue(...told)), removePass: (...told) => live(() => passes.removePass(...told)) },
    }),
    ...(mail && { mail: { draft: (...told) => live(() => mail.draft(...told)), send: (...told) => live(() => mail.send(...told)) } }),
    ...(contacts && { contacts: { writeContact: (...told) => live(() => contacts.writeContact(...told)) } }),
  };
}
