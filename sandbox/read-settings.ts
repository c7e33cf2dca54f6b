import { usualCompany } from './foundation/open-world.ts';
import type { CompanySize } from './foundation/world.ts';
import { defaultPorts, type SandboxPorts } from './sandbox-ports.ts';

/** What the environment says about the sandbox. */
export type SandboxEnvironment = { readonly dataDir: string; readonly ports: SandboxPorts; readonly company: CompanySize };

const secondSetting = 'GATEHOUSE_AD_SECOND_PORT';

// Plain LDAP stands this far below LDAPS, as 7389 below 7636.
const ldapBelowLdaps = 247;

/** Reads the settings of docs/sandbox.md. Throws an error for people that names the setting whose value cannot be used. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): SandboxEnvironment {
  const ldaps = portOf(withFirstOf(environment, 'GATEHOUSE_AD_URL'), { name: 'GATEHOUSE_AD_URL', initial: defaultPorts.ldaps });
  return {
    dataDir: environment['GATEHOUSE_SANDBOX_DIR'] || '.gatehouse-sandbox',
    ports: {
      control: portNumber(environment, 'GATEHOUSE_SANDBOX_PORT', defaultPorts.control),
      graph: portOf(environment, { name: 'GATEHOUSE_GRAPH_URL', initial: defaultPorts.graph }),
      oci: portOf(environment, { name: 'GATEHOUSE_OCI_URL', initial: defaultPorts.oci }),
      ldap: ldaps === 0 ? 0 : ldaps - ldapBelowLdaps,
      ldaps,
      ...scimPortIn(environment),
      ...secondPorts(environment),
    },
    company: companySize(environment),
  };
}

// The generated names last for so many.
const mostPeople = 20_000;

function companySize(environment: Readonly<Record<string, string | undefined>>): CompanySize {
  const people = count(environment, 'GATEHOUSE_SANDBOX_PEOPLE', { initial: usualCompany.people, least: usualCompany.people });
  return { people, left: count(environment, 'GATEHOUSE_SANDBOX_LEFT', { initial: usualCompany.left, least: 0 }) };
}

function count(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  limits: { readonly initial: number; readonly least: number },
): number {
  const text = environment[name] || String(limits.initial);
  const number = Number(text);
  if (Number.isInteger(number) && number >= limits.least && number <= mostPeople) return number;
  throw new Error(`${name} is ${text}. Give a whole number of people from ${limits.least} to ${mostPeople}.`);
}

/** The setting may list both controllers, with a comma between. */
function withFirstOf(environment: Readonly<Record<string, string | undefined>>, name: string): typeof environment {
  return { ...environment, [name]: environment[name]?.split(',')[0]?.trim() };
}

function scimPortIn(environment: Readonly<Record<string, string | undefined>>): Partial<SandboxPorts> {
  const name = 'GATEHOUSE_SCIM_URL';
  return environment[name] ? { scim: portOf(environment, { name, initial: 7076 }) } : {};
}

function secondPorts(environment: Readonly<Record<string, string | undefined>>): Partial<SandboxPorts> {
  const listed = environment['GATEHOUSE_AD_URL']?.split(',')[1]?.trim();
  const isSet = (environment[secondSetting] ?? '') !== '';
  if (!isSet && listed === undefined) return {};
  const ldapsSecond = isSet
    ? portNumber(environment, secondSetting, 0)
    : portOf({ GATEHOUSE_AD_URL: listed }, { name: 'GATEHOUSE_AD_URL', initial: 0 });
  return { ldapSecond: ldapsSecond === 0 ? 0 : ldapsSecond - ldapBelowLdaps, ldapsSecond };
}

function portNumber(environment: Readonly<Record<string, string | undefined>>, name: string, initial: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return initial;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${name} is ${text}, which is not a port number. Use one from 0 to 65535; 0 takes a free one.`);
}

function portOf(
  environment: Readonly<Record<string, string | undefined>>,
  setting: { readonly name: string; readonly initial: number },
): number {
  const text = environment[setting.name];
  if (text === undefined || text === '') return setting.initial;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url !== undefined && isLoopback && url.port !== '') return Number(url.port);
  throw new Error(
    `${setting.name} is ${text}. The sandbox listens on loopback only: use an address such as http://127.0.0.1:${setting.initial}, with a port.`,
  );
}
