import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, outputOf, ProviderException } from '../provider.ts';
import { Virsh } from './virsh.ts';
import { readDiskBytes, readDomain, readIds, readNode, readPool, type Domain, type Pool } from './xml.ts';

/** A host as the server's settings name it. */
export interface LibvirtHost {
  name: string;
  /** `qemu+ssh://host/system`, `test:///path/node.xml` … */
  uri: string;
}

export type Machine = Domain & {
  running: boolean;
  /** GiB; undefined where the driver only makes it up. */
  disk: number | undefined;
};

/** One host of libvirt, in the commands that are needed here. */
export class Connection {
  readonly host: LibvirtHost;
  readonly #virsh: Virsh;

  constructor(host: LibvirtHost, program?: string) {
    this.host = host;
    this.#virsh = new Virsh(host.uri, program);
  }

  run(signal: AbortSignal, ...words: string[]): Promise<string> {
    return this.#named(words, this.#virsh.run(words, signal));
  }

  /** The same, of what moves a machine's memory over the network: only the signal limits it. */
  runLong(signal: AbortSignal, ...words: string[]): Promise<string> {
    return this.#named(words, this.#virsh.run(words, signal, 24 * 3600_000));
  }

  /** A move is about two hosts: what went wrong says at which of them, and at what. */
  #named(words: readonly string[], answer: Promise<string>): Promise<string> {
    return answer.catch((error: unknown) => {
      throw new ProviderException(codeOf(error), `${this.host.name}: virsh ${words.join(' ')}\n${outputOf(error)}`.trim(), { cause: error });
    });
  }

  async node(signal: AbortSignal): Promise<{ processors: number; memory: number }> {
    return readNode(await this.run(signal, 'nodeinfo'));
  }

  async machines(signal: AbortSignal): Promise<Machine[]> {
    const all = readIds(await this.run(signal, 'list', '--all', '--uuid'));
    const running = new Set(readIds(await this.run(signal, 'list', '--uuid')));
    const machines: Machine[] = [];
    for (const uuid of all) {
      const domain = await this.machine(uuid, signal);
      if (domain !== undefined) machines.push({ ...domain, running: running.has(uuid), disk: await this.#disk(uuid, signal) });
    }
    return machines;
  }

  /** Undefined: it is not there. */
  async machine(uuid: string, signal: AbortSignal): Promise<Domain | undefined> {
    try {
      return readDomain(await this.run(signal, 'dumpxml', uuid));
    } catch (error) {
      if (error instanceof ProviderException && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  async has(uuid: string, signal: AbortSignal): Promise<boolean> {
    return readIds(await this.run(signal, 'list', '--all', '--uuid')).includes(uuid);
  }

  async isRunning(uuid: string, signal: AbortSignal): Promise<boolean> {
    return readIds(await this.run(signal, 'list', '--uuid')).includes(uuid);
  }

  /** Drivers that bring machines to other hosts alive say how; the test driver and containers do not. */
  async canMigrate(signal: AbortSignal): Promise<boolean> {
    return (await this.run(signal, 'capabilities')).includes('<migration_features>');
  }

  async pools(signal: AbortSignal): Promise<(Pool & { active: boolean })[]> {
    const all = readIds(await this.run(signal, 'pool-list', '--all', '--uuid'));
    const active = new Set(readIds(await this.run(signal, 'pool-list', '--uuid')));
    const pools = [];
    for (const uuid of all) pools.push({ ...readPool(await this.run(signal, 'pool-dumpxml', uuid)), active: active.has(uuid) });
    return pools;
  }

  /** What a machine is made from elsewhere, its passwords included: kept in memory and, while virsh reads it, in a file of our own. */
  definition(uuid: string, signal: AbortSignal): Promise<string> {
    return this.run(signal, 'dumpxml', uuid, '--inactive', '--security-info');
  }

  async define(xml: string, signal: AbortSignal): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'outpost-define-'));
    try {
      const path = join(folder, 'domain.xml');
      await writeFile(path, xml, { mode: 0o600 });
      await this.run(signal, 'define', path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  close(): void {
    this.#virsh.close();
  }

  async #disk(uuid: string, signal: AbortSignal): Promise<number | undefined> {
    if (this.host.uri.startsWith('test:')) return undefined;
    return Math.ceil(readDiskBytes(await this.run(signal, 'domblkinfo', uuid, '--all')) / 2 ** 30);
  }
}
