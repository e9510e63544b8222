import type { Queries } from '../database/index.ts';
import { marks } from './held.ts';

/**
 * Notes that devices were told of everything up to a position, before they are told: one that ever claims more than is noted
 * here has it from a database that is lost. What comes while one note is being written goes into the next, all together: a
 * commit of which five hundred workstations hear at once costs a few writes.
 */
export class ToldNotes {
  readonly #queries: Queries;
  #next = new Map<number, Set<string>>();
  #writing: Promise<void> | undefined;
  #scheduled: Promise<void> | undefined;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  note(deviceId: string, position: number): Promise<void> {
    const devices = this.#next.get(position) ?? new Set();
    this.#next.set(position, devices.add(deviceId));
    this.#scheduled ??= this.#writeAfter(this.#writing);
    return this.#scheduled;
  }

  async #writeAfter(writing: Promise<void> | undefined): Promise<void> {
    await writing?.catch(() => undefined);
    const [notes, scheduled] = [this.#next, this.#scheduled];
    this.#next = new Map();
    this.#scheduled = undefined;
    this.#writing = scheduled;
    for (const [position, devices] of notes) await noteTold(this.#queries, [...devices], position);
  }
}

/** In order of ids, so that two servers never wait for each other. */
export async function noteTold(queries: Queries, deviceIds: string[], position: number): Promise<void> {
  await queries.change(`UPDATE devices SET told_position = ? WHERE id IN (${marks(deviceIds.length)}) AND told_position < ?`, [position, ...deviceIds.sort(), position]);
}
