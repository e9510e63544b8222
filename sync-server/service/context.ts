import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { ServerDatabase } from '../database/index.ts';
import { Signal } from './signal.ts';

export interface Limits {
  /** Bytes of change sets that a workstation is told to send at once. */
  pushBytes: number;
  /** The largest page a workstation may ask for, in bytes of content. */
  pageBytes: number;
}

export interface ServiceOptions {
  clock?: { now(): Date };
  /** Mints ids of devices, organisations and epochs (UUID). */
  newId?: () => string;
  /** Makes tokens and enrolment codes. */
  randomBytes?: (count: number) => Uint8Array;
  limits?: Partial<Limits>;
  /** How often the heads of other servers on the same database are looked at; 0: never. */
  pollMilliseconds?: number;
}

export interface ServiceContext {
  database: ServerDatabase;
  now(): Date;
  newId(): string;
  randomBytes(count: number): Uint8Array;
  limits: Limits;
  pollMilliseconds: number;
  /** Commits of this process, told at once. */
  commits: Signal;
  /** Tokens that were ended in this process. */
  endings: Signal;
}

export const createContext = (database: ServerDatabase, options: ServiceOptions): ServiceContext => ({
  database,
  now: () => options.clock?.now() ?? new Date(),
  newId: options.newId ?? (() => v7()),
  randomBytes: options.randomBytes ?? randomBytes,
  limits: { pushBytes: 4_000_000, pageBytes: 4_000_000, ...options.limits },
  pollMilliseconds: options.pollMilliseconds ?? 200,
  commits: new Signal(),
  endings: new Signal(),
});
