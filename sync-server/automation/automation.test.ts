import { afterEach, describe, expect, it } from 'vitest';
import { defaultAutomation, type AutomationSettings } from '../../shared/resources/automation.ts';
import type { AutomationAnswers } from '../../shared/sync/automation-protocol.ts';
import type { PlanRun } from '../../shared/sync/resource-protocol.ts';
import { startWorkers } from '../jobs/workers.ts';
import { guarded } from '../providers/guard.ts';
import { libvirtProvider } from '../providers/libvirt/index.ts';
import { ProviderException, type Provider } from '../providers/provider.ts';
import { openClinic, refusalCode, type Clinic } from '../testing/clinic.ts';
import { onEachDatabase } from '../testing/databases.ts';
import { hasVirsh, machineOf, writeTestHosts } from '../testing/libvirt.ts';

type State = AutomationAnswers['resources.automation'];

describe.skipIf(!hasVirsh)('the cloud looked after by the server', () => onEachDatabase('automation', (make) => {
  let clinic: Clinic;
  let now = Date.parse('2026-03-01T08:00:00.000Z');
  const minutes = (count: number) => void (now += count * 60_000);
  const open = async (settings: Partial<AutomationSettings>, change: (real: Provider) => Provider = (real) => real) => {
    const hosts = writeTestHosts([
      { name: 'host-a', processors: 16, memory: 65_536, machines: [1, 2, 3].map(machineOf) },
      { name: 'host-b', processors: 16, memory: 65_536, machines: [4].map(machineOf) },
    ]);
    revs.clear();
    clinic = await openClinic(await make(), { clock: { now: () => new Date(now) }, providers: () => [change(guarded(libvirtProvider(hosts)))], workers: startWorkers(1) });
    await ask('resources.set-automation', { settings: { ...defaultAutomation, model: 'greedy', seconds: 10, ...settings } });
  };
  afterEach(() => clinic.close());

  const ask = <Answer = Record<string, unknown>>(name: string, body: object = {}) => clinic.service.administer(name as never, clinic.first.token, { actorId: clinic.adminId, ...body }) as Promise<Answer>;
  const state = () => ask<State>('resources.automation');
  const until = async (holds: (state: State) => boolean): Promise<State> => {
    for (;;) {
      const found = await state();
      if (holds(found) && !found.looking) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  /** One reading of the cloud and the turn after it; a second reading waits for that turn. */
  const turn = async () => {
    await ask('resources.refresh', { provider: 'libvirt' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    return until(() => true);
  };
  const runEnded = async (): Promise<PlanRun> => {
    for (;;) {
      const { run } = await ask<{ run: PlanRun }>('resources.run');
      if (run.state !== 'running') return run;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const revs = new Map<string, string>();
  const setState = async (name: string, hostState: string) => {
    await clinic.first.pull();
    const host = [...clinic.first.documents.values()].find(({ collection, content }) => collection === 'hosts' && content?.['name'] === name);
    if (host === undefined) throw new Error('no host');
    const written = { ...host, baseRev: revs.get(name) ?? host.rev, rev: crypto.randomUUID(), content: { ...host.content, state: hostState } };
    await clinic.first.push(clinic.first.changeSet(written));
    // A workstation is not told what it wrote itself.
    revs.set(name, written.rev);
  };
  const placesOf = async () => {
    await ask('resources.refresh', { provider: 'libvirt' });
    await clinic.first.pull();
    const documents = [...clinic.first.documents.values()];
    const hostName = (id: unknown) => documents.find((host) => host.id === id)?.content?.['name'];
    return documents.filter(({ collection }) => collection === 'virtualMachines').map(({ content }) => hostName(content?.['hostId']));
  };

  it('does nothing while it is off, and only looks when it is asked', async () => {
    await open({ mode: 'off', imbalance: 0.05 });
    expect(await turn()).toMatchObject({ possible: true, proposals: [], alarms: [], lastLookAt: null });
    expect(await ask('resources.look')).toEqual({ begun: true });
    const { proposals, lastOutcome } = await until(({ lastOutcome: outcome }) => outcome !== null);
    expect([lastOutcome, proposals.map(({ state: its, reasons }) => [its, reasons])]).toEqual(['proposed', [['waiting', ['asked']]]]);
    expect((await ask<{ run: PlanRun | null }>('resources.run')).run).toBeNull();
  });

  it('proposes to empty a host that is drained, waits for an admin, takes back what no longer fits, and carries out what was approved', async () => {
    await open({ mode: 'approval' });
    await turn();
    await setState('host-a', 'draining');
    await turn();
    const { proposals: [first] } = await until(({ proposals }) => proposals.length === 1);
    expect(first).toMatchObject({ state: 'waiting', reasons: ['drain'], objective: 'moves', after: 3, decidedBy: null, runId: null });
    expect(first?.moves.map(({ from, to, reason }) => [from, to, reason])).toEqual(Array(3).fill(['host-a', 'host-b', 'drain']));
    // One that waits is not proposed again.
    minutes(10);
    expect((await turn()).proposals).toHaveLength(1);
    expect(await ask('resources.decide', { proposalId: first?.proposalId, approve: false })).toEqual({ state: 'declined', runId: null });
    expect(await ask('resources.decide', { proposalId: first?.proposalId, approve: true })).toEqual({ refused: 'not-waiting' });
    minutes(10);
    await turn();
    const { proposals: [second] } = await until(({ proposals }) => proposals.length === 2);
    await setState('host-b', 'draining');
    expect(await ask('resources.decide', { proposalId: second?.proposalId, approve: true })).toEqual({ state: 'outdated', runId: null });
    expect((await ask<{ run: PlanRun | null }>('resources.run')).run).toBeNull();
    await setState('host-b', 'available');
    minutes(10);
    await turn();
    const { proposals: [third] } = await until(({ proposals }) => proposals.length === 3);
    const decided = await ask<{ state: string; runId: string }>('resources.decide', { proposalId: third?.proposalId, approve: true });
    expect(decided.state).toBe('carried-out');
    expect(await runEnded()).toMatchObject({ runId: decided.runId, state: 'done', actorId: clinic.adminId });
    expect(await placesOf()).toEqual(Array(4).fill('host-b'));
    expect((await state()).proposals.map(({ state: its, decidedBy }) => [its, decidedBy])).toEqual([['carried-out', clinic.adminId], ['outdated', clinic.adminId], ['declined', clinic.adminId]]);
    expect((await state()).alarms).toEqual([]);
  });

  it('balances by itself where it may, writes it into the audit, and rests afterwards', async () => {
    await open({ mode: 'automatic', imbalance: 0.1, idleBelow: 0, coolDownMinutes: 60 });
    await turn();
    const { proposals: [made] } = await until(({ proposals }) => proposals.some(({ state: its }) => its === 'carried-out'));
    expect(made).toMatchObject({ reasons: ['imbalance'], objective: 'balance', decidedBy: 'server', before: 375_000, after: 250_000 });
    expect(await runEnded()).toMatchObject({ state: 'done', actorId: 'server' });
    expect((await placesOf()).sort()).toEqual(['host-a', 'host-a', 'host-b', 'host-b']);
    const audit = await clinic.database.rows<{ content: string }>(`SELECT content FROM revisions WHERE collection = 'auditEntries'`);
    expect(audit.map(({ content }) => (JSON.parse(content) as { action: string; actorId: string; count?: number })).map(({ action, actorId, count }) => [action, actorId, count])).toEqual([
      ['proposal.made', 'server', 1], ['plan.begun', 'server', 1],
    ]);
    const { lastLookAt } = await state();
    minutes(30);
    expect((await turn()).lastLookAt).toBe(lastLookAt);
  });

  it('raises an alarm once, keeps who has seen it, and clears it when it is over', async () => {
    const is = { failing: true };
    await open({}, (real) => ({ ...real, inventory: (signal) => (is.failing ? Promise.reject(new ProviderException('unreachable')) : real.inventory(signal)) }));
    await turn();
    minutes(5);
    const { alarms } = await turn();
    expect(alarms).toMatchObject([{ code: 'provider-failing', about: 'libvirt', state: 'raised', raisedAt: '2026-03-01T08:00:00.000Z', clearedAt: null }].map((alarm) => ({ ...alarm, raisedAt: expect.any(String) as string })));
    const [{ alarmId, raisedAt }] = alarms as [State['alarms'][number]];
    await ask('resources.acknowledge', { alarmId });
    expect(await refusalCode(ask('resources.acknowledge', { alarmId }))).toBe('not-found');
    expect((await turn()).alarms).toMatchObject([{ alarmId, raisedAt, state: 'acknowledged', acknowledgedBy: clinic.adminId }]);
    is.failing = false;
    expect((await turn()).alarms).toMatchObject([{ alarmId, state: 'cleared', clearedAt: expect.any(String) as string }]);
    is.failing = true;
    expect((await turn()).alarms.map(({ state: its }) => its)).toEqual(['raised', 'cleared']);
  });
}));
