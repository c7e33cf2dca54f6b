import { controllers, domain, type ControllerName } from '../domain.ts';
import { toGeneralizedTime } from '../names/directory-time.ts';
import { controlOids } from '../protocol/controls.ts';
import type { Entry } from '../protocol/response.ts';
import type { DirectoryStore } from '../store/directory-store.ts';

/** What a domain controller says of itself and the directory at the empty name (MS-ADTS 3.1.1.3.2), readable without a bind. */
export function rootDse(store: DirectoryStore, controller: ControllerName, requested: readonly string[]): Entry {
  const wanted = requested.map((name) => name.toLowerCase());
  const isWanted = (name: string) =>
    wanted.length === 0 || wanted.includes('*') || wanted.includes('+') || wanted.includes(name.toLowerCase());
  return {
    dn: '',
    attributes: Object.entries(facts(store, controller))
      .filter(([name]) => isWanted(name))
      .map(([name, values]) => ({ name, values: values.map((value) => Buffer.from(value)) })),
  };
}

function facts(store: DirectoryStore, controller: ControllerName): Readonly<Record<string, readonly string[]>> {
  const configuration = `CN=Configuration,${domain.dn}`;
  const server = `CN=${controllers[controller].server},CN=Servers,CN=Default-First-Site-Name,CN=Sites,${configuration}`;
  return {
    defaultNamingContext: [domain.dn],
    rootDomainNamingContext: [domain.dn],
    configurationNamingContext: [configuration],
    schemaNamingContext: [`CN=Schema,${configuration}`],
    subschemaSubentry: [`CN=Aggregate,CN=Schema,${configuration}`],
    namingContexts: [domain.dn, configuration, `CN=Schema,${configuration}`],
    dnsHostName: [controllers[controller].hostName],
    serverName: [server],
    dsServiceName: [`CN=NTDS Settings,${server}`],
    ldapServiceName: [`${domain.dnsName}:${controller}$@${domain.dnsName.toUpperCase()}`],
    supportedLDAPVersion: ['3', '2'],
    supportedControl: Object.values(controlOids),
    supportedExtension: ['1.3.6.1.4.1.1466.20037', '1.3.6.1.4.1.4203.1.11.3'],
    // Active Directory, its LDAP v3 and policies, and "runs Windows Server 2008 or later" (MS-ADTS 3.1.1.3.4.3).
    supportedCapabilities: ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1670', '1.2.840.113556.1.4.1935', '1.2.840.113556.1.4.2080'],
    domainFunctionality: ['7'],
    forestFunctionality: ['7'],
    domainControllerFunctionality: ['7'],
    isSynchronized: ['TRUE'],
    isGlobalCatalogReady: ['TRUE'],
    highestCommittedUSN: [String(store.counters.last('usn'))],
    currentTime: [toGeneralizedTime(store.now())],
  };
}
