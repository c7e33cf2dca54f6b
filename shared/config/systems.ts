import type { SourceId, TargetId } from '../domain/ids.ts';
import type { RecordMap } from '../domain/records/record-map.ts';

/** How far Gatehouse goes with a system: `observe` links and records, `plan` also shows what it would do, `enforce` does it. */
export type Mode = 'observe' | 'plan' | 'enforce';

/** Where records are read again: the environment setting that holds the URL, what it is where that is not set, and the name of the secret of whoever reads. */
export type RereadConfig = { readonly urlSetting: string; readonly urlDefault: string; readonly secret: string };

type Source<Kind extends string, Details> = { readonly id: SourceId; readonly kind: Kind; readonly mode: Mode } & Readonly<Details>;

/** Speaks the generic HR format; the secret of `reread` is a bearer token. `webhookSecret` is the name of what the webhook's signatures are made with. */
export type GenericHrConfig = Source<'generic-hr', { webhookSecret: string; reread: RereadConfig }>;
/** BambooHR; the secret of `reread` is an API key. */
export type BambooHrConfig = Source<'bamboohr', { webhookSecret: string; reread: RereadConfig; fields: RecordMap }>;
/** Files of workers, sent by people with a token, or signed where there is a secret. */
export type CsvConfig = Source<'csv', { webhookSecret: string | null; columns: RecordMap }>;

/** A source of worker records. Secrets are named here and read through the Secrets port. */
export type SourceConfig = GenericHrConfig | BambooHrConfig | CsvConfig;

type Target<Kind extends string, Details> = { readonly id: TargetId; readonly kind: Kind; readonly mode: Mode } & Readonly<Details>;

export type AdConfig = Target<
  'ad',
  {
    baseDn: string;
    /** The organisational units that the directory sync covers. An account outside them would be soft-deleted in the consumer. */
    syncScope: readonly string[];
    /** Organisational units in which nothing is ever changed. */
    protectedOus: readonly string[];
    /** The Entra target that is fed from this directory; null where none is. */
    consumer: TargetId | null;
    /** Name to bind with, and the name of its password's secret. */
    account: string;
    secret: string;
  }
>;
export type EntraConfig = Target<'entra', { tenantId: string; clientId: string; secret: string }>;
/** The type of an identity domain, by which Oracle limits its calls. */
export type OciTier = 'free' | 'oracle-apps' | 'apps-premium' | 'premium' | 'external';
/** The certificate that a client signs assertions with: its alias in the domain, and where its private key is: a secret, or a file that an environment setting names. */
export type CertificateConfig = { readonly alias: string } & ({ readonly key: string } | { readonly keyFile: string });
export type OciConfig = Target<
  'oci',
  {
    clientId: string;
    /** What the client proves itself with: the name of its secret, or a certificate. */
    proof: { readonly secret: string } | { readonly certificate: CertificateConfig };
    tier: OciTier;
    /** SCIM ids of groups whose members hold a privilege. */
    privilegedGroups: readonly string[];
  }
>;
export type MailConfig = Target<
  'mail',
  { /** The Entra target through which mail is sent. */ through: TargetId; sender: string; helpDesk: string }
>;
export type HrConfig = Target<'hr', { /** The source that is told addresses. */ source: SourceId }>;

/** A system that Gatehouse acts on. URLs are environment settings, never configuration. */
export type TargetConfig = AdConfig | EntraConfig | OciConfig | MailConfig | HrConfig;
