import type { SyncState } from '../../../shared/contract/sync.ts';

/**
 * The last attempt, where it says more than the last success: a later one that came to nothing. An attempt that is
 * under way or that began just before it succeeded is none.
 */
export function failedAttemptAt({ phase, lastAttemptAt, lastSuccessAt }: SyncState): string | undefined {
  if (lastAttemptAt === undefined || phase === 'idle' || phase === 'working') return undefined;
  return lastSuccessAt === undefined || lastAttemptAt > lastSuccessAt ? lastAttemptAt : undefined;
}
