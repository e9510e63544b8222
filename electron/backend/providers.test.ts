import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PlacementOptions } from '../../shared/resources/placement/options.ts';
import type { PlanRun } from '../../shared/sync/resource-protocol.ts';
import { startServer } from '../../sync-server/http/index.ts';
import { guarded, type TimeLimits } from '../../sync-server/providers/guard.ts';
import { hostProvider } from '../../sync-server/providers/host/index.ts';
import { libvirtProvider } from '../../sync-server/providers/libvirt/index.ts';
import type { Provider } from '../../sync-server/providers/provider.ts';
import { hasVirsh, machineOf, writeBadVirsh, writeSharedVirsh, writeTestHosts } from '../../sync-server/testing/libvirt.ts';
import { TestClock } from '../services/testing/clinic.ts';
import { run, type Caller, type RunningBackend } from './testing/running.ts';
import { inStep, until } from './testing/two-workstations.ts';

const hosts = () =>
  writeTestHosts([
    { name: 'rack1-a', processors: 16, memory: 65_536, machines: [1, 2, 3].map(machineOf) },
    { name: 'rack1-b', processors: 16, memory: 65_536, machines: [4].map(machineOf) },
  ]);

interface Cloud {
  clinic: RunningBackend;
  admin: Caller;
  /** Has the server look at the real hosts, and waits until this workstation has what it saw. */
  refresh(): Promise<unknown>;
  /** Waits until this workstation knows the machines at these hosts, by their names. */
  become(places: Record<string, string>): Promise<unknown>;
}

/** A workstation enrolled at a server that reads and changes the given cloud beside the machine that it runs on itself. */
async function openCloud(libvirt: Provider, limits: Partial<TimeLimits> = {}): Promise<Cloud> {
  const database = { kind: 'sqlite' as const, path: join(mkdtempSync(join(tmpdir(), 'outpost-server-')), 'server.db') };
  const server = await startServer({ database, host: '127.0.0.1', port: 0, providers: (of) => [guarded(hostProvider(of)), guarded(libvirt, limits)], rhythm: { observeEvery: 0, sampleEvery: 0 } });
  onTestFinished(() => server.close());
  const { organisationId } = await server.service.createOrganisation('Test Group');
  const clinic = await run({ clock: new TestClock(new Date().toISOString()) });
  const admin = await clinic.signedIn('admin');
  await admin.ask('enrolment.join', { address: server.address, code: (await server.service.createCode({ organisationId })).code, name: 'First' });
  await inStep(admin);
  const refresh = async () => {
    const answer = await admin.ask('providers.refresh', { provider: 'libvirt' });
    await admin.ask('providers.refresh', { provider: 'host' });
    await until(async () => [await all('hosts'), await all('virtualMachines')].map(({ length }) => length), ([known, machines]) => known === 3 && machines === 4);
    return answer;
  };
  const all = async (collection: 'hosts' | 'virtualMachines') => (await admin.ask('resources.list', { collection, offset: 0, limit: 100 })).rows;
  const places = async () => {
    const names = new Map((await all('hosts')).map(({ id, name }) => [id, name]));
    return Object.fromEntries((await all('virtualMachines')).map((machine) => [machine.name, 'hostId' in machine ? (names.get(machine.hostId ?? '') ?? '') : '']));
  };
  const become = (wanted: Record<string, string>) => until(places, (known) => isDeepStrictEqual(known, wanted));
  return { clinic, admin, refresh, become };
}

const options: PlacementOptions = { objective: 'moves', bandwidth: 10_000, reserve: 'none', budget: null };

/** Solves with rack1-a drained, and has the server begin with the moves that lead there. */
async function drain({ admin, clinic }: Cloud): Promise<{ runId: string; moves: number }> {
  const { rows } = await admin.ask('resources.list', { collection: 'hosts', offset: 0, limit: 100, search: 'rack1-a' });
  const job = await admin.ask('placements.solve', { options, models: ['greedy'], secondsPerModel: 5, whatIf: { drain: rows.map(({ id }) => id) } });
  expect((await clinic.finished(job)).state).toBe('done');
  const plan = { jobId: job.id, model: 'greedy', threshold: 0, coolDown: 0 } as const;
  const { total } = await admin.ask('placements.plan', { ...plan, offset: 0, limit: 10 });
  return { ...(await admin.ask('plans.begin', plan)), moves: total };
}

const ended = (admin: Caller): Promise<PlanRun> =>
  until(() => admin.ask('plans.run', {}), (found) => found !== null && found.state !== 'running' && found.state !== 'rolling-back') as Promise<PlanRun>;

const home = { 'machine-1': 'rack1-a', 'machine-2': 'rack1-a', 'machine-3': 'rack1-a', 'machine-4': 'rack1-b' };

describe.skipIf(!hasVirsh)('the real cloud from a workstation', () => {
  test('a host is drained, stopped in the middle and brought back, and virsh itself says so each time', { timeout: 60_000 }, async () => {
    const virsh = writeSharedVirsh();
    const racks = hosts();
    const real = libvirtProvider(racks, virsh.program);
    const waiting: (() => void)[] = [];
    const open = () => waiting.shift()?.();
    const cloud = await openCloud({ ...real, apply: async (move, signal) => (await new Promise<void>((go) => waiting.push(go)), real.apply(move, signal)) });
    const { admin } = cloud;
    const running = async () => Promise.all(racks.map(async (rack) => [...(await virsh.ask(rack, 'list --all')).matchAll(/(machine-\d)\s+running/g)].map(([, name]) => name).sort()));

    expect(await cloud.refresh()).toMatchObject({ created: 8 });
    await cloud.become(home);
    expect(await running()).toEqual([['machine-1', 'machine-2', 'machine-3'], ['machine-4']]);

    const { runId, moves } = await drain(cloud);
    expect(moves).toBe(3);
    await until(() => waiting.length, (count) => count === 1);
    open();
    await until(() => waiting.length, (count) => count === 1);
    expect(await admin.refusal('plans.rollBack', { runId })).toEqual({ code: 'plan-run-under-way' });
    await admin.ask('plans.stop', { runId });
    open();
    const stopped = await ended(admin);
    expect([stopped.state, stopped.steps.map(({ state }) => state)]).toEqual(['stopped', ['done', 'done', 'waiting']]);
    const moved = stopped.steps.slice(0, 2).map(({ move }) => ('machine' in move ? `machine-${Number(move.machine.slice(-12))}` : ''));
    expect((await running())[1]).toEqual([...moved, 'machine-4'].sort());
    for (const [index, { output }] of stopped.steps.slice(0, 2).entries()) expect(output).toMatch(new RegExp(`list --all[^]*${moved[index]}\\s+running`));
    await cloud.become({ ...home, ...Object.fromEntries(moved.map((name) => [name, 'rack1-b'])) });

    await admin.ask('plans.rollBack', { runId });
    for (let step = 0; step < 2; step += 1) {
      await until(() => waiting.length, (count) => count === 1);
      open();
    }
    expect(await ended(admin)).toMatchObject({ state: 'rolled-back', steps: [{ state: 'rolled-back' }, { state: 'rolled-back' }, { state: 'waiting' }] });
    expect(await running()).toEqual([['machine-1', 'machine-2', 'machine-3'], ['machine-4']]);
    await cloud.become(home);
    expect(await admin.refusal('plans.rollBack', { runId })).toEqual({ code: 'job-not-found' });
    const actions = (await admin.ask('audit.list', { offset: 0, limit: 50 })).rows.map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('plan.'))).toEqual(['plan.rolled-back', 'plan.stopped', 'plan.begun']);
  });

  test.each([
    ['dies', 'exit 1', 'died'],
    ['hangs', 'sleep 60', 'timeout'],
    ['refuses', 'line=${line/start/start nobody}', 'not-found'],
  ])('when virsh of the other host %s at the second move, the screen is told which host, what is done and what is not', { timeout: 60_000 }, async (what, then, code) => {
    const flag = join(mkdtempSync(join(tmpdir(), 'second-')), 'flag');
    const second = `if [[ -e ${flag} ]]; then ${then}; fi; touch ${flag}`;
    const cloud = await openCloud(libvirtProvider(hosts(), writeBadVirsh('"; start "', second, 1)), { move: 3000 });
    await cloud.refresh();
    const { runId } = await drain(cloud);
    const run = await ended(cloud.admin);
    // What the test driver holds dies with its process, and the machine that was moved before with it: that is not said to be done.
    const isGone = what !== 'refuses';
    const before = isGone ? ['unknown', null, null] : ['done', null, 'rack1-b'];
    expect([run.state, run.steps.map(({ state, error, observedHost }) => [state, error, observedHost])]).toEqual(['failed', [before, ['failed', code, 'rack1-a'], ['waiting', null, null]]]);
    expect(run.steps[1]?.output).toMatch(/^rack1-b: virsh start /);
    const [first = ''] = run.steps.map(({ move }) => ('machine' in move ? `machine-${Number(move.machine.slice(-12))}` : ''));
    const found = async () => (await cloud.admin.ask('resources.list', { collection: 'virtualMachines', offset: 0, limit: 9, search: first })).rows[0];
    if (isGone) {
      await until(found, (machine) => machine?.vanishedAt !== undefined);
      expect(await cloud.admin.refusal('plans.rollBack', { runId })).toEqual({ code: 'job-not-found' });
    } else {
      await cloud.become({ ...home, [first]: 'rack1-b' });
      await cloud.admin.ask('plans.rollBack', { runId });
      expect(await ended(cloud.admin)).toMatchObject({ state: 'rolled-back' });
      await cloud.become(home);
    }
  });

  test.each([
    ['hangs', 'sleep 60', 'timeout'],
    ['answers nonsense', 'line="${line%%; *}; version; ${line##*; }"', 'unreadable'],
  ])('a host whose virsh %s when it is read is named, and nothing of it is believed to be gone', { timeout: 60_000 }, async (_what, then, code) => {
    const flag = join(mkdtempSync(join(tmpdir(), 'later-')), 'flag');
    const later = `if [[ -e ${flag} ]]; then ${then}; fi; touch ${flag}`;
    const cloud = await openCloud(libvirtProvider(hosts(), writeBadVirsh('"; nodeinfo"', later, 1)), { read: 5000 });
    await cloud.refresh();
    expect(await cloud.refresh()).toMatchObject({ created: 0, updated: 0, vanished: 0, refused: 0 });
    const { providers } = await cloud.admin.ask('providers.list', {});
    expect(providers.find(({ name }) => name === 'libvirt')).toMatchObject({ state: 'partly', unreachable: [{ providerKey: 'rack1-b', code }] });
    await cloud.become(home);
  });
});
