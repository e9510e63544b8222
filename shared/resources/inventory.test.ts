import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceDimensions } from '../schema/resource-amounts.ts';
import { allocationIn, strandedOf } from './allocation.ts';
import { promisedBy } from './amounts.ts';
import { bottleneckIn } from './bottleneck.ts';
import { resources } from '../i18n/index.ts';
import { findingCodes } from './finding.ts';
import { findingsOf } from './findings.ts';
import { emptyInventory, type Inventory } from './inventory.ts';
import { amounts, cloudOf, hostId, hostOf, machineId, machineOf, nodeOf, smallClouds, taskId, taskOf } from './testing/inventories.ts';
import { totalsOf } from './totals.ts';

const codesOf = (inventory: Inventory) => findingsOf(inventory).map(({ code }) => code);

describe('findings', () => {
  it('names machines on hosts that are lost or not there, and pins that lead nowhere', () => {
    const cloud = cloudOf(
      [hostOf(0, amounts(8)), hostOf(1, amounts(8), { state: 'lost' })],
      [machineOf(0, amounts(1), { hostId: hostId(1) }), machineOf(1, amounts(1), { hostId: hostId(9) }), machineOf(2, amounts(1), { allowedHostIds: [hostId(9)] })],
      { tasks: [taskOf(0, 1, { computeNodeId: hostId(3) })] },
    );
    expect(findingsOf(cloud)).toMatchObject([
      { code: 'unknown-host', virtualMachineIds: [machineId(1)], hostIds: [hostId(9)] },
      { code: 'unknown-pin', virtualMachineIds: [machineId(2)], hostIds: [hostId(9)], rule: { kind: 'pin' } },
      { code: 'unknown-node', subject: { collection: 'tasks', id: taskId(0) } },
      { code: 'pinned-nowhere', severity: 'impossible', virtualMachineIds: [machineId(2)] },
      { code: 'host-down', virtualMachineIds: [machineId(0)], hostIds: [hostId(1)] },
    ]);
  });

  it('names rules that contradict each other, by their groups and machines', () => {
    const both = { affinityGroup: 'x', antiAffinityGroup: 'y' };
    const cloud = cloudOf([hostOf(0, amounts(8)), hostOf(1, amounts(8))], [machineOf(0, amounts(1), both), machineOf(1, amounts(1), both)]);
    expect(findingsOf(cloud)).toMatchObject([{ code: 'affinity-against-anti-affinity', rule: { kind: 'affinity', group: 'x' }, virtualMachineIds: [machineId(0), machineId(1)] }]);
    const pinned = cloudOf(cloud.hosts as never, [0, 1].map((n) => machineOf(n, amounts(1), { affinityGroup: 'x', allowedHostIds: [hostId(n)] })));
    expect(codesOf(pinned)).toEqual(['affinity-against-pins']);
  });

  it('names groups that are larger than any host, than the number of hosts, or of failure domains', () => {
    const hosts = [hostOf(0, amounts(8), { failureDomain: 'p' }), hostOf(1, amounts(8), { failureDomain: 'p' })];
    const three = (more: object) => cloudOf(hosts, [0, 1, 2].map((n) => machineOf(n, amounts(3, 1), more)));
    expect(findingsOf(three({ affinityGroup: 'x' }))).toMatchObject([{ code: 'affinity-group-too-large', dimension: 'cpu', asked: 9, available: 8 }]);
    expect(findingsOf(three({ antiAffinityGroup: 'x' }))).toMatchObject([{ code: 'anti-affinity-group-too-large', asked: 3, available: 2 }]);
    expect(findingsOf(three({ spreadGroup: 'x' }))).toMatchObject([{ code: 'spread-group-too-large', asked: 3, available: 1 }]);
    expect(findingsOf(cloudOf(hosts, [machineOf(0, amounts(1, 9))]))).toMatchObject([{ code: 'machine-too-large', dimension: 'memory', asked: 9, available: 8 }]);
  });

  it('names what is broken as things are', () => {
    const here = { hostId: hostId(0) };
    const cloud = cloudOf(
      [hostOf(0, amounts(2), { failureDomain: 'p' }), hostOf(1, amounts(4), { failureDomain: 'p' }), hostOf(2, amounts(4))],
      [
        machineOf(0, amounts(2), { ...here, antiAffinityGroup: 'x', affinityGroup: 'z' }),
        machineOf(1, amounts(1), { ...here, antiAffinityGroup: 'x', spreadGroup: 'y' }),
        machineOf(2, amounts(1), { hostId: hostId(1), spreadGroup: 'y', affinityGroup: 'z', allowedHostIds: [hostId(0)] }),
      ],
    );
    expect(codesOf(cloud)).toEqual(['affinity-group-too-large', 'host-overfilled', 'host-overfilled', 'pin-broken', 'affinity-broken', 'anti-affinity-broken', 'spread-broken']);
    expect(findingsOf(emptyInventory)).toEqual([]);
  });
});

describe('allocation', () => {
  it('promises what overcommit allows, in whole units', () => {
    expect(promisedBy(hostOf(0, amounts(100, 7), { overcommit: { cpu: 1.15, memory: 1.5 } }))).toEqual(amounts(115, 10));
  });

  it('calls stranded what is free but of no use as another dimension is used up', () => {
    expect(strandedOf(amounts(0, 64), amounts(1, 4))).toEqual(amounts(0, 64));
    expect(strandedOf(amounts(4, 64), amounts(1, 4))).toEqual(amounts(0, 48));
    expect(strandedOf(amounts(4, 16), amounts(1, 4))).toEqual(amounts(0, 0));
    expect(strandedOf(amounts(4, 16), amounts(0, 0))).toEqual(amounts(0, 0));
  });

  it('adds up: hosts to the cloud, allocated and free to promised where nothing is overfilled', () => {
    fc.assert(
      fc.property(smallClouds, (inventory) => {
        const { hosts, cloud, unplaced } = allocationIn(inventory);
        for (const dimension of resourceDimensions) {
          const asked = inventory.virtualMachines.reduce((sum, { demand }) => sum + demand[dimension], 0);
          expect(cloud[dimension].allocated + unplaced.demand[dimension]).toBe(asked);
          for (const { dimensions } of hosts) {
            const { allocated, free, promised, stranded } = dimensions[dimension];
            expect(free).toBe(Math.max(0, promised - allocated));
            expect(stranded).toBeLessThanOrEqual(free);
          }
        }
      }),
    );
  });

  it('finds the bottleneck and what would relieve it', () => {
    const cloud = cloudOf([hostOf(0, amounts(4, 100, 100, 100))], [0, 1, 2].map((n) => machineOf(n, amounts(1, 10, 10, 10), { hostId: hostId(0) })));
    expect(bottleneckIn(cloud)).toMatchObject({ dimension: 'cpu', fitting: 1, relief: [{ dimension: 'cpu', amount: 6, machines: 6, byHost: [{ hostId: hostId(0), amount: 6 }] }] });
    const relieved = bottleneckIn(cloudOf([hostOf(0, amounts(10, 100, 100, 100))], [...cloud.virtualMachines]));
    expect(relieved.fitting).toBe(7);
    expect(bottleneckIn(emptyInventory)).toMatchObject({ dimension: null, fitting: 0, relief: [] });
  });
});

it('sums the six totals, each the sum of its terms', () => {
  const meta = { ...hostOf(0, amounts(0)) };
  const inventory: Inventory = {
    ...cloudOf([hostOf(0, amounts(8, 100, 5, 6), { overcommit: { cpu: 4, memory: 1.5 } })], [machineOf(0, amounts(1), { operatingSystems: 3, applications: 7 }), machineOf(1, amounts(1))]),
    storagePools: [{ ...meta, kind: 'ceph', state: 'available', capacity: 100, used: 5, replicas: 3 }],
    databases: [{ ...meta, engine: 'mysql', state: 'available', size: 50, copies: 2 }],
    computeNodes: [nodeOf(0)],
    tasks: [taskOf(0, 10, { processors: 4 }), taskOf(1, 5), taskOf(2, 99, { state: 'done' })],
  };
  const totals = totalsOf(inventory);
  expect(totals.map(({ kind, sums }) => [kind, ...sums.map(({ value }) => value)])).toEqual([
    ['hardware', 32, 150, 5, 6], ['operating-system', 4], ['application', 7], ['file-system', 300], ['database', 100], ['compute', 45],
  ]);
  for (const { sums, terms } of totals) expect(terms.reduce((sum, { product }) => sum + product, 0)).toBe(sums.reduce((sum, { value }) => sum + value, 0));
});

it.each(['en', 'zh'] as const)('has a text in %s for every code', (language) => {
  const { finding } = resources[language].translation.resources;
  // A text that counts has one for one and one for more.
  const codes = new Set(Object.keys(finding).map((key) => key.replace(/_(one|other)$/, '')));
  expect([...codes].sort()).toEqual([...findingCodes].sort());
});
