import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import type { PlanRun } from '../../shared/sync/resource-protocol.ts';
import type { Move } from '../../shared/sync/move.ts';
import { guarded } from '../providers/guard.ts';
import { libvirtProvider } from '../providers/libvirt/index.ts';
import { ProviderException, type Provider } from '../providers/provider.ts';
import { openClinic, refusalCode, type Clinic } from '../testing/clinic.ts';
import { onEachDatabase } from '../testing/databases.ts';
import { hasVirsh, machineOf, uuidOf, writeBadVirsh, writeTestHosts } from '../testing/libvirt.ts';
import { user } from '../testing/workstation.ts';
import { createService, type ServiceOptions } from '../service/index.ts';
import type { DatabaseOptions } from '../database/index.ts';

const hosts = () =>
  writeTestHosts([
    { name: 'host-a', processors: 16, memory: 65_536, machines: [1, 2, 3].map(machineOf) },
    { name: 'host-b', processors: 16, memory: 65_536, machines: [4].map(machineOf) },
  ]);
const migrate = (machine: number, from: string, to: string): Move => ({ kind: 'migrate', provider: 'libvirt', machine: uuidOf(machine), from, to });

describe.skipIf(!hasVirsh)('the cloud through the server', () => onEachDatabase('resources', (make) => {
  let clinic: Clinic;
  let database: DatabaseOptions;
  let now = new Date('2026-03-01T08:00:00.000Z');
  const open = async (provider: Provider = guarded(libvirtProvider(hosts())), options: ServiceOptions = {}) => {
    database = await make();
    return (clinic = await openClinic(database, { clock: { now: () => now }, providers: () => [provider], ...options }));
  };
  afterEach(() => clinic.close());

  const ask = (name: string, body: object = {}, service = clinic.service) => service.administer(name as 'resources.run', clinic.first.token, { actorId: clinic.adminId, ...body }) as Promise<Record<string, unknown>>;
  const ended = async (service = clinic.service): Promise<PlanRun> => {
    for (;;) {
      const { run } = (await ask('resources.run', {}, service)) as unknown as { run: PlanRun };
      if (run.state !== 'running' && run.state !== 'rolling-back') return run;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const inventory = async () => {
    await clinic.first.pull();
    const documents = [...clinic.first.documents.values()];
    const named = (collection: string) => documents.filter((one) => one.collection === collection);
    const hostName = (id: unknown) => named('hosts').find((host) => host.id === id)?.content?.['name'];
    return { named, places: Object.fromEntries(named('virtualMachines').map(({ content }) => [content?.['name'], hostName(content?.['hostId'])])) };
  };

  it('writes what a provider shows into the documents of every workstation, and nothing where nothing changed', async () => {
    await open();
    expect(await ask('resources.refresh', { provider: 'libvirt' })).toMatchObject({ created: 8, updated: 0, unchanged: 0, vanished: 0, refused: 0 });
    const { named, places } = await inventory();
    expect(places).toEqual({ 'machine-1': 'host-a', 'machine-2': 'host-a', 'machine-3': 'host-a', 'machine-4': 'host-b' });
    expect(named('hosts')[0]).toMatchObject({ updatedBy: 'server', content: { state: 'available', capacity: { cpu: 16, memory: 65_536, disk: 100, bandwidth: 0 }, provider: 'libvirt', providerKey: 'host-a', observedAt: now.toISOString() } });
    const { position } = clinic.first;
    expect(await ask('resources.refresh', { provider: 'libvirt' })).toMatchObject({ created: 0, updated: 0, unchanged: 8 });
    await clinic.first.pull();
    expect(clinic.first.position).toBe(position);
    expect((await ask('resources.providers'))['providers']).toMatchObject([{ name: 'libvirt', state: 'ready', lastSuccessAt: now.toISOString(), lastError: null }]);
  });

  it('takes up what people described, leaves what they know, and marks what vanished until it is back', async () => {
    const show = { machines: true };
    const real = libvirtProvider(hosts());
    await open(guarded({ ...real, inventory: async (signal) => {
      const seen = await real.inventory(signal);
      return { ...seen, observations: seen.observations.filter(({ collection }) => show.machines || collection !== 'virtualMachines') };
    } }));
    const typed = { collection: 'hosts', id: v7(), rev: v7(), baseRev: null, deleted: false, createdAt: now.toISOString(), updatedAt: now.toISOString(), updatedBy: 'someone', content: {
      name: 'host-b', state: 'draining', failureDomain: 'rack 7', capacity: { cpu: 8, memory: 1, disk: 4000, bandwidth: 10_000 }, overcommit: { cpu: 4, memory: 1 },
    } };
    await clinic.first.push(clinic.first.changeSet(typed));
    expect(await ask('resources.refresh', { provider: 'libvirt' })).toMatchObject({ created: 7, updated: 1 });
    const { named } = await inventory();
    expect(named('hosts').find(({ id }) => id === typed.id)?.content).toMatchObject({
      state: 'draining', failureDomain: 'rack 7', capacity: { cpu: 16, memory: 65_536, disk: 4000, bandwidth: 10_000 }, overcommit: { cpu: 4, memory: 1 }, providerKey: 'host-b',
    });
    show.machines = false;
    expect(await ask('resources.refresh', { provider: 'libvirt' })).toMatchObject({ updated: 0, vanished: 4 });
    expect((await inventory()).named('virtualMachines').map(({ deleted, content }) => [deleted, content?.['vanishedAt']])).toEqual(Array(4).fill([false, now.toISOString()]));
    show.machines = true;
    expect(await ask('resources.refresh', { provider: 'libvirt' })).toMatchObject({ updated: 4, vanished: 0 });
    expect((await inventory()).named('virtualMachines').map(({ content }) => content?.['vanishedAt'])).toEqual(Array(4).fill(undefined));
  });

  it('knows of nothing that is gone while a host does not answer', async () => {
    const [first, second] = hosts();
    await open(guarded(libvirtProvider([first!, second!])));
    await ask('resources.refresh', { provider: 'libvirt' });
    const away = createService(clinic.database, { pollMilliseconds: 0, clock: { now: () => now }, providers: () => [guarded(libvirtProvider([first!, { ...second!, uri: 'qemu+unix:///system?socket=/nowhere' }]))] });
    expect(await ask('resources.refresh', { provider: 'libvirt' }, away)).toMatchObject({ updated: 0, vanished: 0 });
    expect((await ask('resources.providers', {}, away))['providers']).toMatchObject([{ state: 'partly', unreachable: [{ providerKey: 'host-b', code: 'unreachable' }] }]);
    await away.close();
    const nowhere = createService(clinic.database, { pollMilliseconds: 0, clock: { now: () => now }, providers: () => [guarded(libvirtProvider(hosts(), '/nowhere/virsh'))] });
    expect(await ask('resources.refresh', { provider: 'libvirt' }, nowhere)).toEqual({ failure: 'not-installed' });
    expect((await ask('resources.providers', {}, nowhere))['providers']).toMatchObject([{ state: 'failing', unreachable: [{ providerKey: 'host-a' }, { providerKey: 'host-b' }] }]);
    await nowhere.close();
  });

  it('carries a plan out, move by move, shows it in the documents, and takes it back', async () => {
    await open();
    await ask('resources.refresh', { provider: 'libvirt' });
    const { runId } = await ask('resources.apply', { moves: [migrate(1, 'host-a', 'host-b'), migrate(2, 'host-a', 'host-b'), { kind: 'shut-down', provider: 'libvirt', machine: uuidOf(3) }] });
    const run = await ended();
    expect(run).toMatchObject({ runId, state: 'done', actorId: clinic.adminId, steps: [{ state: 'done', observedHost: 'host-b', error: null }, { state: 'done' }, { state: 'done', observedHost: 'host-a' }] });
    expect(run.steps[1]!.output).toMatch(/machine-1\s+running[^]*machine-2\s+running/);
    expect((await inventory()).places).toEqual({ 'machine-1': 'host-b', 'machine-2': 'host-b', 'machine-3': 'host-a', 'machine-4': 'host-b' });
    expect(await ask('resources.roll-back', { runId })).toEqual({ runId });
    expect(await ended()).toMatchObject({ state: 'rolled-back', steps: [{ state: 'rolled-back' }, { state: 'rolled-back' }, { state: 'rolled-back' }] });
    const { places, named } = await inventory();
    expect(places).toEqual({ 'machine-1': 'host-a', 'machine-2': 'host-a', 'machine-3': 'host-a', 'machine-4': 'host-b' });
    expect(named('virtualMachines').map(({ content }) => content?.['state'])).toEqual(Array(4).fill('running'));
    expect(await ask('resources.roll-back', { runId })).toEqual({ refused: 'nothing-to-roll-back' });
  });

  it('goes no further than the first move that fails, and says which and why', async () => {
    await open();
    await ask('resources.apply', { moves: [migrate(1, 'host-a', 'host-b'), migrate(4, 'host-a', 'host-b'), migrate(2, 'host-a', 'host-b')] });
    expect(await ended()).toMatchObject({ state: 'failed', steps: [{ state: 'done' }, { state: 'failed', error: 'not-where-expected' }, { state: 'waiting', startedAt: null }] });
    expect((await inventory()).places).toMatchObject({ 'machine-1': 'host-b', 'machine-2': 'host-a' });
  });

  it('has one run at a time, and stops when asked', async () => {
    const real = libvirtProvider(hosts());
    const [moving, held] = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
    await open(guarded({ ...real, apply: (move, signal) => {
      moving.resolve(move);
      return held.promise.then(() => real.apply(move, signal));
    } }));
    const moves = [migrate(1, 'host-a', 'host-b'), migrate(2, 'host-a', 'host-b')];
    const both = await Promise.all([ask('resources.apply', { moves }), ask('resources.apply', { moves })]);
    const begun = both.find((one) => !('refused' in one));
    expect(both.filter((one) => 'refused' in one)).toEqual([{ refused: 'run-under-way', runId: begun?.['runId'] }]);
    // Stopped before its first move has begun, a run makes none.
    await moving.promise;
    await ask('resources.stop', { runId: begun?.['runId'] });
    held.resolve(moves);
    expect(await ended()).toMatchObject({ state: 'stopped', steps: [{ state: 'done' }, { state: 'waiting' }] });
  });

  it('says after the death of a server what was done and what is unknown', async () => {
    const shared = hosts();
    const real = libvirtProvider(shared);
    const untilDeath = (signal: AbortSignal) => new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new ProviderException('stopped'))));
    let moves = 0;
    // The server dies after the real move of the second step and before it could write that down.
    await open({ ...real, close: async () => undefined, apply: (move, signal) => ((moves += 1) === 1 ? real.apply(move, signal) : real.apply(move, signal).then(() => untilDeath(signal))) });
    await ask('resources.apply', { moves: [migrate(1, 'host-a', 'host-b'), migrate(2, 'host-a', 'host-b'), migrate(3, 'host-a', 'host-b')] });
    for (;;) if ((await real.look(migrate(2, 'host-a', 'host-b'), new AbortController().signal)).state === 'after') break;
    now = new Date(now.getTime() + 60_000);
    const next = createService(clinic.database, { pollMilliseconds: 0, clock: { now: () => now }, providers: () => [{ ...real, close: async () => undefined }] });
    const run = await ended(next);
    expect(run).toMatchObject({ state: 'interrupted', steps: [{ state: 'done', observedHost: 'host-b' }, { state: 'done', observedHost: 'host-b' }, { state: 'waiting' }] });
    expect(await ask('resources.roll-back', { runId: run.runId }, next)).toEqual({ runId: run.runId });
    expect(await ended(next)).toMatchObject({ state: 'rolled-back', steps: [{ state: 'rolled-back' }, { state: 'rolled-back' }, { state: 'waiting' }] });
    await next.close();
    // What the test driver holds dies with its process: a new one shows the machines where they began.
    await real.close();
  });

  it('says what came of a move in which the program died', async () => {
    await open(guarded(libvirtProvider(hosts(), writeBadVirsh('"; start "', 'exit 1', 1))));
    await ask('resources.apply', { moves: [migrate(1, 'host-a', 'host-b')] });
    expect(await ended()).toMatchObject({ state: 'failed', steps: [{ state: 'failed', error: 'died', observedHost: 'host-a' }] });
  });

  it('leaves what was done before as it was seen where a host died for good, and says where the machine of the last move runs', async () => {
    const dead = join(mkdtempSync(join(tmpdir(), 'dead-')), 'dead');
    const secondMove = `[[ $line == *'; undefine '${uuidOf(2)}* ]] && touch ${dead}; [[ -f ${dead} ]] && exit 1`;
    await open(guarded(libvirtProvider(hosts(), writeBadVirsh('', secondMove, 0))));
    await ask('resources.apply', { moves: [1, 2, 3].map((machine) => migrate(machine, 'host-a', 'host-b')) });
    expect(await ended()).toMatchObject({ state: 'failed', steps: [{ state: 'done', error: null }, { state: 'unknown', error: 'left-in-two-places', observedHost: 'host-b' }, { state: 'waiting' }] });
  });

  it('is for those whose role grants it, in the organisation that the cloud belongs to', async () => {
    await open(undefined, { resourcesOf: 'Outpost 诊所' });
    const doctor = user({ role: 'doctor' });
    await clinic.first.push(clinic.first.changeSet(doctor));
    expect(await refusalCode(ask('resources.providers', { actorId: doctor.id }))).toBe('forbidden');
    expect(await refusalCode(ask('resources.observe', { provider: 'ceph' }))).toBe('not-found');
    expect(await refusalCode(ask('resources.stop', { runId: v7() }))).toBe('not-found');
    expect(await refusalCode(ask('resources.apply', { moves: [{ kind: 'migrate', provider: 'libvirt', machine: '', from: 'a', to: 'b' }] }))).toBe('malformed-message');
    expect(await ask('resources.apply', { moves: [{ ...migrate(1, 'a', 'b'), provider: 'ceph' }] })).toEqual({ refused: 'unknown-provider', move: 0 });
    expect(await ask('resources.apply', { moves: [{ kind: 'create-pool', provider: 'libvirt', name: 'x' }] })).toEqual({ refused: 'not-supported', move: 0 });
    const other = createService(clinic.database, { pollMilliseconds: 0, clock: { now: () => now }, providers: () => [guarded(libvirtProvider(hosts()))], resourcesOf: 'Another' });
    expect(await ask('resources.providers', {}, other)).toMatchObject({ providers: [] });
    expect(await refusalCode(ask('resources.refresh', { provider: 'libvirt' }, other))).toBe('not-found');
    await other.close();
  });
}));
