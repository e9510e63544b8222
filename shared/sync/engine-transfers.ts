import type { Transfer, TransferAnswer } from './attachments.ts';
import type { Effect, Session, Status, Stepped, SyncState } from './engine-types.ts';

/** A lost hint costs no more than this. */
const restBetween = { atLeast: 45_000, atMost: 75_000 };
const firstLook = 1000;

/**
 * How long a machine with nothing to do rests. A document comes before its bytes: whoever waits for them looks again soon, and less and less
 * often, since the workstation that has them may be off for weeks.
 */
export function restFor({ awaited }: SyncState): { atLeast: number; atMost: number } {
  if (awaited === 0) return restBetween;
  const atLeast = Math.min(restBetween.atLeast, firstLook * 2 ** Math.min(awaited - 1, 10));
  return { atLeast, atMost: Math.min(restBetween.atMost, 2 * atLeast) };
}

export function requestTransfer(state: SyncState, transfer: Transfer): Stepped {
  const phase: Status['phase'] | undefined = { attachments: undefined, 'attachment-put': 'sending' as const, 'attachment-get': 'receiving' as const }[transfer.name];
  const request = { type: 'request', name: transfer.name, body: { epoch: (state.session as Session).epoch, ...transfer.body } } as Effect;
  const effects: Effect[] = phase === undefined ? [request] : [{ type: 'status', status: { phase } }, request];
  return { state: { ...state, step: 'transferring', transfer }, effects };
}

/** Bytes that the server cannot take at present nobody would have once this workstation is locked. */
export const handOverLater = (state: SyncState): Stepped => ({
  state: { ...state, step: 'backing-off', session: null, transfer: null, failures: state.failures + 1 },
  effects: [{ type: 'status', status: { phase: 'failed', trouble: 'internal' } }, { type: 'wait', ...restBetween }],
});

export function noteTransfer(state: SyncState, answer: TransferAnswer | null): Stepped {
  const transfer = state.transfer as Transfer;
  const moved = transfer.name === 'attachment-get' && answer !== null;
  return {
    state: { ...state, step: 'noting-transfer', awaited: moved ? 0 : state.awaited },
    effects: [{ type: 'replica', method: 'noteTransfer', input: [transfer, answer] }],
  };
}
