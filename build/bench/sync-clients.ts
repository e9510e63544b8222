import { setTimeout as pause } from 'node:timers/promises';
import { patient } from '../../sync-server/testing/workstation.ts';
import { spread } from './percentiles.ts';
import type { Figure } from './report.ts';
import { startChild } from './sync-child.ts';
import { lightClients, startServer } from './sync-central.ts';
import { progress } from './sync-cleanup.ts';
import { fillOrganisation } from './sync-fill.ts';
import type { Setting } from './sync-setting.ts';

const commits = 20;

/** Resident memory that each of many listening clients adds to a server of its own, and how long a commit takes to be told to all. */
export async function clientsFigures(setting: Setting): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of setting.sizes.clients) figures.push(...(await figuresOf(setting, count)));
  return figures;
}

async function figuresOf(setting: Setting, count: number): Promise<Figure[]> {
  const central = await setting.central();
  const organisation = await fillOrganisation(central, `${count} listeners`, { patients: 10, records: 0 }, setting.seededProfile());
  const server = await startServer(central.databaseUrl, setting.cleanup);
  progress(`Enrolling ${count} clients`);
  const clients = await lightClients(central, organisation, count + 1, server.address);
  const [writer, ...listening] = clients;
  if (writer === undefined) throw new Error('There is nobody to write');
  // The first requests bring the server's own working memory.
  for (let index = 0; index < 50; index += 1) await writer.push(writer.changeSet(patient()));
  const listeners = await startChild('sync-listeners-process');
  setting.cleanup.add(() => listeners.end());
  const sessions = listening.map(({ token, epoch, position }) => ({ token, epoch, position }));
  progress(`Connecting ${count} clients`);
  const bytes = await growth(() => residentBytes(server.address), () => listeners.ask('connect', { address: server.address, pulling: false, sessions }));
  const times: number[] = [];
  for (let index = 0; index < commits; index += 1) {
    const began = performance.now();
    const { head } = await writer.push(writer.changeSet(patient()));
    await listeners.ask('untilReached', { head });
    times.push(performance.now() - began);
    await pause(100);
  }
  await listeners.end();
  await server.kill('SIGTERM');
  const bare = await bareServer(setting, sessions);
  const kilobytesOfEach = (sum: number) => sum / count / 1024;
  return [
    {
      what: `memory of each of ${count} connected clients`, unit: 'kB', measured: kilobytesOfEach(bytes),
      bare: { what: 'a bare Node server of event streams', measured: kilobytesOfEach(bare.bytes) },
    },
    { what: `a commit until all ${count} clients were told`, unit: 'ms', measured: spread(times),
      bare: { what: 'a bare Node server that writes one event to all', measured: spread(bare.times) } },
  ];
}

async function bareServer({ cleanup }: Setting, sessions: object[]): Promise<{ bytes: number; times: number[] }> {
  const [server, listeners] = [await startChild('sync-bare-streams-process'), await startChild('sync-listeners-process')];
  cleanup.add(() => server.end());
  cleanup.add(() => listeners.end());
  const address = await server.ask<string>('address');
  for (let index = 0; index < 50; index += 1) await (await fetch(address)).body?.cancel();
  const bytes = await growth(() => server.ask('residentBytes'), () => listeners.ask('connect', { address, pulling: false, sessions }));
  const times: number[] = [];
  for (let head = 1; head <= commits; head += 1) {
    const began = performance.now();
    await server.ask('tellAll', { head });
    await listeners.ask('untilReached', { head });
    times.push(performance.now() - began);
    await pause(100);
  }
  await listeners.end();
  await server.end();
  return { bytes, times };
}

/** How much more there is at rest afterwards: the smaller of some looks, as garbage comes and goes. */
async function growth(look: () => Promise<number>, connect: () => Promise<unknown>): Promise<number> {
  const atRest = async () => {
    const looks: number[] = [];
    for (let index = 0; index < 8; index += 1) {
      await pause(500);
      looks.push(await look());
    }
    return Math.min(...looks);
  };
  const before = await atRest();
  await connect();
  return (await atRest()) - before;
}

async function residentBytes(address: string): Promise<number> {
  const metrics = await (await fetch(`${address}/metrics`)).text();
  const bytes = /^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1];
  if (bytes === undefined) throw new Error('The server does not tell its memory');
  return Number(bytes);
}
