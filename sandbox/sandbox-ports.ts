/** Ports to listen on; 0 takes a free one. */
export type SandboxPorts = {
  readonly control: number;
  readonly graph: number;
  readonly oci: number;
  readonly ldap: number;
  readonly ldaps: number;
};

/** The ports of docs/sandbox.md. */
export const defaultPorts: SandboxPorts = { control: 7072, graph: 7073, oci: 7074, ldap: 7389, ldaps: 7636 };
