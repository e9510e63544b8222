import type { Event, Status, Stepped, SyncState, Trouble } from './engine-types.ts';
import { enter, isBehind, maxPushBytes, nextTold, note, proceed, rest } from './engine-steps.ts';
import { noteTransfer } from './engine-transfers.ts';
import type { PushOutcome, ToldPage } from './protocol.ts';

export const initialState: SyncState = {
  step: 'stopped',
  session: null,
  replica: null,
  flags: { local: false, remote: false, verify: true },
  hinted: 0,
  told: [],
  failures: 0,
  broken: 0,
  pushBytes: maxPushBytes,
  hello: null,
  sent: [],
  offerAnswer: null,
  ours: null,
  buckets: [],
  rounds: 0,
  digestsDiffered: 0,
  transfer: null,
  awaited: 0,
};

/**
 * The sync machine of a workstation: what happens next after an event. Pure, so that a simulator can run many of them from a
 * seed; the driver performs the effects and feeds back what came of them. At most one request or replica call is under way.
 */
export function step(state: SyncState, event: Event): Stepped {
  switch (event.type) {
    case 'start':
      return state.step === 'stopped' ? enter({ ...state, session: null }, 'reading-state') : unchanged(state);
    case 'local-change':
      return woken({ ...state, flags: { ...state.flags, local: true } });
    case 'hint':
      return hinted(state, event.head);
    case 'told':
      return told(state, event.page);
    case 'verify':
      return woken({ ...state, flags: { ...state.flags, verify: true } });
    case 'retry':
    case 'timer':
      return resumed({ ...state, flags: { ...state.flags, remote: true } });
    case 'done':
    case 'answer':
      return proceed(state, event.value);
    case 'failed':
      return failed(state, event.trouble, event.retryAfterSeconds);
  }
}

const unchanged = (state: SyncState): Stepped => ({ state, effects: [] });

/** At rest it begins at once; at work the flag is seen to before it rests; after a failure it waits for its time. */
const woken = (state: SyncState): Stepped => (state.step === 'waiting' ? enter(state, 'collecting') : unchanged(state));

/** A head that was reached already, as one that this workstation's own push has made, says nothing new. */
function hinted(state: SyncState, head?: number): Stepped {
  if (head === undefined) return woken({ ...state, flags: { ...state.flags, remote: true } });
  const next = { ...state, hinted: Math.max(state.hinted, head) };
  return state.step === 'waiting' && isBehind(next) ? woken(next) : unchanged(next);
}

/** Takes note of a page; at rest it is applied at once. One that leaves a gap, or speaks of another epoch, says no more than that there is something. */
function told(state: SyncState, page: ToldPage): Stepped {
  const { session, replica } = state;
  if (session === null || replica === null || page.epoch !== session.epoch) return hinted(state);
  const noted = note(state, page);
  if (noted === state || state.step !== 'waiting') return unchanged(noted);
  return enter(noted, nextTold(noted) === undefined ? 'collecting' : 'pulling');
}

function resumed(state: SyncState): Stepped {
  if (state.step !== 'backing-off') return woken(state);
  // What an earlier epoch had comes before what was written since: the failure may have cut its offer short.
  return enter(state, state.session === null ? 'reading-state' : 'listing-offers');
}

const startAgain: ReadonlySet<Trouble> = new Set(['token-expired', 'epoch-changed']);
const hopeless: ReadonlySet<Trouble> = new Set(['client-too-old', 'client-too-new', 'unknown-device', 'bad-signature', 'forbidden', 'code-not-valid']);

/** Said of one message about bytes, these are no reason to stop everything: it is left for the next round. */
const putsOff: ReadonlySet<Trouble> = new Set(['malformed-message', 'message-too-large', 'not-found', 'internal']);

function failed(state: SyncState, trouble: Trouble, retryAfterSeconds = 0): Stepped {
  if (state.step === 'transferring' && putsOff.has(trouble)) return noteTransfer(state, null);
  const pushing = state.step === 'pushing';
  const counted = { ...state, failures: state.failures + 1, broken: state.broken + (pushing && trouble === 'internal' ? 1 : 0) };
  return (pushing ? pushLess(counted, trouble) : undefined) ?? waitOut(counted, trouble, retryAfterSeconds);
}

function waitOut(state: SyncState, trouble: Trouble, retryAfterSeconds: number): Stepped {
  const { failures } = state;
  // The report is told again with the next sync; what it tells of was done.
  if (state.step === 'reporting' && !startAgain.has(trouble)) return rest(state);
  // A new hello settles both; when it does not, the next failure is waited out like any other.
  if (startAgain.has(trouble) && failures <= 2) return enter({ ...state, session: null }, 'reading-state');
  const refused = hopeless.has(trouble);
  const status: Status = refused ? { phase: 'refused', trouble } : { phase: 'failed', trouble };
  const pause = refused ? refusedRest : backOff(failures, retryAfterSeconds);
  return {
    state: { ...state, step: 'backing-off', session: refused || trouble !== 'too-many-requests' ? null : state.session, rounds: 0 },
    effects: [{ type: 'status', status }, { type: 'wait', ...pause }],
  };
}

const refusedRest = { atLeast: 5 * 60_000, atMost: 10 * 60_000 };

/** Twice as long after each failure, up to two minutes, and never the same for two workstations ("full jitter"). */
function backOff(failures: number, retryAfterSeconds: number): { atLeast: number; atMost: number } {
  const longest = Math.min(120_000, 500 * 2 ** Math.min(failures, 10));
  const atLeast = Math.max(longest / 4, retryAfterSeconds * 1000);
  return { atLeast, atMost: Math.max(longest, atLeast * 1.5) };
}

/** One change set that a server cannot take must not hold up those behind it: send fewer at once, then refuse just that one. */
function pushLess(state: SyncState, trouble: Trouble): Stepped | undefined {
  // What a revoked workstation refuses by itself nobody would have once it is locked: it tries until the server takes it.
  const revoked = state.session?.revoked === true;
  const tooMuch = trouble === 'message-too-large' || trouble === 'malformed-message';
  const broke = trouble === 'internal' && state.broken >= 3;
  if (!tooMuch && !broke) return undefined;
  if (state.sent.length > 1) return enter({ ...state, pushBytes: 1 }, 'collecting');
  if (revoked) return undefined;
  const refusal = { 'message-too-large': 'too-large', 'malformed-message': 'invalid-document' } as const;
  const outcomes: PushOutcome[] = state.sent.map(({ id }) => ({
    id,
    outcome: 'rejected',
    refusal: trouble === 'message-too-large' || trouble === 'malformed-message' ? refusal[trouble] : 'server-error',
  }));
  return {
    state: { ...state, step: 'refusing', failures: 0, broken: 0, pushBytes: maxPushBytes },
    effects: [{ type: 'replica', method: 'acknowledge', input: [outcomes] }],
  };
}
