import { assertNever } from '../assert-never.ts';
import { differingBuckets, type Digest } from './digest.ts';
import { handOverLater, noteTransfer, requestTransfer, restFor } from './engine-transfers.ts';
import type { Effect, Session, Status, StepName, Stepped, SyncState } from './engine-types.ts';
import type {
  BucketAnswer, ChangeSet, DigestsAnswer, DocumentRef, DocumentsAnswer, HelloAnswer, OfferAnswer, PullAnswer, PulledChangeSet, PushAnswer, PushOutcome, SnapshotAnswer, ToldPage,
} from './protocol.ts';
import type { Transfer, TransferAnswer } from './attachments.ts';
import type { ReplicaState } from './replica.ts';
import { pulledCollections } from './scope.ts';

export const maxPushBytes = 1_000_000;
const offersAtOnce = 1000;
const fetchesAtOnce = 500;
/** Comparing again after a repair finds nothing; when it does so twice, it is left for the next time and told to the fleet. */
const maxRounds = 3;
/** Begins a step: its effects, and the state that awaits their result. */
export function enter(state: SyncState, name: StepName): Stepped {
  const page = name === 'pulling' ? nextTold(state) : undefined;
  if (page !== undefined) return received(state, page);
  const entered = { ...state, step: name, flags: flagsAfter(state.flags, name), hinted: name === 'pulling' ? 0 : state.hinted };
  return { state: entered, effects: effectsOf(entered) };
}

/**
 * A flag goes down as the step that looks after it begins, never as it ends: what is written or told while the step is
 * under way may be too late for its result.
 */
function flagsAfter(flags: SyncState['flags'], name: StepName): SyncState['flags'] {
  if (name === 'collecting') return { ...flags, local: false };
  return name === 'pulling' ? { ...flags, remote: false } : flags;
}

/** Who falls further behind than this asks. */
const toldAtMost = 20;

/** Keeps a page until it joins on to what has been applied. One that leaves a gap says no more than that there is something to ask for. */
export function note(state: SyncState, page: ToldPage): SyncState {
  const reached = Math.max(replicaOf(state).position, state.told.at(-1)?.position ?? 0);
  if (page.position <= reached) return state;
  if (page.after > reached) return { ...state, flags: { ...state.flags, remote: true }, told: [page] };
  return { ...state, told: [...state.told, page].slice(-toldAtMost) };
}

/** Whether the server has anything that was not taken yet, as far as is known here. */
export function isBehind(state: SyncState): boolean {
  const { session, replica, flags, hinted } = state;
  if (session === null || replica === null) return flags.remote;
  return flags.remote || nextTold(state) !== undefined || Math.max(session.head, hinted) > replica.position;
}

/** What has been told and joins on to what has been applied: it need not be asked for. */
export function nextTold({ told, session, replica }: SyncState): ToldPage | undefined {
  if (session === null || replica === null || replica.snapshot !== null) return undefined;
  return told.find(({ epoch, after, position }) => epoch === session.epoch && after <= replica.position && position > replica.position);
}

const epochOf = ({ session }: SyncState): string => (session as Session).epoch;
const replicaOf = ({ replica }: SyncState): ReplicaState => replica as ReplicaState;
const status = (value: Status): Effect => ({ type: 'status', status: value });

function effectsOf(state: SyncState): Effect[] {
  switch (state.step) {
    case 'reading-state':
      return [status({ phase: 'connecting' }), { type: 'replica', method: 'state', input: [] }];
    case 'counting':
      return [{ type: 'replica', method: 'nextCounter', input: [] }];
    case 'reidentifying':
      return [{ type: 'request', name: 'reidentify', body: { deviceId: replicaOf(state).deviceId } }];
    case 'adopting-epoch': {
      const { epoch, sharedPosition } = state.hello as NonNullable<SyncState['hello']>;
      return [{ type: 'replica', method: 'adoptEpoch', input: [epoch, sharedPosition] }];
    }
    case 'adopting-scope': {
      const { siteId, scopeVersion, workstationNumber } = state.session as Session;
      return [{ type: 'replica', method: 'adoptScope', input: [{ siteId, scopeVersion, workstationNumber }] }];
    }
    case 'taking-bearings':
    case 'looking':
      return [{ type: 'replica', method: 'state', input: [] }];
    case 'handing-over':
      return [{ type: 'replica', method: 'handOver', input: [] }];
    case 'listing-offers':
      return [{ type: 'replica', method: 'offers', input: [offersAtOnce] }];
    case 'noting-known':
      return [{ type: 'replica', method: 'acknowledge', input: [state.offerAnswer?.known ?? []] }];
    case 'noting-wanted':
      return [{ type: 'replica', method: 'noteWanted', input: [state.offerAnswer?.wanted ?? []] }];
    case 'collecting':
      return [{ type: 'replica', method: 'outgoing', input: [state.pushBytes] }];
    case 'pushing':
      return [status({ phase: 'sending' }), { type: 'request', name: 'push', body: { epoch: epochOf(state), changeSets: state.sent } }];
    case 'snapshotting': {
      const { at, cursor, received, total } = replicaOf(state).snapshot as NonNullable<ReplicaState['snapshot']>;
      return [status({ phase: 'snapshot', received, total }), { type: 'request', name: 'snapshot', body: { epoch: epochOf(state), at, cursor } }];
    }
    case 'pulling':
      return [status({ phase: 'receiving' }), { type: 'request', name: 'pull', body: { epoch: epochOf(state), after: replicaOf(state).position, ...upToTold(state) } }];
    case 'listing-fetches':
      return [{ type: 'replica', method: 'toFetch', input: [fetchesAtOnce] }];
    case 'summing':
      return [status({ phase: 'checking' }), { type: 'replica', method: 'digests', input: [] }];
    case 'comparing':
      return [{ type: 'request', name: 'digests', body: { epoch: epochOf(state) } }];
    case 'asking-bucket':
      return [{ type: 'request', name: 'bucket', body: { epoch: epochOf(state), ...(state.buckets[0] as { collection: string; bucket: number }) } }];
    case 'listing-transfers':
      return [{ type: 'replica', method: 'nextTransfer', input: [(state.session as Session).revoked] }];
    case 'noting-verified':
      return [{ type: 'replica', method: 'noteVerified', input: [replicaOf(state).position] }];
    case 'reporting':
      return [{ type: 'request', name: 'report', body: { position: replicaOf(state).position, digestsDiffered: state.digestsDiffered } }];
    case 'locking':
      return [{ type: 'replica', method: 'lock', input: [] }];
    case 'locked':
      return [status({ phase: 'locked' })];
    case 'waiting':
      return [status({ phase: 'up-to-date' }), { type: 'wait', ...restFor(state) }];
    // These are entered with the effect that carries what they handle.
    case 'stopped': case 'backing-off': case 'greeting': case 'adopting-identity': case 'offering': case 'acknowledging': case 'refusing': case 'applying-snapshot':
    case 'applying': case 'fetching': case 'applying-fetched': case 'repairing': case 'transferring': case 'noting-transfer':
      return [];
    default:
      return assertNever(state.step);
  }
}

/** What was told beyond a gap is not asked for once more with it. */
function upToTold({ told: [first], session, replica }: SyncState): { upTo?: number } {
  return first !== undefined && first.epoch === session?.epoch && first.after > (replica?.position ?? 0) ? { upTo: first.after } : {};
}

const withEffect = (state: SyncState, name: StepName, effect: Effect): Stepped => ({ state: { ...state, step: name }, effects: [effect] });

/** Goes on from the step that was under way, with what came of it. */
export function proceed(state: SyncState, value: unknown): Stepped {
  switch (state.step) {
    case 'reading-state': {
      const replica = value as ReplicaState;
      return enter({ ...state, replica }, replica.locked ? 'locked' : 'counting');
    }
    case 'counting': {
      const { deviceId, epoch, knownPosition } = replicaOf(state);
      return withEffect(state, 'greeting', { type: 'request', name: 'hello', body: { deviceId, counter: value as number, epoch, position: knownPosition } });
    }
    case 'greeting':
      return greeted(state, value as HelloAnswer);
    case 'reidentifying': {
      const identity = value as { deviceId: string; workstationNumber: number };
      return withEffect(state, 'adopting-identity', { type: 'replica', method: 'adoptIdentity', input: [identity] });
    }
    case 'adopting-identity':
      return enter(state, 'reading-state');
    case 'adopting-epoch':
      return enter({ ...state, flags: { ...state.flags, verify: true } }, 'adopting-scope');
    case 'adopting-scope':
      // An epoch or a scope that was adopted has moved the position, or begun a snapshot.
      return enter(state, 'taking-bearings');
    case 'taking-bearings':
      return enter({ ...state, replica: value as ReplicaState }, (state.session as Session).revoked ? 'handing-over' : 'listing-offers');
    case 'handing-over':
      return enter(state, 'listing-offers');
    case 'listing-offers': {
      const changeSets = value as { id: string; revs: string[] }[];
      if (changeSets.length === 0) return enter(state, 'collecting');
      return withEffect(state, 'offering', { type: 'request', name: 'offer', body: { epoch: epochOf(state), changeSets } });
    }
    case 'offering':
      return enter({ ...state, offerAnswer: value as OfferAnswer }, 'noting-known');
    case 'noting-known':
      return enter(state, 'noting-wanted');
    case 'noting-wanted':
      return enter({ ...state, offerAnswer: null }, 'listing-offers');
    case 'collecting':
      return collected(state, value as ChangeSet[]);
    case 'pushing':
      return pushed(state, value as PushAnswer);
    case 'acknowledging':
      return acknowledged({ ...state, sent: [] });
    case 'refusing':
      return enter({ ...state, sent: [] }, 'collecting');
    case 'looking': {
      const replica = value as ReplicaState;
      if (replica.snapshot !== null) return enter({ ...state, replica }, 'snapshotting');
      return enter({ ...state, replica }, isBehind({ ...state, replica }) ? 'pulling' : 'listing-fetches');
    }
    case 'snapshotting':
      return withEffect({ ...state, failures: 0 }, 'applying-snapshot', { type: 'replica', method: 'applySnapshotPage', input: [value as SnapshotAnswer] });
    case 'applying-snapshot':
      // What was written here meanwhile goes first: a long snapshot keeps nobody's work waiting.
      return enter({ ...state, flags: { ...state.flags, verify: true } }, state.flags.local ? 'collecting' : 'looking');
    case 'pulling':
      return pulled(state, value as PullAnswer);
    case 'applying':
      return applied(state);
    case 'listing-fetches': {
      const refs = value as DocumentRef[];
      if (refs.length === 0) return fetchedAll(state);
      return withEffect(state, 'fetching', { type: 'request', name: 'documents', body: { epoch: epochOf(state), refs } });
    }
    case 'fetching': {
      const { documents, missing } = value as DocumentsAnswer;
      return withEffect(state, 'applying-fetched', { type: 'replica', method: 'applyFetched', input: [documents, missing] });
    }
    case 'applying-fetched':
      return enter(state, 'listing-fetches');
    case 'summing':
      return enter({ ...state, ours: value as Record<string, Digest> }, 'comparing');
    case 'comparing':
      return compared(state, value as DigestsAnswer);
    case 'asking-bucket': {
      const [first] = state.buckets as [{ collection: string; bucket: number }];
      const { revs } = value as BucketAnswer;
      return withEffect(state, 'repairing', { type: 'replica', method: 'repairBucket', input: [first.collection, first.bucket, revs] });
    }
    case 'repairing': {
      const rest = { ...state, buckets: state.buckets.slice(1), digestsDiffered: state.digestsDiffered + (value as number) };
      return enter(rest, rest.buckets.length === 0 ? 'collecting' : 'asking-bucket');
    }
    case 'noting-verified':
      return enter({ ...state, rounds: 0 }, 'reporting');
    case 'reporting':
      return enter(state, 'listing-transfers');
    case 'listing-transfers':
      return listedTransfer(state, value as Transfer | 'awaiting' | null);
    case 'transferring':
      return noteTransfer({ ...state, failures: 0 }, value as TransferAnswer);
    case 'noting-transfer':
      return afterTransfer(state);
    case 'locking':
      // A store does not lock over something that was written at the last moment: then it goes round once more.
      return enter(state, 'reading-state');
    case 'stopped': case 'waiting': case 'backing-off': case 'locked':
      return { state, effects: [] };
    default:
      return assertNever(state.step);
  }
}

function greeted(state: SyncState, answer: HelloAnswer): Stepped {
  if (answer.state === 'cloned') return enter(state, 'reidentifying');
  const { epoch, head, siteId, scopeVersion, workstationNumber } = answer;
  const session: Session = { epoch, head, siteId, scopeVersion, workstationNumber, revoked: answer.state === 'revoked' };
  // What was told before was told to another session: it may have been of another site.
  const next = { ...state, hello: answer, session, hinted: 0, told: [] };
  return enter(next, replicaOf(state).epoch === epoch ? 'adopting-scope' : 'adopting-epoch');
}

function collected(state: SyncState, changeSets: ChangeSet[]): Stepped {
  if (changeSets.length > 0) return enter({ ...state, sent: changeSets }, 'pushing');
  const session = state.session as Session;
  // What was written meanwhile goes first: a revoked workstation locks with nothing left to hand over.
  if (state.flags.local) return enter(state, 'collecting');
  return enter(state, session.revoked ? 'listing-transfers' : 'looking');
}

function pushed(state: SyncState, { outcomes: verdicts, head, asSent }: PushAnswer): Stepped {
  const session = state.session as Session;
  const outcomes = state.sent.flatMap(({ id }, index): PushOutcome[] => (verdicts[index] === undefined ? [] : [{ id, ...verdicts[index] }]));
  const next = { ...state, failures: 0, broken: 0, pushBytes: maxPushBytes, session: { ...session, head: Math.max(session.head, head) } };
  const noted = asSent === undefined ? next : note(next, { epoch: session.epoch, ...asSent, changeSets: echoesOf(state.sent, outcomes, asSent.after) });
  return withEffect(noted, 'acknowledging', { type: 'replica', method: 'acknowledge', input: [outcomes] });
}

/** What a pull would tell of change sets that stand as they were sent; a part that landed with an earlier one is told there. */
function echoesOf(sent: readonly ChangeSet[], outcomes: readonly PushOutcome[], after: number): PulledChangeSet[] {
  const verdicts = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  return sent.flatMap(({ documents, ...changeSet }) => {
    const verdict = verdicts.get(changeSet.id);
    if (verdict?.outcome !== 'accepted' || verdict.position <= after) return [];
    const { position, landed } = verdict;
    const elsewhere = new Set(landed.map(({ collection, id }) => `${collection} ${id}`));
    const echoes = documents
      .filter(({ collection, id }) => pulledCollections.includes(collection) && !elsewhere.has(`${collection} ${id}`))
      .map(({ collection, id, rev }) => ({ collection, id, rev }));
    return echoes.length === 0 ? [] : [{ ...changeSet, position, documents: [], echoes, withdrawn: [] }];
  });
}

/** A long backlog goes up by pages, and what others wrote comes down between them. */
function acknowledged(state: SyncState): Stepped {
  // A copy that is taken while own work waits would tell it from before that work.
  if ((state.session as Session).revoked || !isBehind(state) || replicaOf(state).snapshot !== null) return enter(state, 'collecting');
  return enter({ ...state, flags: { ...state.flags, local: true } }, nextTold(state) === undefined ? 'looking' : 'pulling');
}

function pulled(state: SyncState, answer: PullAnswer): Stepped {
  return received({ ...state, failures: 0, session: { ...(state.session as Session), head: answer.head } }, answer);
}

function received(state: SyncState, { changeSets, position }: Pick<PullAnswer, 'changeSets' | 'position'>): Stepped {
  const before = replicaOf(state);
  const told = state.told.filter((page) => page.position > position);
  const page = { changeSets: changeSets.filter((changeSet) => changeSet.position > before.position), position };
  return withEffect({ ...state, told, replica: { ...before, position } }, 'applying', { type: 'replica', method: 'applyPage', input: [page] });
}

function applied(state: SyncState): Stepped {
  // What was told costs no message.
  if (nextTold(state) !== undefined) return enter(state, 'pulling');
  if (state.flags.local) return enter(state, 'collecting');
  return enter(state, isBehind(state) ? 'pulling' : 'listing-fetches');
}

/** Digests are compared at rest only: with nothing to send and nothing to fetch, both stores stand at the same position. */
function fetchedAll(state: SyncState): Stepped {
  if (state.flags.local) return enter(state, 'collecting');
  if (isBehind(state)) return enter(state, 'looking');
  return enter(state, state.flags.verify ? 'summing' : 'reporting');
}

function compared(state: SyncState, { position, digests }: DigestsAnswer): Stepped {
  // The server went on meanwhile, or somebody writes here: these digests speak of another moment.
  if (state.flags.local) return enter({ ...state, ours: null }, 'collecting');
  if (position !== replicaOf(state).position) {
    return state.rounds >= maxRounds ? giveUpComparing(state) : enter({ ...state, ours: null, rounds: state.rounds + 1, flags: { ...state.flags, remote: true } }, 'looking');
  }
  const buckets = differingBuckets(state.ours ?? {}, digests);
  if (buckets.length === 0) return enter({ ...state, ours: null, flags: { ...state.flags, verify: false } }, 'noting-verified');
  if (state.rounds >= maxRounds) return giveUpComparing(state);
  return enter({ ...state, ours: null, buckets, rounds: state.rounds + 1 }, 'asking-bucket');
}

/** Leaves it for the next sync: the flag stays up. */
const giveUpComparing = (state: SyncState): Stepped => enter({ ...state, ours: null, rounds: 0 }, 'reporting');

/** Bytes are sent and fetched when everything else is done, one chunk after the other. */
function listedTransfer(state: SyncState, transfer: Transfer | 'awaiting' | null): Stepped {
  const { revoked } = state.session as Session;
  if (transfer === 'awaiting') return revoked ? handOverLater(state) : rest({ ...state, awaited: state.awaited + 1 });
  if (transfer === null) return revoked ? enter(state, 'locking') : rest({ ...state, awaited: 0 });
  return requestTransfer(state, transfer);
}

/** What was written meanwhile, here or elsewhere, goes before the next chunk: fifty megabytes of pictures keep no prescription waiting. */
function afterTransfer(state: SyncState): Stepped {
  const givesWay = !(state.session as Session).revoked && (state.flags.local || isBehind(state));
  return enter({ ...state, transfer: null }, givesWay ? 'collecting' : 'listing-transfers');
}

/** Everything is done: rests, unless something came meanwhile. */
export function rest(state: SyncState): Stepped {
  const rested = { ...state, failures: 0, rounds: 0, digestsDiffered: 0 };
  return enter(rested, state.flags.local || isBehind(state) ? 'collecting' : 'waiting');
}
