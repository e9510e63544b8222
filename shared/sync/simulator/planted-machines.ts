import type { Event, SyncState } from '../engine-types.ts';
import { step } from '../engine.ts';

/** Sync machines with a bug that cost somebody data. */

export const stuckAfterAnError = (state: SyncState, event: Event) => {
  const stepped = step(state, event);
  return event.type === 'failed' && state.step === 'pushing' ? { ...stepped, effects: stepped.effects.filter(({ type }) => type !== 'wait') } : stepped;
};

/** A batch that failed counts as read. */
export const failureMovesOn = (state: SyncState, event: Event) => {
  const head = state.session?.head ?? 0;
  return event.type === 'failed' && event.trouble === 'unreachable' && state.step === 'pulling'
    ? step(state, { type: 'answer', value: { changeSets: [], position: head, head } })
    : step(state, event);
};

/** Receives before it has offered what a restored server lacks. */
export const neverOffers = (state: SyncState, event: Event) => {
  const stepped = step(state, event);
  const [effect] = stepped.effects;
  return effect?.type === 'replica' && effect.method === 'offers' ? step(stepped.state, { type: 'done', value: [] }) : stepped;
};

export const skipsFetches = (state: SyncState, event: Event) => {
  const stepped = step(state, event);
  const [effect] = stepped.effects;
  return effect?.type === 'replica' && effect.method === 'toFetch' ? step(stepped.state, { type: 'done', value: [] }) : stepped;
};

/** What a hint told is taken although something before it was lost. */
export const overlooksGaps = (state: SyncState, event: Event) =>
  step(state, event.type === 'told' ? { ...event, page: { ...event.page, after: Math.min(event.page.after, state.replica?.position ?? 0) } } : event);
