import type { AppRole } from './setting-facts.ts';
import type { SettingProblem } from './setting-problem.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong between settings that are each right by themselves. */
export function crossChecks(environment: Environment, role: AppRole): readonly SettingProblem[] {
  return [...queues(environment), ...database(environment, role), ...sandboxSecretsAbroad(environment), ...unresolved(environment)];
}

function queues(environment: Environment): readonly SettingProblem[] {
  const [name, namespace] = ['GATEHOUSE_SERVICEBUS', 'GATEHOUSE_SERVICEBUS__fullyQualifiedNamespace'];
  if (environment[name] !== undefined || environment[namespace] !== undefined) return [];
  return [{ name, problem: 'is missing', wayOut: `Give a connection string, or a namespace in ${namespace}` }];
}

function database(environment: Environment, role: AppRole): readonly SettingProblem[] {
  const name = 'DATABASE_URL';
  const address = environment[name];
  if (address === undefined) return withoutDatabase(environment, role);
  if (!URL.canParse(address)) return [];
  const { password, username, searchParams } = new URL(address);
  const isByIdentity = environment['GATEHOUSE_DATABASE_LOGIN'] === 'identity';
  const problems: SettingProblem[] = [];
  if (isByIdentity && password !== '')
    problems.push({ name, problem: 'has a password, and GATEHOUSE_DATABASE_LOGIN is identity', wayOut: 'Take the password out of it' });
  if (isByIdentity && username === '' && !searchParams.has('user'))
    problems.push({ name, problem: 'names no user', wayOut: 'Give the database role of the identity before an @' });
  const tls = [...searchParams.keys()].filter(
    (key) => key.startsWith('ssl') && !(key === 'sslmode' && searchParams.get(key) === 'verify-full'),
  );
  if (tls.length > 0)
    problems.push({
      name,
      problem: `says how TLS is done (${tls.join(', ')})`,
      wayOut: 'Take that out: certificates are always verified, by the CAs of GATEHOUSE_DATABASE_CA where that is set',
    });
  return problems;
}

function withoutDatabase(environment: Environment, role: AppRole): readonly SettingProblem[] {
  const name = 'DATABASE_URL';
  const wayOut = 'Give the address of a PostgreSQL';
  if (role !== 'all') return [{ name, problem: `is missing, and the role ${role} shares its registry with the others`, wayOut }];
  if (environment['GATEHOUSE_DATABASE_LOGIN'] !== 'identity') return [];
  return [{ name, problem: 'is missing, and GATEHOUSE_DATABASE_LOGIN is identity', wayOut }];
}

// https://learn.microsoft.com/azure/app-service/app-service-key-vault-references: a reference that cannot be resolved is handed on as it stands.
function unresolved(environment: Environment): readonly SettingProblem[] {
  const names = Object.keys(environment).filter((name) => environment[name]?.startsWith('@Microsoft.KeyVault(') === true);
  return names.map((name) => ({
    name,
    problem: 'is a reference to Key Vault that Azure could not resolve',
    wayOut: 'See that the secret exists, that the identity of the app may read it, and that the app reaches the vault',
  }));
}

const loopback = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** The sandbox's secrets are known to everybody, so they may only ever be used on this machine. */
function sandboxSecretsAbroad(environment: Environment): readonly SettingProblem[] {
  const used = Object.keys(environment).filter(
    (name) => name.startsWith('GATEHOUSE_SECRET_') && environment[name]?.startsWith('sandbox-') === true,
  );
  const abroad = Object.keys(environment).filter(
    (name) => /^GATEHOUSE_\w+_URL$|^GATEHOUSE_SCIM_/.test(name) && pointsAway(environment[name]),
  );
  if (used.length === 0 || abroad.length === 0) return [];
  const problem = `a secret of the sandbox must not be used while ${abroad.join(', ')} points away from this machine`;
  return [{ name: used.join(', '), problem, wayOut: 'Give the secret of the real system' }];
}

function pointsAway(value: string | undefined): boolean {
  return value?.split(',').some((one) => URL.canParse(one) && !loopback.test(new URL(one).hostname)) === true;
}
