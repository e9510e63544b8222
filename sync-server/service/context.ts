import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { ServerDatabase } from '../database/index.ts';
import type { JobWorkers } from '../jobs/workers.ts';
import type { Provider } from '../providers/provider.ts';
import { Desk } from '../resources/desk.ts';
import type { Listening, Place } from './audiences.ts';
import { ReadingAhead } from './reading-ahead.ts';
import { RecentChangeSets } from './recent.ts';
import { Signal } from './signal.ts';
import type { SnapshotPage } from './snapshot.ts';
import { ToldNotes } from './told.ts';

export interface Limits {
  /** Bytes of change sets that a workstation is told to send at once. */
  pushBytes: number;
  /** The largest page a workstation may ask for, in bytes of content. */
  pageBytes: number;
  /** Change sets of each organisation that are kept in memory for those who pull them at once; 0: none. */
  recentChangeSets: number;
}

export interface Rhythm {
  /** Milliseconds between two readings of the inventory, and of the usage; 0: never by itself. */
  observeEvery: number;
  sampleEvery: number;
}

export interface ServiceOptions {
  clock?: { now(): Date };
  /** Mints ids of devices, organisations and epochs (UUID). */
  newId?: () => string;
  /** Makes tokens and enrolment codes. */
  randomBytes?: (count: number) => Uint8Array;
  limits?: Partial<Limits>;
  /** The workstation that this server runs in. It cannot be revoked: the server's own database would be locked with its data. */
  hostDeviceId?: () => string | undefined;
  /** How often the heads of other servers on the same database are looked at; 0: never. */
  pollMilliseconds?: number;
  /** Parts of the real cloud that this server reads and changes, for one organisation: the one of this name, or the only one. */
  providers?: (database: ServerDatabase) => readonly Provider[];
  resourcesOf?: string | undefined;
  /** Threads for jobs of the server's own. Without them it takes none. */
  workers?: JobWorkers;
  /** How often the cloud is read without being asked. */
  rhythm?: Rhythm;
}

export interface ServiceContext {
  database: ServerDatabase;
  now(): Date;
  newId(): string;
  randomBytes(count: number): Uint8Array;
  limits: Limits;
  hostDeviceId(): string | undefined;
  pollMilliseconds: number;
  told: ToldNotes;
  recent: RecentChangeSets;
  readingAhead: ReadingAhead<SnapshotPage>;
  /** Who listens to this process. */
  listening: Set<Listening>;
  /** Commits of this process, told at once; with the head that one made, where the memory of recent change sets knows it. */
  commits: Signal<Place>;
  /** Tokens that were ended in this process. */
  endings: Signal;
  desk: Desk;
}

const defaultLimits: Limits = { pushBytes: 4_000_000, pageBytes: 4_000_000, recentChangeSets: 300 };

export function createContext(database: ServerDatabase, options: ServiceOptions): ServiceContext {
  return {
    database,
    now: () => options.clock?.now() ?? new Date(),
    newId: options.newId ?? (() => v7()),
    randomBytes: options.randomBytes ?? randomBytes,
    limits: { ...defaultLimits, ...options.limits },
    hostDeviceId: options.hostDeviceId ?? (() => undefined),
    pollMilliseconds: options.pollMilliseconds ?? 200,
    told: new ToldNotes(database),
    recent: new RecentChangeSets(database, options.limits?.recentChangeSets ?? defaultLimits.recentChangeSets),
    readingAhead: new ReadingAhead(),
    listening: new Set(),
    commits: new Signal(),
    endings: new Signal(),
    desk: new Desk(database, options.providers?.(database) ?? [], options.resourcesOf),
  };
}
