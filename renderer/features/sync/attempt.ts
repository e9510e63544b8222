import type { SyncPhase, SyncState } from '../../../shared/contract/sync.ts';

const underWay: readonly SyncPhase[] = ['idle', 'working', 'joining'];

/**
 * The last attempt, where it says more than the last success: a later one that came to nothing. An attempt that is
 * under way or that began just before it succeeded is none.
 */
export function failedAttemptAt({ phase, lastAttemptAt, lastSuccessAt }: SyncState): string | undefined {
  if (lastAttemptAt === undefined || underWay.includes(phase)) return undefined;
  return lastSuccessAt === undefined || lastAttemptAt > lastSuccessAt ? lastAttemptAt : undefined;
}
