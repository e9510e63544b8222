import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { demoPatient } from '../../shared/demo/patient.ts';
import { seededRandom } from '../../shared/demo/random.ts';
import type { Patient, PatientInput } from '../../shared/schema/patient.ts';
import { bareMariadb } from './bare-mariadb.ts';
import { bareWriter, type BareWriter } from './bare-write.ts';
import { spread, type Spread } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';
import { startChild, type Child } from './sync-child.ts';
import { progress } from './sync-cleanup.ts';
import { lightClients, type Central } from './sync-central.ts';
import type { Clinic, Setting } from './sync-setting.ts';
import { newProfile } from './sync-workstation.ts';

/** A part that would take longer is measured with fewer saves. */
const longest = 40_000;
const warmUp = 10;

/**
 * From the call that saves on one workstation until another one reads it, in milliseconds, with so many connected: two real
 * workstations, the others light clients that hold hints and take each save as a workstation does. A save is made once the one
 * before has reached all. Clients, servers and database share one machine.
 */
export async function latencyFigures(setting: Setting): Promise<Figure[]> {
  const { sizes, cleanup } = setting;
  const central = await setting.central();
  const clinic = await setting.clinic();
  for (const { call } of [clinic.first, clinic.second]) await call('sessions.touch', {});
  const saver = await patientsToChange(clinic);
  const alone = await bareSaves(central);
  const figures: Figure[] = [];
  for (const connected of sizes.connected) {
    progress(`Saves with ${connected} connected`);
    const listeners = await startChild('sync-listeners-process');
    cleanup.add(() => listeners.end());
    const clients = await lightClients(central, clinic.organisation, Math.max(0, connected - 2), central.server.address);
    const sessions = clients.map(({ token, epoch, position }) => ({ token, epoch, position }));
    await listeners.ask('connect', { address: central.server.address, pulling: true, sessions });
    const measured = await saves(saver, listeners, sizes.saves);
    await listeners.end();
    figures.push({
      what: `save until visible on another, ${connected === 1 ? 'one other' : connected} connected`, unit: 'ms', measured, bare: { what: 'three bare durable writes and two bare round trips', measured: alone },
      aims: [atMost('p50', measured.p50, 20, ' ms'), atMost('p99', measured.p99, 100, ' ms')],
    });
  }
  return figures;
}

type Save = (index: number) => Promise<number>;

async function patientsToChange({ first, second }: Clinic): Promise<Save> {
  const random = seededRandom(45);
  const people: { input: PatientInput; stored: Patient }[] = [];
  for (let index = 0; index < 20; index += 1) {
    const input = demoPatient(random, '2026-01-01');
    people.push({ input, stored: await first.call('patients.create', { patient: input }) });
  }
  await first.untilIdle();
  for (const { stored } of people) await second.untilShown(stored.id, stored.notes as string);
  return async (index) => {
    const one = people[index % people.length] as (typeof people)[number];
    const { id, rev } = one.stored;
    const notes = `${index} ${random.below(1_000_000)}`;
    const shown = second.untilShown(id, notes);
    const began = performance.now();
    const saved = first.call('patients.update', { id, rev, patient: { ...one.input, notes } });
    await Promise.all([saved, shown]);
    const milliseconds = performance.now() - began;
    one.stored = await saved;
    return milliseconds;
  };
}

async function saves(save: Save, listeners: Child, count: number): Promise<Spread> {
  const times: number[] = [];
  const began = performance.now();
  for (let index = -warmUp; index < count && performance.now() - began < longest; index += 1) {
    const milliseconds = await save(index + warmUp);
    if (index >= 0) times.push(milliseconds);
    await pause(30 + Math.random() * 40);
    await listeners.ask('atRest');
  }
  progress(`${times.length} saves`);
  return spread(times);
}

/** What no save can do without: a row made durable on either workstation and on the server, and a round trip up and one down with the hint. */
async function bareSaves(central: Central): Promise<Spread> {
  const [saver, reader] = [newProfile(), newProfile()].map((profile) => bareWriter(profile, randomBytes(32))) as [BareWriter, BareWriter];
  const server = await bareMariadb(central);
  const roundTrip = async () => (await fetch(`${central.server.address}/sync/v1/about`)).text();
  const random = seededRandom(47);
  const times: number[] = [];
  for (let index = -warmUp; index < 200; index += 1) {
    const patient = demoPatient(random, '2026-01-01');
    const began = performance.now();
    saver.write(v7(), JSON.stringify(patient));
    await roundTrip();
    await server.insert([patient]);
    await roundTrip();
    reader.write(v7(), JSON.stringify(patient));
    if (index >= 0) times.push(performance.now() - began);
  }
  for (const { remove } of [saver, reader]) remove();
  await server.close();
  return spread(times);
}
