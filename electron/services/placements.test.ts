import { expect, test } from 'vitest';
import type { CallParsed } from '../../shared/contract/index.ts';
import { errorOf } from '../../shared/testing/error-of.ts';
import type { HostContent } from '../../shared/schema/host.ts';
import type { VirtualMachineContent } from '../../shared/schema/virtual-machine.ts';
import type { Context } from './context.ts';
import { cancelJob } from './jobs.ts';
import { readExport } from './exports.ts';
import { explainMachine, exportPlan, placementPlan, recordPlan } from './placement-plans.ts';
import { placedMachines, placementRun, placementRuns, solvePlacement } from './placements.ts';
import { beginPlan } from './providers.ts';
import { saveResource } from './resources.ts';
import { inventoryOf } from './inventory.ts';
import { openClinic } from './testing/clinic.ts';

const amounts = (cpu: number) => ({ cpu, memory: cpu * 1024, disk: 0, bandwidth: 0 });
const host = (context: Context, name: string, rest: Partial<HostContent> = {}) =>
  saveResource(context, { collection: 'hosts', content: { name, state: 'available', capacity: amounts(8), overcommit: { cpu: 1, memory: 1 }, ...rest } }).id;
const machine = (context: Context, name: string, hostId: string, cpu: number, rest: Partial<VirtualMachineContent> = {}) =>
  saveResource(context, { collection: 'virtualMachines', content: { name, state: 'running', hostId, demand: amounts(cpu), ...rest } }).id;

async function settled(context: Context, jobId: string): Promise<string> {
  await expect.poll(() => context.jobs.get(jobId).state, { timeout: 30_000 }).not.toBe('running');
  return context.jobs.get(jobId).state;
}

const wanted: Omit<CallParsed<'placements.solve'>, 'models'> = { options: { objective: 'hosts', bandwidth: 10_000, reserve: 'none', budget: null }, secondsPerModel: 5, seed: 1, whatIf: { drain: [], lose: [], add: [], growthPercent: 0 } };

test('models run one after the other in a worker, are checked, and say where each machine goes', async () => {
  const context = (await openClinic()).context('admin');
  const [one, two, three] = ['one', 'two', 'three'].map((name) => host(context, name)) as [string, string, string];
  machine(context, 'a', one, 4);
  machine(context, 'b', two, 4);
  machine(context, 'c', three, 4);
  const { id: jobId } = solvePlacement(context, { ...wanted, models: ['greedy', 'lp', 'portfolio'] });
  expect(await settled(context, jobId)).toBe('done');
  const run = placementRun(context, { jobId });
  expect(run).toMatchObject({ hosts: 3, machines: 3, outdated: false });
  for (const { model, state, answer, violations } of run.models) expect({ model, state, value: answer?.value, violations }).toEqual({ model, state: 'done', value: 2, violations: [] });
  expect(run.models.find(({ model }) => model === 'portfolio')?.answer).toMatchObject({ status: 'optimal', bound: 2, gap: 0, placed: 3 });
  const moved = placedMachines(context, { jobId, model: 'portfolio', onlyMoved: true, offset: 0, limit: 10 });
  expect(moved.total).toBeGreaterThan(0);
  for (const { from, to } of moved.rows) expect(from?.hostId).not.toBe(to?.hostId);
  expect(placedMachines(context, { jobId, model: 'portfolio', onlyMoved: false, search: 'B', offset: 0, limit: 10 }).rows.map(({ name }) => name)).toEqual(['b']);
  machine(context, 'd', one, 1);
  expect(placementRuns(context)[0]?.outdated).toBe(true);
});

test('a what-if is solved and the cloud stays as it is', async () => {
  const context = (await openClinic()).context('admin');
  const one = host(context, 'one');
  const two = host(context, 'two');
  machine(context, 'a', one, 6);
  machine(context, 'b', two, 6);
  const whatIf = { drain: [one], lose: [], add: [], growthPercent: 0 };
  const drained = solvePlacement(context, { ...wanted, models: ['portfolio'], whatIf });
  await settled(context, drained.id);
  expect(placementRun(context, { jobId: drained.id }).models[0]?.answer?.status).toBe('infeasible');
  const helped = solvePlacement(context, { ...wanted, models: ['portfolio'], whatIf: { ...whatIf, add: [{ like: two, count: 1 }], growthPercent: 10 } });
  await settled(context, helped.id);
  expect(placementRun(context, { jobId: helped.id }).models[0]?.answer).toMatchObject({ status: 'optimal', value: 2 });
  const { rows } = placedMachines(context, { jobId: helped.id, model: 'portfolio', onlyMoved: false, offset: 0, limit: 10 });
  expect(rows.map(({ to }) => to?.name).sort()).toEqual(['two', 'two +1']);
});

test('a run that is cancelled stops at once, and another may begin', async () => {
  const context = (await openClinic()).context('admin');
  const hosts = Array.from({ length: 30 }, (_, index) => host(context, `host ${index}`, { capacity: { cpu: 97 + index, memory: 90_000, disk: 900, bandwidth: 1000 } }));
  for (let index = 0; index < 150; index += 1) {
    machine(context, `machine ${index}`, hosts[index % 30] as string, 1, { demand: { cpu: 7 + ((index * 37) % 13), memory: 5000 + ((index * 7919) % 9000), disk: 50 + ((index * 31) % 70), bandwidth: 40 + ((index * 17) % 90) } });
  }
  const { id: jobId } = solvePlacement(context, { ...wanted, models: ['lp', 'portfolio'], secondsPerModel: 600 });
  expect(await errorOf(() => solvePlacement(context, { ...wanted, models: ['greedy'] }))).toEqual({ code: 'job-running' });
  expect(await cancelJob(context, { jobId })).toMatchObject({ state: 'cancelled' });
  expect(placementRun(context, { jobId }).models[1]?.state).toBe('waiting');
  const { id: next } = solvePlacement(context, { ...wanted, models: ['greedy'] });
  expect(await settled(context, next)).toBe('done');
});

test('a plan empties a host that is drained, says why, and can be noted as made once', async () => {
  const context = (await openClinic()).context('admin');
  const one = host(context, 'one', { state: 'draining' });
  const two = host(context, 'two');
  const a = machine(context, 'a', one, 2);
  const b = machine(context, 'b', one, 2);
  machine(context, 'c', two, 4);
  const { id: jobId } = solvePlacement(context, { ...wanted, options: { ...wanted.options, objective: 'moves' }, models: ['portfolio'] });
  await settled(context, jobId);
  const plan = { jobId, model: 'portfolio', threshold: 0, coolDown: 3600 } as const;
  const { rows, total, leftOut, memory, supposed } = placementPlan(context, { ...plan, offset: 0, limit: 100 });
  expect({ total, leftOut, memory, supposed }).toEqual({ total: 2, leftOut: [], memory: 4096, supposed: false });
  expect(rows.map(({ name, fromName, toName, reason }) => [name, fromName, toName, reason]).sort()).toEqual([['a', 'one', 'two', 'drain'], ['b', 'one', 'two', 'drain']]);
  expect(explainMachine(context, { jobId, model: 'portfolio', virtualMachineId: a }).hosts.map(({ name, chosen, obstacles }) => [name, chosen, obstacles[0]?.code])).toEqual([['one', false, 'host-state'], ['two', true, undefined]]);

  expect(recordPlan(context, plan)).toEqual({ moves: 2 });
  for (const { id, hostId } of inventoryOf(context.store).virtualMachines) if (id === a || id === b) expect(hostId).toBe(two);
  expect(await errorOf(() => recordPlan(context, plan))).toEqual({ code: 'plan-outdated' });
});

test('machines that a budget leaves out stay where they are, and the plan says so', async () => {
  const context = (await openClinic()).context('admin');
  const one = host(context, 'one');
  const two = host(context, 'two', { state: 'draining' });
  machine(context, 'dear', one, 4, { profit: 1 });
  machine(context, 'good', two, 2, { profit: 9 });
  saveResource(context, { collection: 'virtualMachines', content: { name: 'planned', state: 'planned', demand: amounts(2), profit: 0 } });
  const { id: jobId } = solvePlacement(context, { ...wanted, options: { ...wanted.options, objective: 'profit', budget: amounts(2) }, models: ['portfolio'] });
  await settled(context, jobId);
  const plan = { jobId, model: 'portfolio', threshold: 0, coolDown: 0 } as const;
  expect(placementPlan(context, { ...plan, offset: 0, limit: 10 })).toMatchObject({ total: 1, rows: [{ name: 'good', toName: 'one' }], unplaced: { names: ['dear'], of: 1 } });
  recordPlan(context, plan);
  expect(inventoryOf(context.store).virtualMachines.map(({ name, hostId }) => [name, hostId])).toEqual([['dear', one], ['good', one], ['planned', undefined]]);
});

test('for profit, too, the rules are named that no placement can keep together', async () => {
  const context = (await openClinic()).context('admin');
  const one = host(context, 'one');
  const apart = { affinityGroup: 'pair', antiAffinityGroup: 'apart', profit: 5 };
  const [a, b] = ['a', 'b'].map((name) => machine(context, name, one, 1, apart));
  machine(context, 'fits', one, 1, { profit: 1 });
  const { id: jobId } = solvePlacement(context, { ...wanted, options: { ...wanted.options, objective: 'profit' }, models: ['greedy'] });
  await settled(context, jobId);
  const { clashes, unplaced } = placementPlan(context, { jobId, model: 'greedy', threshold: 0, coolDown: 0, offset: 0, limit: 10 });
  expect(unplaced).toEqual({ names: ['a', 'b'], of: 2 });
  expect(clashes.findings.map(({ code, virtualMachineIds }) => [code, virtualMachineIds])).toContainEqual(['affinity-against-anti-affinity', [a, b]]);
  expect(clashes.of).toBe(clashes.findings.length);
});

test('what is only supposed is not noted as made', async () => {
  const context = (await openClinic()).context('admin');
  const one = host(context, 'one');
  machine(context, 'a', one, 2);
  const { id: jobId } = solvePlacement(context, { ...wanted, models: ['greedy'], whatIf: { drain: [one], lose: [], add: [{ like: one, count: 1 }], growthPercent: 0 } });
  await settled(context, jobId);
  expect(placementPlan(context, { jobId, model: 'greedy', threshold: 0, coolDown: 0, offset: 0, limit: 10 })).toMatchObject({ total: 1, supposed: true, rows: [{ toName: 'one +1' }] });
  expect(await errorOf(() => recordPlan(context, { jobId, model: 'greedy', threshold: 0, coolDown: 0 }))).toEqual({ code: 'plan-supposed' });
});

test('a plan says before it is begun which machines no provider can move, and the server is asked for the others alone', async () => {
  const context = (await openClinic()).context('admin');
  const real = (providerKey: string) => ({ provider: 'libvirt', providerKey });
  const [one, two] = ['one', 'two'].map((name) => host(context, name, real(name))) as [string, string];
  machine(context, 'a', one, 1, real('uuid-a'));
  machine(context, 'b', one, 1);
  machine(context, 'c', two, 4, real('uuid-c'));
  const { id: jobId } = solvePlacement(context, { ...wanted, models: ['portfolio'], whatIf: { drain: [one], lose: [], add: [], growthPercent: 0 } });
  await settled(context, jobId);
  const plan = { jobId, model: 'portfolio' as const, threshold: 0, coolDown: 0 };
  const causes = [{ cause: 'machine-by-hand', machines: { names: ['b'], of: 1 }, subjects: { names: [], of: 0 } }];
  expect(placementPlan(context, { ...plan, offset: 0, limit: 10 })).toMatchObject({ total: 2, leftOut: [], byServer: { moves: 1, without: { of: 1, causes } } });
  // Where the provider itself is not ready, the plan says so before it is tried.
  const unready = placementPlan(context, { ...plan, movers: [], offset: 0, limit: 10 }).byServer;
  expect(unready).toMatchObject({ moves: 0, without: { of: 2, causes: [{ cause: 'provider-not-ready', machines: { names: ['a'] }, subjects: { names: ['libvirt'] } }, { cause: 'machine-by-hand' }] } });
  const script = exportPlan(context, { ...plan, format: 'virsh', part: 'without-provider' });
  await settled(context, script.id);
  const { text } = await readExport(context, { jobId: script.id, part: 0 });
  expect(text).toContain("-- 'b'");
  expect(text).not.toContain("-- 'a'");
  const asked: unknown[] = [];
  const post = async (_path: string, _token: string, body: unknown) => (asked.push(body), { value: { runId: 'run' } });
  Object.defineProperties(context.workstation.sync, { serverFacts: { value: {} }, session: { value: { token: '', link: { post } } } });
  expect(await beginPlan(context, plan)).toEqual({ runId: 'run' });
  expect(asked).toMatchObject([{ moves: [{ kind: 'migrate', provider: 'libvirt', machine: 'uuid-a', from: 'one', to: 'two' }] }]);
});
