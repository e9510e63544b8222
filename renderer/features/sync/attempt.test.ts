import { expect, it } from 'vitest';
import type { SyncState } from '../../../shared/contract/sync.ts';
import { failedAttemptAt } from './attempt.ts';
import { isJoining } from './sync-phase.ts';

const state: SyncState = { phase: 'offline', waiting: 0, quarantined: 0, openConflicts: 0, storageBytes: 1, attachments: { toSend: 0, toFetch: 0 } };
const earlier = '2026-11-21T08:00:00.000Z';
const later = '2026-11-21T08:05:00.000Z';

it.each([
  [{ lastSuccessAt: earlier, lastAttemptAt: later }, later],
  [{ lastAttemptAt: later }, later],
  [{ lastSuccessAt: later, lastAttemptAt: earlier }, undefined],
  [{ lastSuccessAt: later, lastAttemptAt: later }, undefined],
  [{ lastSuccessAt: earlier }, undefined],
  [{ phase: 'working', lastSuccessAt: earlier, lastAttemptAt: later }, undefined],
  [{ phase: 'joining', lastAttemptAt: later }, undefined],
  [{ phase: 'refused', lastSuccessAt: earlier, lastAttemptAt: later }, later],
] as const)('of %j tells the last attempt %s', (part, expected) => {
  expect(failedAttemptAt({ ...state, ...part })).toBe(expected);
});

it.each([
  [{ phase: 'joining' }, true],
  [{ phase: 'offline', snapshot: { received: 1, total: 2 } }, true],
  [{ phase: 'offline', needsCode: true }, true],
  [{ phase: 'closed', needsCode: true }, false],
  [{ phase: 'closed', snapshot: { received: 1, total: 2 } }, false],
  [{ phase: 'idle' }, false],
  [{ phase: 'revoked', snapshot: { received: 1, total: 2 } }, false],
] as const)('%j is a first copy under way: %s', (part, expected) => {
  expect(isJoining({ ...state, ...part })).toBe(expected);
});
