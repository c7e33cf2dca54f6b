import type { SourceId, TargetId } from '../domain/ids.ts';
import type { RecordMap } from '../domain/records/record-map.ts';

/** How far Gatehouse goes with a system: `observe` links and records, `plan` also shows what it would do, `enforce` does it. */
export type Mode = 'observe' | 'plan' | 'enforce';

/** Where records are read again: the environment setting that holds the URL, what it is where that is not set, and the name of the secret of whoever reads. */
export type RereadConfig = { readonly urlSetting: string; readonly urlDefault: string; readonly secret: string };

type Source<Kind extends string, Details> = {
  readonly id: SourceId;
  readonly kind: Kind;
  readonly mode: Mode;
  /** The ranges of addresses that its webhook may come from; any address where there are none. */
  readonly allow: readonly string[];
} & Readonly<Details>;

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
    /** Whom the role `hands` binds as instead. */
    hands?: { readonly account: string; readonly secret: string } | undefined;
  }
>;
export type EntraConfig = Target<
  'entra',
  {
    tenantId: string;
    clientId: string;
    secret: string;
    /** The application that the role `hands` signs in as instead, which alone may issue passes. */
    hands?: { readonly clientId: string; readonly secret: string } | undefined;
  }
>;
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
/** An address: the environment setting that holds it, and what it is where that is not set. */
export type AddressConfig = { readonly setting: string; readonly default: string };

/** How Gatehouse signs in to an application; secrets are named. `basic` and `body` say where the client's secret goes (RFC 6749 section 2.3.1). */
export type ScimAuth =
  | { readonly kind: 'bearer'; readonly secret: string }
  | {
      readonly kind: 'client-credentials';
      readonly tokenUrl: AddressConfig;
      readonly clientId: string;
      readonly secret: string;
      readonly scope: string;
      readonly sends: 'body' | 'basic';
    }
  | {
      readonly kind: 'mtls';
      /** The names of the secrets that hold the certificate and its key, as PEM. */ readonly certificate: string;
      readonly key: string;
      /** The name of what holds the certificate of a private authority; null for a public one. */
      readonly authority: string | null;
    };

/** How an application's SCIM differs from RFC 7644: the profile that it is like, and what is different still. */
export type ScimProfileConfig = {
  readonly like: 'rfc7644' | 'entra' | 'aadOptscim062020';
  readonly operations?: 'lower' | 'capitalised' | undefined;
  readonly booleans?: 'json' | 'text' | undefined;
  readonly replaces?: 'by-path' | 'merged' | undefined;
  readonly memberRemoval?: 'by-filter' | 'by-value' | undefined;
  readonly update?: 'discover' | 'patch' | 'put' | undefined;
  readonly groupsFrom?: 'groups' | 'user' | undefined;
  readonly mediaType?: 'application/scim+json' | 'application/json' | undefined;
  readonly pageSize?: number | undefined;
  readonly memberChunk?: number | undefined;
};
export type ScimConfig = Target<
  'scim',
  {
    /** What people call the application. */
    name: string;
    /** The address above `/Users`. */
    url: AddressConfig;
    auth: ScimAuth;
    profile: ScimProfileConfig;
    /** The target whose accounts expressions may name besides the worker, such as `[objectId]`; null where it is none. */
    follows: TargetId | null;
    /** Whether the manager is kept. */
    manager: boolean;
    /** Whether entitlements name groups by the application's ids, or by the externalId that Gatehouse gives them. */
    groupsBy: 'id' | 'externalId';
    /** Groups, and values of `roles`, whose holders hold a privilege. */
    privilegedGroups: readonly string[];
    privilegedRoles: readonly string[];
    callsPerSecond: number;
  }
>;
export type MailConfig = Target<
  'mail',
  { /** The Entra target through which mail is sent. */ through: TargetId; sender: string; helpDesk: string }
>;
export type HrConfig = Target<'hr', { /** The source that is told addresses. */ source: SourceId }>;

/** A system that Gatehouse acts on. URLs are environment settings, never configuration. */
export type TargetConfig = AdConfig | EntraConfig | OciConfig | ScimConfig | MailConfig | HrConfig;
