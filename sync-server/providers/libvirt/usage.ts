import { codeOf, type Sample } from '../provider.ts';
import type { Connection } from './connection.ts';

interface Reading {
  at: number;
  /** Nanoseconds that processors were busy since some beginning. */
  busy: number;
}

/** Counters of processor time become processors in use between two readings; the first one of a resource gives no sample. */
export class UsageReader {
  readonly #connections: readonly Connection[];
  readonly #last = new Map<string, Reading>();

  constructor(connections: readonly Connection[]) {
    this.#connections = connections;
  }

  async read(signal: AbortSignal): Promise<Sample[]> {
    const read = await Promise.all(
      this.#connections.map((connection) =>
        this.#readHost(connection, signal).catch((error: unknown) => {
          if (codeOf(error) === 'stopped') throw error;
          return [];
        }),
      ),
    );
    return read.flat();
  }

  async #readHost(connection: Connection, signal: AbortSignal): Promise<Sample[]> {
    // The test driver shows counters that do not count.
    if (connection.host.uri.startsWith('test:')) return [];
    const { name } = connection.host;
    const node = numbersOf(await connection.run(signal, 'nodecpustats'), ':');
    const memory = numbersOf(await connection.run(signal, 'nodememstats'), ':');
    const at = performance.now();
    const busy = this.#rate(name, at, (node['user'] ?? Number.NaN) + (node['system'] ?? Number.NaN));
    const used = ((memory['total'] ?? Number.NaN) - (memory['free'] ?? Number.NaN) - (memory['cached'] ?? 0) - (memory['buffers'] ?? 0)) / 1024;
    return [...busy, ...sampled(name, 'memory', used), ...(await this.#readMachines(connection, signal))];
  }

  async #readMachines(connection: Connection, signal: AbortSignal): Promise<Sample[]> {
    const samples: Sample[] = [];
    for (const { uuid } of (await connection.machines(signal)).filter(({ running }) => running)) {
      const stats = numbersOf(await connection.run(signal, 'domstats', uuid, '--raw', '--cpu-total', '--balloon'), '=');
      samples.push(...this.#rate(uuid, performance.now(), stats['cpu.time'] ?? Number.NaN), ...sampled(uuid, 'memory', (stats['balloon.rss'] ?? Number.NaN) / 1024));
    }
    return samples;
  }

  #rate(key: string, at: number, busy: number): Sample[] {
    const last = this.#last.get(key);
    this.#last.set(key, { at, busy });
    return last === undefined || at <= last.at ? [] : sampled(key, 'cpu', (busy - last.busy) / 1e6 / (at - last.at));
  }
}

/** What was not told, or cannot be (a counter that began anew), is no sample. */
const sampled = (providerKey: string, metric: Sample['metric'], value: number): Sample[] => (Number.isFinite(value) && value >= 0 && value < 2 ** 31 ? [{ providerKey, metric, value }] : []);

/** Numbers by name; `nodememstats` adds its unit to each. */
const numbersOf = (text: string, separator: ':' | '='): Record<string, number> =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const match = new RegExp(`^\\s*([\\w. ]+?)\\s*${separator}\\s*(\\d+)(?: KiB)?\\s*$`).exec(line);
      return match?.[1] === undefined ? [] : [[match[1], Number(match[2])]];
    }),
  );
