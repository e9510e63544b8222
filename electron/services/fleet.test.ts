import { expect, test } from 'vitest';
import type { FleetDevice } from '../../shared/sync/admin-protocol.ts';
import { alarmsOf } from './fleet.ts';

const now = Date.parse('2026-03-02T12:00:00.000Z');
const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
const report = {
  receivedAt: ago(0), lastSuccessAt: ago(0), unsent: 0, oldestUnsentAt: null, quarantined: 0, openConflicts: 0, dataBytes: 1, lastError: null, digestsDiffered: 0,
};
const well: FleetDevice = {
  deviceId: '', name: '', siteId: '', workstationNumber: 1, state: 'active', serves: false, hub: null, mayAdminister: false, enrolledAt: ago(100), replaces: null, copyFoundAt: null,
  restoreFoundAt: null, appVersion: '1.10.0', lastSeenAt: ago(0), clockSkewMilliseconds: 0, heldInQuarantine: 0, position: 1, behind: 0, report,
};
const alarms = (device: Partial<FleetDevice>) => alarmsOf({ ...well, ...device }, { now, newest: '1.10.0' });

test('a workstation that is well raises no alarm, and one that was taken out none either', () => {
  expect(alarms({})).toEqual([]);
  expect(alarms({ state: 'revoked', lastSeenAt: ago(1000) })).toEqual([]);
  // What it handed over waits for somebody to look at it.
  expect(alarms({ state: 'revoked', lastSeenAt: ago(1000), heldInQuarantine: 5 })).toEqual(['quarantined']);
});

test.each<[string, Partial<FleetDevice>]>([
  ['stale', { lastSeenAt: ago(73) }],
  ['stale', { lastSeenAt: null, report: null }],
  ['stuck', { report: { ...report, unsent: 3, oldestUnsentAt: ago(2), lastSuccessAt: ago(2) } }],
  ['skewed', { clockSkewMilliseconds: -121_000 }],
  ['cloned', { copyFoundAt: ago(24) }],
  ['restored', { restoreFoundAt: ago(24) }],
  ['quarantined', { report: { ...report, quarantined: 1 } }],
  ['quarantined', { heldInQuarantine: 1 }],
  ['differed', { report: { ...report, digestsDiffered: 2 } }],
  ['outdated', { appVersion: '1.9.3' }],
])('%s', (alarm, device) => {
  expect(alarms(device)).toEqual([alarm]);
});

test('what is on its way, or was long ago, is no alarm', () => {
  expect(alarms({ report: { ...report, unsent: 3, oldestUnsentAt: ago(2) } })).toEqual([]);
  expect(alarms({ copyFoundAt: ago(31 * 24), clockSkewMilliseconds: 60_000, lastSeenAt: ago(48) })).toEqual([]);
});
