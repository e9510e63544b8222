import { describe, expect, test } from 'vitest';
import { defaultAutomation, reasonsToLook, type AutomationSettings } from './automation.ts';
import { alarmChanges, healthLimits, troublesOf, type HealthInputs } from './health.ts';
import { amounts, cloudOf, hostId, hostOf, machineOf } from './testing/inventories.ts';
import type { Host } from '../schema/host.ts';

const minute = 60_000;
const cloud = (loads: number[], states: Partial<Record<number, Host['state']>> = {}) =>
  cloudOf(loads.map((_, n) => hostOf(n, amounts(10, 10), { state: states[n] ?? 'available' })), loads.flatMap((load, n) => (load === 0 ? [] : [machineOf(n, amounts(load), { hostId: hostId(n) })])));
const settings = (more: Partial<AutomationSettings> = {}): AutomationSettings => ({ ...defaultAutomation, mode: 'approval', ...more });
const reasons = (loads: number[], more: Partial<AutomationSettings> = {}, when: { lastLookAt: number | null; now: number } = { lastLookAt: null, now: 0 }, states = {}) => reasonsToLook(cloud(loads, states), settings(more), when);

describe('why the cloud is looked at', () => {
  test('is a threshold that is passed, or the timer', () => {
    expect(reasons([5, 5, 5])).toEqual([]);
    expect(reasons([9, 5, 3])).toEqual(['imbalance']);
    expect(reasons([9, 5, 3], { imbalance: 0 })).toEqual([]);
    expect(reasons([12, 10, 9])).toEqual(['overcommit']);
    expect(reasons([5, 5, 5, 0])).toEqual([]);
    expect(reasons([4, 4, 0.5], { imbalance: 0 })).toEqual(['idle-hosts']);
    expect(reasons([5, 5, 5], { everyMinutes: 60 })).toEqual(['timer']);
  });

  test('off is off, whatever is wrong', () => {
    expect(reasons([30, 0, 1], { mode: 'off', everyMinutes: 1 })).toEqual([]);
  });

  test('rests after a look, but a host that is to be emptied does not wait that long', () => {
    const soon = { lastLookAt: 0, now: 10 * minute };
    expect(reasons([9, 5, 3], {}, soon)).toEqual([]);
    expect(reasons([9, 5, 3], {}, { lastLookAt: 0, now: 60 * minute })).toEqual(['imbalance']);
    expect(reasons([5, 5, 5], {}, soon, { 1: 'draining' })).toEqual(['drain']);
    expect(reasons([5, 5, 5], {}, { lastLookAt: 0, now: minute - 1 }, { 1: 'draining' })).toEqual([]);
    expect(reasons([5, 0, 5], {}, soon, { 1: 'draining' })).toEqual([]);
    expect(reasons([5, 5], { everyMinutes: 90, coolDownMinutes: 0 }, { lastLookAt: 0, now: 80 * minute })).toEqual([]);
  });
});

describe('health', () => {
  const inputs = (more: Partial<HealthInputs> = {}): HealthInputs => ({ inventory: cloud([5, 5]), usage: [], providers: [], lastRun: null, ...more });
  const usage = (values: number[]) => [{ hostId: hostId(0), dimension: 'cpu' as const, values }];

  test('is fine where nothing is wrong', () => {
    expect(troublesOf(inputs({ usage: usage([9.5, 9.5, 9.5, 9.5, 2]), providers: [{ name: 'libvirt', failing: false }], lastRun: { runId: 'r', state: 'done' } }))).toEqual([]);
  });

  test('names what is missing, over its limit for long enough, nearly full, unhealthy or failed', () => {
    const pool = { id: 'p', name: 'pool', capacity: 100, used: 85, replicas: 3, kind: 'ceph', state: 'degraded' };
    const inventory = { ...cloudOf([hostOf(0, amounts(10, 10)), hostOf(1, amounts(10, 10), { vanishedAt: '2026-01-01T00:00:00.000Z' })], []), storagePools: [pool as never] };
    const found = troublesOf(inputs({ inventory, usage: usage(Array(healthLimits.samples).fill(9.5)), providers: [{ name: 'ceph', failing: true }], lastRun: { runId: 'r', state: 'failed' } }));
    expect(found.map(({ code, name, share }) => [code, name, share])).toEqual([
      ['host-missing', 'host 1', null], ['host-over-limit', 'host 0', 0.95], ['pool-nearly-full', 'pool', 0.85], ['storage-unhealthy', 'pool', null], ['provider-failing', 'ceph', null], ['plan-failed', '', null],
    ]);
    expect(troublesOf(inputs({ usage: usage([9.5, 9.5, 9.5, 9.5]) }))).toEqual([]);
  });

  test('raises an alarm once, clears it when it is over, and raises it anew when it comes back', () => {
    const [first] = troublesOf(inputs({ providers: [{ name: 'ceph', failing: true }] }));
    if (first === undefined) throw new Error('no trouble');
    expect(alarmChanges([], [first])).toEqual({ raise: [first], clear: [], renew: [] });
    expect(alarmChanges([first], [first])).toEqual({ raise: [], clear: [], renew: [] });
    expect(alarmChanges([first], [])).toEqual({ raise: [], clear: [first], renew: [] });
    expect(alarmChanges([first], [{ ...first, share: 0.5 }]).renew).toHaveLength(1);
  });
});
