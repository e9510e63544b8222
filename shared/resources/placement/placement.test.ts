import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it, test } from 'vitest';
import { modelNames, type ModelName } from '../../scheduling/models.ts';
import { amounts, cloudOf, hostId, hostOf, machineId, machineOf, smallClouds } from '../testing/inventories.ts';
import type { Inventory } from '../inventory.ts';
import type { PlacedMachine } from './answer.ts';
import { checkPlacement, measurePlacement } from './check.ts';
import { placementObjectives, type PlacementOptions } from './options.ts';
import { placeMachines } from './solve.ts';

const highs = await loadHighs();
const optionsOf = (objective: PlacementOptions['objective'], more: Partial<PlacementOptions> = {}): PlacementOptions => ({ objective, bandwidth: 1000, reserve: 'none', budget: null, ...more });

/** Time passes with each look at the clock: what small clouds come to must not depend on the machine. */
function answerOf(inventory: Inventory, options: PlacementOptions, model: ModelName) {
  let looks = 0;
  return placeMachines(inventory, options, model, { elapsed: () => (looks += 1) / 10_000, seconds: 5, cancelled: () => false, seed: 1, highs, progress: () => undefined });
}

/** The best value of all placements that the checker accepts; undefined where there is none. */
function bruteForce(inventory: Inventory, options: PlacementOptions): number | undefined {
  const { hosts, virtualMachines } = inventory;
  const choices = [...hosts.filter(({ state }) => state === 'available').map(({ id }) => id), ...(options.objective === 'profit' ? [null] : [])];
  let best: number | undefined;
  for (let code = 0; code < choices.length ** virtualMachines.length; code += 1) {
    const placement = virtualMachines.map(({ id }, at): PlacedMachine => ({ virtualMachineId: id, hostId: choices[Math.floor(code / choices.length ** at) % choices.length] ?? null }));
    const { value, violations } = measurePlacement(inventory, options, placement);
    if (violations.length === 0 && (best === undefined || (options.objective === 'profit' ? value > best : value < best))) best = value;
  }
  return best;
}

const small = smallClouds.filter(({ hosts, virtualMachines }) => (hosts.length + 1) ** virtualMachines.length <= 1500);
const sample = { numRuns: 60, seed: 20261 };

describe.each(placementObjectives)('%s', (objective) => {
  const options = optionsOf(objective, objective === 'profit' ? { budget: amounts(15, 15, 100, 100) } : {});
  const sign = objective === 'profit' ? -1 : 1;

  test.each(modelNames)('%s: the checker agrees, and no bound lies beyond the best there is', (model) => {
    fc.assert(
      fc.property(small, (inventory) => {
        const best = bruteForce(inventory, options);
        const answer = answerOf(inventory, options, model);
        expect(checkPlacement(inventory, options, answer)).toEqual([]);
        if (best === undefined) expect(answer.status).toMatch(/infeasible|stopped/);
        else expect(answer.status).not.toBe('infeasible');
        if (best !== undefined && answer.bound !== null) expect(sign * answer.bound).toBeLessThanOrEqual(sign * best);
      }),
      sample,
    );
  });

  it('is brought to the optimum by the portfolio, in any order, and in any unit', () => {
    fc.assert(
      fc.property(small, (inventory) => {
        const best = bruteForce(inventory, options);
        const wanted = best === undefined ? { value: null, status: 'infeasible' } : { value: best, status: 'optimal' };
        const valueOf = (of: Inventory, by = options) => (({ value, status }) => ({ value, status }))(answerOf(of, by, 'portfolio'));
        expect(valueOf(inventory)).toEqual(wanted);
        expect(valueOf({ ...inventory, hosts: inventory.hosts.toReversed(), virtualMachines: inventory.virtualMachines.toReversed() })).toEqual(wanted);
        const larger = scaled(inventory, 1024);
        const budget = options.budget === null ? null : { ...options.budget, memory: options.budget.memory * 1024 };
        expect(valueOf(larger, { ...options, budget })).toEqual(objective === 'time' && wanted.value !== null ? { ...wanted, value: wanted.value * 1024 } : wanted);
      }),
      sample,
    );
  });

  it('is never worse with one more host', () => {
    fc.assert(
      fc.property(small, (inventory) => {
        const before = answerOf(inventory, options, 'portfolio');
        const after = answerOf({ ...inventory, hosts: [...inventory.hosts, hostOf(99, amounts(12, 12, 20, 20))] }, options, 'portfolio');
        if (before.value !== null) expect(sign * (after.value as number)).toBeLessThanOrEqual(sign * before.value);
      }),
      sample,
    );
  });
});

/** The same in another unit of memory. */
const scaled = (inventory: Inventory, times: number): Inventory => ({
  ...inventory,
  hosts: inventory.hosts.map((host) => ({ ...host, capacity: { ...host.capacity, memory: host.capacity.memory * times } })),
  virtualMachines: inventory.virtualMachines.map((machine) => ({ ...machine, demand: { ...machine.demand, memory: machine.demand.memory * times } })),
});

describe('a reserve for one lost host', () => {
  const options = optionsOf('hosts', { reserve: 'one-host' });

  it.each(modelNames)('%s: what is placed with one survives any loss', (model) => {
    fc.assert(
      fc.property(small, (inventory) => {
        const best = bruteForce(inventory, options);
        const answer = answerOf(inventory, options, model);
        expect(checkPlacement(inventory, options, answer)).toEqual([]);
        if (best !== undefined) expect(answer.status).not.toBe('infeasible');
        if (best !== undefined && answer.bound !== null) expect(answer.bound).toBeLessThanOrEqual(best);
      }),
      sample,
    );
  });

  it('names the host whose loss cannot be made good, and the machine that is pinned to one alone', () => {
    const hosts = [hostOf(0, amounts(8)), hostOf(1, amounts(4))];
    expect(answerOf(cloudOf(hosts, [0, 1].map((n) => machineOf(n, amounts(3)))), options, 'portfolio').reason).toMatchObject({ code: 'reserve-too-small', hostIds: [hostId(0)], asked: 6, available: 4 });
    expect(answerOf(cloudOf(hosts, [machineOf(0, amounts(1), { allowedHostIds: [hostId(1)] })]), options, 'portfolio').reason).toMatchObject({ code: 'reserve-pinned', virtualMachineIds: [machineId(0)], hostIds: [hostId(1)] });
  });
});

describe('what cannot be', () => {
  const reasonOf = (inventory: Inventory) => answerOf(inventory, optionsOf('hosts'), 'portfolio');

  it('is said with the rule, the machine and the host to blame, and as many machines as go in are shown', () => {
    const hosts = [hostOf(0, amounts(8)), hostOf(1, amounts(8), { state: 'lost' })];
    const large = reasonOf(cloudOf(hosts, [machineOf(0, amounts(1)), machineOf(1, amounts(9))]));
    expect(large).toMatchObject({ status: 'infeasible', reason: { code: 'machine-too-large', virtualMachineIds: [machineId(1)], dimension: 'cpu' }, partial: [{ hostId: hostId(0) }, { hostId: null }] });
    expect(reasonOf(cloudOf(hosts, [machineOf(0, amounts(1), { allowedHostIds: [hostId(1)] })])).reason).toMatchObject({ code: 'pinned-nowhere', hostIds: [hostId(1)] });
    expect(reasonOf(cloudOf(hosts, [0, 1, 2].map((n) => machineOf(n, amounts(3))))).reason).toMatchObject({ code: 'total-too-large', asked: 9, available: 8 });
    expect(reasonOf(cloudOf([], [machineOf(0, amounts(1))])).reason).toMatchObject({ code: 'no-host-available' });
    const three = [0, 1].map((n) => hostOf(n, amounts(8))).concat(hostOf(2, amounts(8)));
    expect(reasonOf(cloudOf(three, [0, 1, 2, 3].map((n) => machineOf(n, amounts(5))))).reason).toMatchObject({ code: 'proved-by-search' });
  });

  it('is nothing where there is nothing to place', () => {
    expect(reasonOf(cloudOf([], []))).toMatchObject({ status: 'optimal', value: 0, placement: [] });
    expect(reasonOf(cloudOf([hostOf(0, amounts(0))], [machineOf(0, amounts(0))]))).toMatchObject({ status: 'optimal', value: 1 });
  });

  it('keeps its head with the greatest numbers there are', () => {
    const most = 2 ** 31 - 1;
    const hosts = [0, 1].map((n) => hostOf(n, amounts(most, most, most, most), { overcommit: { cpu: 32, memory: 4 } }));
    const answer = answerOf(cloudOf(hosts, [0, 1].map((n) => machineOf(n, amounts(most, most, most, most), { hostId: hostId(0) }))), optionsOf('time'), 'portfolio');
    expect(answer).toMatchObject({ status: 'optimal', value: most });
  });
});

it('of equal hosts those are kept in use that most of it is on already', () => {
  const hosts = Array.from({ length: 300 }, (_, n) => hostOf(n, amounts(8)));
  const machines = Array.from({ length: 20 }, (_, n) => machineOf(n, amounts(4), { hostId: hostId(299 - Math.floor(n / 2)) }));
  const { value, placement } = answerOf(cloudOf(hosts, machines), optionsOf('hosts'), 'greedy');
  expect(value).toBe(10);
  expect(placement?.filter((placed, n) => placed.hostId !== machines[n]?.hostId)).toEqual([]);
});
