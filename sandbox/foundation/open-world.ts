import { openDatabase } from './open-database.ts';
import { openFaultSchedule, type FaultSchedule } from './fault-schedule.ts';
import { openKeep } from './keep.ts';
import { openLiveSettings, type LiveSettings } from './live-settings.ts';
import { openRequestLog, type RequestLog } from './request-log.ts';
import { openSecretList, type SecretList } from './secret-list.ts';
import { openWorldClock, type WorldClock } from './world-clock.ts';
import type { CompanySize, World, WorldUrls } from './world.ts';

/** The world as its owner holds it: what the systems are given, and what the control port works with. */
export type OpenedWorld = World & {
  readonly clock: WorldClock;
  readonly faults: FaultSchedule;
  readonly requests: RequestLog;
  readonly secrets: SecretList;
  readonly changeSettings: LiveSettings['change'];
  /** Closes the database and frees the data folder. */
  readonly close: () => void;
};

const defaultUrls: WorldUrls = {
  control: 'http://127.0.0.1:7072',
  graph: 'http://127.0.0.1:7073',
  oci: 'http://127.0.0.1:7074',
  scim: 'http://127.0.0.1:7076/scim/v2',
  ldap: 'ldap://127.0.0.1:7389',
  ldaps: 'ldaps://127.0.0.1:7636',
  ldapSecond: '',
  ldapsSecond: '',
};

/** The company of docs/sandbox.md. */
export const usualCompany: CompanySize = { people: 60, left: 0 };

/** Opens the world in its data folder, as it was left, and locks the folder against other processes; a lock of a process that died is taken over.
 * `clock` is the wall clock in milliseconds since the epoch; `company` counts when the world is new. Throws an error for people when the folder is in use. */
export function openWorld(options: {
  readonly dataDir: string;
  readonly clock?: () => number;
  readonly company?: CompanySize;
}): OpenedWorld {
  const database = openDatabase(options.dataDir);
  const keep = openKeep(database);
  const clock = openWorldClock(keep, options.clock ?? Date.now);
  const requests = openRequestLog(database, clock.now);
  const secrets = openSecretList(database);
  const settings = openLiveSettings(keep);
  const companySize = keep.read('companySize', options.company ?? usualCompany);
  keep.write('companySize', companySize);
  const urls: { -readonly [K in keyof WorldUrls]: WorldUrls[K] } = { ...defaultUrls };
  return {
    database,
    dataDir: options.dataDir,
    companySize,
    now: clock.now,
    faults: openFaultSchedule(database),
    record: requests.record,
    rememberSecret: secrets.remember,
    settings: settings.current,
    urls,
    announce: (announced) => void Object.assign(urls, announced),
    clock,
    requests,
    secrets,
    changeSettings: settings.change,
    close: () => database.close(),
  };
}
