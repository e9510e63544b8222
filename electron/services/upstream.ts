import type { FleetUpstream, HubUpstream, SyncFailure, UpstreamAlarm } from '../../shared/contract/sync.ts';
import type { UpstreamFacts } from '../../shared/sync/admin-protocol.ts';
import { skewTolerated, staleAfter, stuckAfter } from './alarm-limits.ts';

/** How far the server got with the one that it follows, as people are told. */
export const toUpstream = (facts: UpstreamFacts): HubUpstream => ({
  address: facts.address,
  organisationName: facts.organisationName,
  unsent: facts.unsent,
  quarantined: facts.quarantined,
  behind: Math.max(0, facts.head - facts.position),
  revoked: facts.revoked,
  clockSkewSeconds: Math.round(facts.clockSkewMilliseconds / 1000),
  ...(facts.oldestUnsentAt !== null && { oldestUnsentAt: facts.oldestUnsentAt }),
  ...(facts.lastSuccessAt !== null && { lastSuccessAt: facts.lastSuccessAt }),
  ...(facts.lastError !== null && { failure: facts.lastError as SyncFailure }),
  ...(facts.firstCopy !== null && { firstCopy: facts.firstCopy }),
});

/** The same for an admin. `now` is the server's. */
export const toFleetUpstream = (facts: UpstreamFacts, now: number): FleetUpstream => ({
  ...toUpstream(facts),
  deviceId: facts.deviceId,
  ...(facts.fingerprint !== null && { fingerprint: facts.fingerprint }),
  ...(facts.lastAttemptAt !== null && { lastAttemptAt: facts.lastAttemptAt }),
  alarms: upstreamAlarmsOf(facts, now),
});

/** What an admin should look at. One that was let in a moment ago and has not had its first success is not stale. */
export function upstreamAlarmsOf({ revoked, lastSuccessAt, lastError, unsent, oldestUnsentAt, quarantined, clockSkewMilliseconds }: UpstreamFacts, now: number): UpstreamAlarm[] {
  const age = (at: string | null) => (at === null ? Number.POSITIVE_INFINITY : now - Date.parse(at));
  const refused: [UpstreamAlarm, boolean] = ['refused', quarantined > 0];
  if (revoked) return refused[1] ? ['revoked', 'refused'] : ['revoked'];
  const isStale = lastError !== null && age(lastSuccessAt) > staleAfter;
  const alarms: [UpstreamAlarm, boolean][] = [
    ['stale', isStale],
    ['stuck', !isStale && unsent > 0 && age(oldestUnsentAt) > stuckAfter && age(lastSuccessAt) > stuckAfter],
    refused,
    ['skewed', Math.abs(clockSkewMilliseconds) > skewTolerated],
  ];
  return alarms.filter(([, raised]) => raised).map(([alarm]) => alarm);
}
