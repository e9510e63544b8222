import { expect, test } from 'vitest';
import type { UpstreamFacts } from '../../shared/sync/admin-protocol.ts';
import { toFleetUpstream, upstreamAlarmsOf } from './upstream.ts';

const now = Date.parse('2026-03-02T12:00:00.000Z');
const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
const well: UpstreamFacts = {
  deviceId: '0195', address: 'https://central', organisationName: 'Outpost', fingerprint: null, position: 7, head: 9, unsent: 0, oldestUnsentAt: null, quarantined: 0,
  lastSuccessAt: ago(0), lastAttemptAt: ago(0), lastError: null, clockSkewMilliseconds: 0, firstCopy: null, revoked: false,
};
const alarms = (facts: Partial<UpstreamFacts>) => upstreamAlarmsOf({ ...well, ...facts }, now);
const cut = { lastError: 'unreachable', unsent: 3 };

test.each<[string[], Partial<UpstreamFacts>]>([
  [[], {}],
  // It goes on sending, and was let in a moment ago.
  [[], { unsent: 3, oldestUnsentAt: ago(2) }],
  [[], { lastSuccessAt: null }],
  [[], { ...cut, oldestUnsentAt: ago(0.5), lastSuccessAt: ago(0.5) }],
  [['stuck'], { ...cut, oldestUnsentAt: ago(2), lastSuccessAt: ago(2) }],
  [['stale'], { ...cut, oldestUnsentAt: ago(73), lastSuccessAt: ago(73) }],
  [['refused'], { quarantined: 1 }],
  [['skewed'], { clockSkewMilliseconds: -121_000 }],
  [['revoked'], { revoked: true, ...cut, lastSuccessAt: ago(100) }],
  [['revoked', 'refused'], { revoked: true, quarantined: 2 }],
])('raises %j', (raised, facts) => {
  expect(alarms(facts)).toEqual(raised);
});

test('leaves out what is not known', () => {
  expect(toFleetUpstream({ ...well, lastSuccessAt: null }, now)).toEqual({
    deviceId: '0195', address: 'https://central', organisationName: 'Outpost', unsent: 0, quarantined: 0, behind: 2, revoked: false, clockSkewSeconds: 0, lastAttemptAt: ago(0), alarms: [],
  });
});
