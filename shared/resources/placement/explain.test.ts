import fc from 'fast-check';
import { expect, it } from 'vitest';
import { amounts, cloudOf, hostId, hostOf, machineId, machineOf, smallClouds } from '../testing/inventories.ts';
import type { PlacedMachine } from './answer.ts';
import { measurePlacement } from './check.ts';
import { explainPlacement } from './explain.ts';
import { placementObjectives, type PlacementOptions } from './options.ts';

const optionsOf = (objective: PlacementOptions['objective']): PlacementOptions => ({ objective, bandwidth: 1000, reserve: 'none', budget: null });

it('says of every host what stands against it', () => {
  const cloud = cloudOf(
    [hostOf(0, amounts(8), { failureDomain: 'p' }), hostOf(1, amounts(8), { failureDomain: 'p' }), hostOf(2, amounts(2)), hostOf(3, amounts(8), { state: 'draining' }), hostOf(4, amounts(8))],
    [machineOf(0, amounts(4), { antiAffinityGroup: 'x', spreadGroup: 'y', hostId: hostId(4) }), machineOf(1, amounts(1), { antiAffinityGroup: 'x', spreadGroup: 'y' })],
  );
  const placement: PlacedMachine[] = [{ virtualMachineId: machineId(0), hostId: hostId(4) }, { virtualMachineId: machineId(1), hostId: hostId(0) }];
  const { hosts, hostId: chosen } = explainPlacement(cloud, optionsOf('moves'), placement, machineId(0)) ?? { hosts: [] };
  expect(chosen).toBe(hostId(4));
  expect(hosts.map(({ obstacles }) => obstacles.map(({ code }) => code))).toEqual([['anti-affinity', 'spread'], ['spread'], ['capacity', 'capacity'], ['host-state'], []]);
  expect(hosts[0]?.obstacles[0]).toMatchObject({ rule: { kind: 'anti-affinity', group: 'x' }, virtualMachineIds: [machineId(1)] });
  expect(hosts[4]).toMatchObject({ chosen: true, present: true, valueThere: 0 });
  expect(explainPlacement(cloud, optionsOf('moves'), placement, hostId(0))).toBeUndefined();
});

it('finds no obstacle exactly where the checker would accept the machine, and values it as the checker does', () => {
  fc.assert(
    fc.property(smallClouds, fc.constantFrom(...placementObjectives), fc.nat(), (inventory, objective, pick) => {
      const options = optionsOf(objective);
      const machines = inventory.virtualMachines;
      const machine = machines[pick % Math.max(1, machines.length)];
      if (machine === undefined) return;
      const mates = (id: string) => id === machine.id || (machine.affinityGroup !== undefined && machines.some((each) => each.id === id && each.affinityGroup === machine.affinityGroup));
      const nothing = machines.map(({ id }): PlacedMachine => ({ virtualMachineId: id, hostId: null }));
      for (const { hostId: there, obstacles, valueThere } of explainPlacement(inventory, options, nothing, machine.id)?.hosts ?? []) {
        const placement = nothing.map((placed) => (mates(placed.virtualMachineId) ? { ...placed, hostId: there } : placed));
        const { value, violations } = measurePlacement(inventory, options, placement);
        expect(obstacles.length === 0).toBe(violations.every(({ code }) => code === 'not-placed'));
        if (valueThere !== null) expect(valueThere).toBe(value);
      }
    }),
    { seed: 7, numRuns: 500 },
  );
});
