import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocationIn } from './allocation.ts';
import { forecast, reachedAt } from './forecast.ts';
import { amounts, cloudOf, hostId, hostOf, machineOf, smallClouds } from './testing/inventories.ts';
import { addHosts, drainHost, growDemand, loseHost } from './what-if.ts';

const cloud = cloudOf([hostOf(0, amounts(8), { provider: 'libvirt', providerKey: 'x' }), hostOf(1, amounts(4))], [machineOf(0, amounts(3, 100), { hostId: hostId(0) })]);

describe('what if', () => {
  it('a host is drained, lost, or joined by others like it, and the inventory itself stays as it is', () => {
    expect(drainHost(cloud, hostId(1)).hosts.map(({ state }) => state)).toEqual(['available', 'draining']);
    expect(allocationIn(loseHost(cloud, hostId(0)))).toMatchObject({ cloud: { cpu: { promised: 4 } }, unplaced: { demand: { cpu: 3 } } });
    const more = addHosts(cloud, hostId(0), [hostId(7), hostId(8)]);
    expect(more?.hosts.slice(2)).toMatchObject([{ id: hostId(7), name: 'host 0 +1', capacity: amounts(8) }, { id: hostId(8) }]);
    expect(more?.hosts[2]).not.toHaveProperty('providerKey');
    expect(addHosts(cloud, hostId(9), [hostId(7)])).toBeNull();
    expect(cloud.hosts).toHaveLength(2);
  });

  it('demand grows by a percentage, up to what a document can hold', () => {
    expect(growDemand(cloud, 10).virtualMachines[0]?.demand).toEqual(amounts(4, 110));
    expect(growDemand(cloud, 10, ['cpu']).virtualMachines[0]?.demand).toEqual(amounts(4, 100));
    expect(growDemand(cloud, -100).virtualMachines[0]?.demand).toEqual(amounts(0));
    expect(growDemand(cloud, 1e300).virtualMachines[0]?.demand.cpu).toBe(2 ** 31 - 1);
    fc.assert(fc.property(smallClouds, (inventory) => { expect(growDemand(inventory, 0)).toEqual(inventory); }), { seed: 4 });
  });
});

describe('a forecast', () => {
  const day = 86_400_000;
  const start = Date.parse('2026-01-01T00:00:00.000Z');

  it('is the line itself for samples on a line, wherever it lies', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 3, max: 60 }), (slope, level, count) => {
        const samples = Array.from({ length: count }, (_, n) => ({ at: start + n * day, value: level + slope * n }));
        const found = forecast(samples, [start + 100 * day]);
        expect(found?.points[0]?.value).toBeCloseTo(level + 100 * slope, 5);
        expect((found?.points[0]?.high as number) - (found?.points[0]?.low as number)).toBeLessThan(1e-4);
        expect(found?.slopePerDay).toBeCloseTo(slope, 6);
        if (slope > 0) expect(reachedAt(samples, level + slope * 200)).toBeCloseTo(start + 200 * day, -3);
      }),
      { seed: 3 },
    );
  });

  it('gives the interval of the textbook', () => {
    // x 1…5, y 2 4 5 4 5: slope 0.6, residual variance 0.8, t(3) = 3.182, at 6: 5.8 ± 3.182·√(0.8·(1 + 1/5 + 9/10)).
    const samples = [2, 4, 5, 4, 5].map((value, n) => ({ at: start + n * day, value }));
    const [point] = forecast(samples, [start + 5 * day])?.points ?? [];
    expect(point?.value).toBeCloseTo(5.8, 9);
    expect((point?.high as number) - 5.8).toBeCloseTo(3.182 * Math.sqrt(0.8 * 2.1), 9);
    expect(forecast(samples, [])?.fit).toBeCloseTo(0.6, 9);
  });

  it('says nothing of too few samples, or of one moment, and knows no limit that is never reached', () => {
    expect(forecast([{ at: 0, value: 1 }, { at: 1, value: 2 }], [2])).toBeNull();
    expect(forecast([1, 2, 3].map((value) => ({ at: 5, value })), [2])).toBeNull();
    expect(reachedAt([3, 2, 1].map((value, n) => ({ at: n * day, value })), 5)).toBeNull();
    expect(reachedAt([], 5)).toBeNull();
  });
});
