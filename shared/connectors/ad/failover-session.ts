import { NotSent } from '../http/not-sent.ts';
import { SignInRefused, type LdapSession } from './ldap-session.ts';

/**
 * One session over several controllers, in the order of preference: the first that can be reached is kept to until it cannot be, so that what was written is read back where it was written. One
 * that answers and refuses the sign-in is not passed over, since the next would count the wrong password too.
 */
export function createFailoverSession(sessions: readonly LdapSession[]): LdapSession {
  let current = 0;
  return {
    run: async (operation, signal) => {
      for (let attempt = 1; ; attempt += 1) {
        const at = current;
        const session = sessions[at];
        if (session === undefined) throw new NotSent('No domain controller is configured.');
        try {
          return await session.run(operation, signal);
        } catch (error) {
          const isAway = error instanceof NotSent && !(error instanceof SignInRefused) && !signal.aborted;
          if (!isAway || attempt >= sessions.length) throw error;
          // Whoever failed at the same time may have moved on already.
          if (current === at) current = (at + 1) % sessions.length;
        }
      }
    },
    close: async () => {
      await Promise.all(sessions.map((session) => session.close()));
    },
  };
}
