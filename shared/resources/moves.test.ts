import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resources } from '../i18n/index.ts';
import { resourceDimensions } from '../schema/resource-amounts.ts';
import { byId, type Inventory } from './inventory.ts';
import { moveReasons, type Move } from './move.ts';
import { planMoves } from './moves.ts';
import type { PlacedMachine } from './placement/answer.ts';
import { providerMove } from './provider-move.ts';
import { noRestraint } from './restraint.ts';
import { amounts, cloudOf, hostId, hostOf, machineId, machineOf, smallClouds } from './testing/inventories.ts';

const options = { bandwidth: 1000, restraint: noRestraint };
const wanted = (...hosts: number[]): PlacedMachine[] => hosts.map((host, n) => ({ virtualMachineId: machineId(n), hostId: hostId(host) }));
const short = ({ virtualMachineId, to, reason }: Move) => [Number(virtualMachineId.slice(-3)), Number(to.slice(-3)), reason];
const on = (n: number) => ({ hostId: hostId(n) });

/** What is overfilled or shared against a rule in a cloud, by its documents alone. */
function faults({ hosts, virtualMachines }: Inventory): Set<string> {
  const found = new Set<string>();
  for (const host of hosts) {
    const here = virtualMachines.filter((machine) => machine.hostId === host.id);
    for (const dimension of resourceDimensions) {
      const times = dimension === 'cpu' || dimension === 'memory' ? host.overcommit[dimension] : 1;
      if (here.reduce((sum, { demand }) => sum + demand[dimension], 0) > host.capacity[dimension] * times) found.add(`${host.id} ${dimension}`);
    }
  }
  const domain = (id?: string) => hosts.find((host) => host.id === id)?.failureDomain ?? id;
  for (const a of virtualMachines)
    for (const b of virtualMachines) {
      if (a.id >= b.id || a.hostId === undefined || b.hostId === undefined) continue;
      if (a.antiAffinityGroup !== undefined && a.antiAffinityGroup === b.antiAffinityGroup && a.hostId === b.hostId) found.add(`apart ${a.id} ${b.id}`);
      if (a.spreadGroup !== undefined && a.spreadGroup === b.spreadGroup && domain(a.hostId) === domain(b.hostId)) found.add(`spread ${a.id} ${b.id}`);
    }
  return found;
}

const after = (inventory: Inventory, move: Move): Inventory => ({
  ...inventory,
  virtualMachines: inventory.virtualMachines.map((machine) => (machine.id === move.virtualMachineId ? { ...machine, hostId: move.to } : machine)),
});

/** The moment of a move: the machine counts on both hosts. */
const during = (inventory: Inventory, { virtualMachineId, to }: Move): Inventory => {
  const machine = inventory.virtualMachines.find(({ id }) => id === virtualMachineId);
  if (machine === undefined) throw new Error('moved a machine that is not there');
  return { ...inventory, virtualMachines: [...inventory.virtualMachines, { ...machine, id: 'copy', hostId: to, antiAffinityGroup: undefined, spreadGroup: undefined } as never] };
};

describe('a plan of moves', () => {
  it('never overfills a host, nor breaks a rule that was kept, at any moment of the way', () => {
    fc.assert(
      fc.property(smallClouds, fc.infiniteStream(fc.nat()), (inventory, numbers) => {
        const placement = inventory.virtualMachines.map(({ id }): PlacedMachine => ({ virtualMachineId: id, hostId: inventory.hosts[(numbers.next().value as number) % inventory.hosts.length]?.id ?? null }));
        const { moves, leftOut } = planMoves(inventory, placement, options);
        let now = inventory;
        for (const move of moves) {
          const known = faults(now);
          const machine = now.virtualMachines.find(({ id }) => id === move.virtualMachineId);
          if (move.from !== null) expect(machine?.hostId).toBe(move.from);
          expect(machine?.allowedHostIds ?? [move.to]).toContain(move.to);
          expect(now.hosts.find(({ id }) => id === move.to)?.state).toBe('available');
          for (const fault of faults(during(now, move))) expect(known.has(fault)).toBe(true);
          now = after(now, move);
          for (const fault of faults(now)) expect(known.has(fault)).toBe(true);
        }
        for (const { virtualMachineId, hostId: wish } of placement) {
          const arrived = now.virtualMachines.find(({ id }) => id === virtualMachineId)?.hostId === wish;
          expect(arrived).toBe(!leftOut.some((left) => left.virtualMachineId === virtualMachineId));
        }
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  it('waits until there is room, and says why each machine goes', () => {
    const cloud = cloudOf([hostOf(0, amounts(8), { state: 'draining' }), hostOf(1, amounts(8)), hostOf(2, amounts(8))], [machineOf(0, amounts(6), on(0)), machineOf(1, amounts(5), on(1)), machineOf(2, amounts(1))]);
    const { moves, leftOut, memory } = planMoves(cloud, wanted(1, 2, 2), options);
    expect(moves.map(short)).toEqual([[2, 2, 'place'], [1, 2, 'balance'], [0, 1, 'drain']]);
    expect(moves[0]).toMatchObject({ from: null, memory: 0, seconds: 0 });
    expect(leftOut).toEqual([]);
    expect(memory).toBe(11);
  });

  it('breaks a circle by a stop on a third host', () => {
    const cloud = cloudOf([0, 1, 2].map((n) => hostOf(n, amounts(8))), [machineOf(0, amounts(6), on(0)), machineOf(1, amounts(5), on(1))]);
    expect(planMoves(cloud, wanted(1, 0), options).moves.map(short)).toEqual([[1, 2, 'make-way'], [0, 1, 'balance'], [1, 0, 'balance']]);
  });

  it('leaves out what cannot be, and says so', () => {
    const circle = cloudOf([0, 1].map((n) => hostOf(n, amounts(8))), [machineOf(0, amounts(6), on(0)), machineOf(1, amounts(5), on(1))]);
    expect(planMoves(circle, wanted(1, 0), options)).toMatchObject({ moves: [], leftOut: [{ reason: 'no-room-on-the-way', hostId: hostId(0), wanted: hostId(1) }, { reason: 'no-room-on-the-way' }] });
    const apart = cloudOf(circle.hosts as never, [machineOf(0, amounts(1), { ...on(0), antiAffinityGroup: 'x' }), machineOf(1, amounts(1), { ...on(1), antiAffinityGroup: 'x' })]);
    expect(planMoves(apart, wanted(1, 0), options).leftOut.map(({ reason }) => reason)).toEqual(['rule-on-the-way', 'rule-on-the-way']);
  });

  it('lets rest what moved a short time ago, and does nothing for a small gain, but drains in any case', () => {
    const cloud = cloudOf([hostOf(0, amounts(8), { state: 'draining' }), hostOf(1, amounts(8)), hostOf(2, amounts(8))], [machineOf(0, amounts(1), on(0)), machineOf(1, amounts(1), on(1)), machineOf(2, amounts(1), on(1))]);
    const resting = { ...noRestraint, now: '2026-01-01T01:00:00.000Z', coolDown: 7200, lastMoves: { [machineId(0)]: '2026-01-01T00:00:00.000Z', [machineId(1)]: '2026-01-01T00:00:00.000Z' } };
    const plan = planMoves(cloud, wanted(2, 2, 2), { bandwidth: 1000, restraint: resting });
    expect(plan.moves.map(short)).toEqual([[0, 2, 'drain'], [2, 2, 'consolidate']]);
    expect(plan.leftOut).toMatchObject([{ virtualMachineId: machineId(1), reason: 'cooling-down' }]);
    expect(planMoves(cloud, wanted(2, 2, 2), { bandwidth: 1000, restraint: { ...resting, coolDown: 3600 } }).leftOut).toEqual([]);
    const small = planMoves(cloud, wanted(2, 2, 2), { bandwidth: 1000, restraint: { ...noRestraint, before: 100, after: 97, threshold: 0.05 } });
    expect(small.moves.map(short)).toEqual([[0, 2, 'drain']]);
    expect(small.leftOut.map(({ reason }) => reason)).toEqual(['not-worth-it', 'not-worth-it']);
  });

  const keyed = <Document extends { id: string; provider?: string | undefined }>(document: Document): Document => (document.provider === undefined ? document : { ...document, providerKey: document.id });
  const carriable = (inventory: Inventory): Inventory => ({ ...inventory, hosts: inventory.hosts.map(keyed), virtualMachines: inventory.virtualMachines.map(keyed) });

  it('has by provider only moves that the machine\'s provider can make, in an order that holds without the others', () => {
    fc.assert(
      fc.property(smallClouds.map(carriable), fc.infiniteStream(fc.nat()), (inventory, numbers) => {
        const placement = inventory.virtualMachines.map(({ id }): PlacedMachine => ({ virtualMachineId: id, hostId: inventory.hosts[(numbers.next().value as number) % inventory.hosts.length]?.id ?? null }));
        const { moves, leftOut } = planMoves(inventory, placement, { ...options, byProvider: true });
        const hosts = byId(inventory.hosts);
        let now = inventory;
        for (const move of moves) {
          const known = faults(now);
          expect(providerMove(now.virtualMachines.find(({ id }) => id === move.virtualMachineId), hosts.get(move.from ?? ''), hosts.get(move.to))).toBeDefined();
          expect([...faults(during(now, move))].filter((fault) => !known.has(fault))).toEqual([]);
          now = after(now, move);
        }
        for (const { id, hostId: there } of now.virtualMachines) {
          const place = placement.find(({ virtualMachineId }) => virtualMachineId === id)?.hostId ?? null;
          if (place !== null && place !== there) expect(leftOut.map(({ virtualMachineId }) => virtualMachineId)).toContain(id);
        }
      }),
    );
  });

  it('stops on no host that the machine\'s provider cannot bring it to', () => {
    const real = { provider: 'libvirt', providerKey: 'x' };
    const circle = (third: object) => cloudOf([hostOf(0, amounts(4), real), hostOf(1, amounts(4), real), hostOf(2, amounts(4), third)], [machineOf(0, amounts(3), { ...on(0), ...real }), machineOf(1, amounts(3), { ...on(1), ...real })]);
    expect(planMoves(circle(real), wanted(1, 0), { ...options, byProvider: true }).moves).toHaveLength(3);
    expect(planMoves(circle({}), wanted(1, 0), { ...options, byProvider: true })).toMatchObject({ moves: [], leftOut: [{ reason: 'no-room-on-the-way' }, { reason: 'no-room-on-the-way' }] });
  });

  it('leaves a whole affinity group where it is when no provider can move one of it, and what needed its room', () => {
    const real = { provider: 'libvirt', providerKey: 'x' };
    const hosts = [hostOf(0, amounts(4), real), hostOf(1, amounts(4), real), hostOf(2, amounts(4), real)];
    const group = { affinityGroup: 'pair' };
    const cloud = cloudOf(hosts, [machineOf(0, amounts(2), { ...on(0), ...real, ...group }), machineOf(1, amounts(2), { ...on(0), ...group }), machineOf(2, amounts(3), { ...on(1), ...real }), machineOf(3, amounts(2), { ...on(2), ...real })]);
    const plan = planMoves(cloud, wanted(2, 2, 0, 1), { ...options, byProvider: true });
    expect(plan.moves.map(short)).toEqual([]);
    expect(plan.leftOut.map(({ virtualMachineId, reason, obstacle }) => [virtualMachineId, reason, obstacle])).toEqual([
      [machineId(0), 'no-provider', { code: 'affinity', group: 'pair' }], [machineId(1), 'no-provider', { code: 'machine-by-hand' }],
      [machineId(2), 'no-room-on-the-way', undefined], [machineId(3), 'no-room-on-the-way', undefined],
    ]);
  });

  it('says why no provider can bring a machine where it is wanted, and moves what the providers at hand can', () => {
    const [real, other] = [{ provider: 'libvirt', providerKey: 'x' }, { provider: 'xen', providerKey: 'y' }];
    const hosts = [hostOf(0, amounts(20), real), hostOf(1, amounts(20), real), hostOf(2, amounts(20)), hostOf(3, amounts(20), other), hostOf(4, amounts(20), { ...real, providerKey: 'mute' })];
    const machine = (index: number, rest: object = {}) => machineOf(index, amounts(1), { ...on(0), ...real, ...rest });
    const cloud = cloudOf(hosts, [machine(0), machine(1, { provider: undefined }), machineOf(2, amounts(1), real), machine(3), machine(4), machine(5), machineOf(6, amounts(1), { ...on(3), ...other })]);
    const plan = (movers: [string, string[]][]) => planMoves(cloud, wanted(1, 1, 1, 2, 3, 4, 0), { ...options, byProvider: new Map(movers.map(([name, silent]) => [name, new Set(silent)])) });
    const obstacles = ({ leftOut }: ReturnType<typeof plan>) => Object.fromEntries(leftOut.map(({ virtualMachineId, obstacle }) => [virtualMachineId, obstacle]));
    expect(plan([['libvirt', ['mute']]]).moves.map(short)).toMatchObject([[0, 1, expect.anything()]]);
    expect(obstacles(plan([['libvirt', ['mute']]]))).toEqual({
      [machineId(1)]: { code: 'machine-by-hand' }, [machineId(2)]: { code: 'machine-nowhere' }, [machineId(3)]: { code: 'host-by-hand', hostId: hostId(2) },
      [machineId(4)]: { code: 'other-provider', hostId: hostId(3) }, [machineId(5)]: { code: 'host-silent', hostId: hostId(4) }, [machineId(6)]: { code: 'other-provider', hostId: hostId(0) },
    });
    expect(obstacles(plan([]))[machineId(0)]).toEqual({ code: 'provider-not-ready', provider: 'libvirt' });
  });

  it('takes the memory times eight over the bandwidth', () => {
    const cloud = cloudOf([hostOf(0, amounts(8, 2000)), hostOf(1, amounts(8, 2000))], [machineOf(0, amounts(1, 1000), on(0))]);
    expect(planMoves(cloud, wanted(1), options).seconds).toBeCloseTo(8.388608, 9);
  });

  it.each(['en', 'zh'] as const)('has a text in %s for every reason', (language) => {
    expect(Object.keys(resources[language].translation.resources.move).sort()).toEqual([...moveReasons].sort());
  });
});
