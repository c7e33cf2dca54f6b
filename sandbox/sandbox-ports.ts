/** Ports to listen on; 0 takes a free one. */
export type SandboxPorts = {
  readonly control: number;
  readonly graph: number;
  readonly oci: number;
  readonly ldap: number;
  readonly ldaps: number;
  /** The second domain controller; left out, free ones unless the first has the ports of docs/sandbox.md. */
  readonly ldapSecond?: number;
  readonly ldapsSecond?: number;
  /** The application that speaks SCIM; left out, a free one unless the control port is that of docs/sandbox.md. */
  readonly scim?: number;
};

/** The ports of docs/sandbox.md. */
export const defaultPorts: SandboxPorts = { control: 7072, graph: 7073, oci: 7074, ldap: 7389, ldaps: 7636 };

/** The ports of the second domain controller. Only the sandbox on its usual ports takes the usual ones: others would stand in each other's way. */
export function secondControllerPorts(ports: SandboxPorts): { readonly ldap: number; readonly ldaps: number } {
  const isUsual = ports.ldaps === defaultPorts.ldaps;
  return { ldap: ports.ldapSecond ?? (isUsual ? 7390 : 0), ldaps: ports.ldapsSecond ?? (isUsual ? 7637 : 0) };
}

/** The port of the application that speaks SCIM: as for the second domain controller. */
export function scimPort(ports: SandboxPorts): number {
  return ports.scim ?? (ports.control === defaultPorts.control ? 7076 : 0);
}
