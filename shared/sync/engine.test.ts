import { describe, expect, it } from 'vitest';
import { emptyDigest, type Digest } from './digest.ts';
import type { Effect, Event, MessageName, SyncState } from './engine-types.ts';
import { initialState, step } from './engine.ts';
import type { Replica, ReplicaState } from './replica.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-01-01T00:00:00.000Z';
const changeSet = (n: number) => ({ id: id(n), action: 'patient.updated', actorId: 'u1', deviceId: id(7), wallTime: at, documents: [] });
const stored: ReplicaState = { deviceId: id(7), counter: 1, epoch: id(1), position: 5, knownPosition: 6, scopeVersion: 1, snapshot: null, verifiedPosition: null, locked: false };
const hello = { state: 'active', token: 't', epoch: id(1), sharedPosition: null, head: 5, siteId: id(2), scopeVersion: 1, workstationNumber: 1, limits: { pushBytes: 1, pageBytes: 1 }, now: at };

const accepted = (position: number) => ({ outcome: 'accepted', position, landed: [] });

/** A store and a server are both asked for digests: `compare` is the server's. */
type Answers = { [Name in keyof Replica | MessageName | 'compare']?: unknown };
/** What a store and a server with nothing new answer. */
const quiet: Answers = {
  state: stored, nextCounter: 2, adoptScope: undefined, offers: [], outgoing: [], toFetch: [], digests: {}, noteVerified: undefined,
  hello, pull: { changeSets: [], position: 5, head: 5 }, applyPage: undefined, report: {}, nextTransfer: null, handOver: undefined,
};

/** Performs effects against `answers` (a function is asked each time) until the machine rests; answers what it asked for. */
function run(state: SyncState, event: Event, answers: Answers, meanwhile: Partial<Record<string, Event>> = {}) {
  const asked: string[] = [];
  const interrupted = new Set<string>();
  const inputs: Record<string, unknown> = {};
  let wait: Extract<Effect, { type: 'wait' }> | undefined;
  let statuses: string[] = [];
  const perform = (next: Event): void => {
    const stepped = step(state, next);
    state = stepped.state;
    for (const effect of stepped.effects) {
      if (effect.type === 'wait') wait = effect;
      if (effect.type === 'status') statuses = [...statuses, effect.status.phase];
      if (effect.type !== 'request' && effect.type !== 'replica') continue;
      const name = effect.type === 'replica' ? effect.method : effect.name === 'digests' ? 'compare' : effect.name;
      asked.push(name);
      inputs[name] = effect.type === 'request' ? effect.body : effect.input;
      if (asked.length > 200) throw new Error(`endless: ${asked.slice(-20).join(' ')}`);
      const interruption = meanwhile[name];
      if (interruption !== undefined && !interrupted.has(name)) {
        interrupted.add(name);
        expect(step(state, interruption).effects).toEqual([]);
        state = step(state, interruption).state;
      }
      if (!(name in answers)) throw new Error(`no answer to ${name}`);
      const answer = answers[name];
      const value: unknown = typeof answer === 'function' ? (answer as (input: unknown) => unknown)(inputs[name]) : answer;
      if (value instanceof Trouble) return perform({ type: 'failed', trouble: value.trouble });
      return perform(effect.type === 'request' ? { type: 'answer', value } : { type: 'done', value });
    }
  };
  perform(event);
  return { state, asked, inputs, wait, statuses };
}
class Trouble {
  trouble: Extract<Event, { type: 'failed' }>['trouble'];
  constructor(trouble: Extract<Event, { type: 'failed' }>['trouble']) { this.trouble = trouble; }
}
/** Gives each of `values` once, then the last one for ever. */
const each = (...values: unknown[]) => () => (values.length > 1 ? values.shift() : values[0]);
const verified = { ...initialState, flags: { local: false, remote: false, verify: false } };
const atRest = run(verified, { type: 'start' }, quiet).state;

describe('the sync machine', () => {
  it('greets, offers, sends, receives, fetches, reports and rests', () => {
    const { asked, state, statuses } = run(verified, { type: 'start' }, { ...quiet, hello: { ...hello, head: 6 }, pull: { changeSets: [], position: 6, head: 6 } });
    expect(asked).toEqual(['state', 'nextCounter', 'hello', 'adoptScope', 'state', 'offers', 'outgoing', 'state', 'pull', 'applyPage', 'toFetch', 'report', 'nextTransfer']);
    expect(state.step).toBe('waiting');
    expect(statuses).toEqual(['connecting', 'receiving', 'up-to-date']);
  });

  it('does not ask for what it knows to be nothing', () => {
    const { asked, statuses } = run(verified, { type: 'start' }, quiet);
    expect(asked.slice(-4)).toEqual(['state', 'toFetch', 'report', 'nextTransfer']);
    expect(statuses).toEqual(['connecting', 'up-to-date']);
  });

  it('claims the greatest position that it knows of, so that a restored server finds itself out', () => {
    expect(run(verified, { type: 'start' }, quiet).inputs['hello']).toMatchObject({ position: 6, counter: 2 });
  });

  it('sends before it receives', () => {
    const { asked } = run(atRest, { type: 'timer' }, {
      ...quiet, outgoing: each([changeSet(1)], []), push: { outcomes: [], head: 5 }, acknowledge: undefined,
    });
    expect(asked.slice(0, 5)).toEqual(['outgoing', 'push', 'acknowledge', 'state', 'pull']);
  });

  it('receives between two pages of a long backlog what others wrote', () => {
    const { asked, inputs } = run(atRest, { type: 'local-change' }, {
      ...quiet, outgoing: each([changeSet(1)], [changeSet(2)], []), push: each({ outcomes: [], head: 7 }, { outcomes: [], head: 7 }), acknowledge: undefined,
      pull: { changeSets: [], position: 7, head: 7 },
    });
    expect(asked.join(' ')).toMatch(/^outgoing push acknowledge state pull applyPage outgoing push acknowledge outgoing/);
    expect(inputs['pull']).toMatchObject({ after: 5 });
  });

  it('takes a whole copy only when nothing of its own waits: it would be told from before that work', () => {
    const copying = { ...stored, snapshot: { at: null, cursor: null, received: 0, total: 0 } };
    const { asked } = run(verified, { type: 'start' }, {
      ...quiet, state: each(copying, copying, copying, stored), outgoing: each([changeSet(1)], [changeSet(2)], []),
      push: { outcomes: [], head: 7 }, acknowledge: undefined, snapshot: { at: 7, documents: [], cursor: null, total: 0 }, applySnapshotPage: undefined, compare: { position: 7, digests: {} },
    });
    expect(asked.filter((name) => ['push', 'snapshot', 'pull'].includes(name)).slice(0, 3)).toEqual(['push', 'push', 'snapshot']);
  });

  it('says of what landed with an earlier change set that it stands there', () => {
    const both = { ...changeSet(1), documents: [1, 2].map((n) => ({ collection: 'patients', id: id(n), rev: id(n + 10) })) };
    const pages: unknown[] = [];
    run(atRest, { type: 'local-change' }, {
      ...quiet, outgoing: each([both], []), acknowledge: undefined, applyPage: ([page]: [unknown]) => void pages.push(page),
      push: { outcomes: [{ outcome: 'accepted', position: 6, landed: [{ collection: 'patients', id: id(1), rev: id(11), position: 2 }] }], head: 6, asSent: { after: 5, position: 6 } },
    });
    expect(pages[0]).toEqual({ position: 6, changeSets: [{ id: id(1), action: 'patient.updated', actorId: 'u1', deviceId: id(7), wallTime: at, position: 6, documents: [], echoes: [{ collection: 'patients', id: id(2), rev: id(12) }], withdrawn: [] }] });
  });

  it('does not forget a head that was hinted at while it sent, and asks for none that its own push has made', () => {
    const answers = { ...quiet, state: { ...stored, position: 6 }, push: { outcomes: [accepted(6)], head: 6, asSent: { after: 5, position: 6 } }, acknowledge: undefined, pull: { changeSets: [], position: 7, head: 7 } };
    expect(run(atRest, { type: 'local-change' }, { ...answers, outgoing: each([changeSet(1)], []) }, { push: { type: 'hint', head: 6 } }).asked).not.toContain('pull');
    expect(run(atRest, { type: 'local-change' }, { ...answers, outgoing: each([changeSet(1)], []) }, { push: { type: 'hint', head: 7 } }).asked).toContain('pull');
  });

  it('does not forget what was written while it looked whether anything was', () => {
    const { asked } = run(atRest, { type: 'hint' }, quiet, { outgoing: { type: 'local-change' } });
    expect(asked.slice(0, 3)).toEqual(['outgoing', 'outgoing', 'state']);
  });

  it('does not forget a hint that came while it received', () => {
    for (const hint of [{ type: 'hint' }, { type: 'hint', head: 6 }] as const) {
      const { asked } = run(atRest, { type: 'hint' }, { ...quiet, pull: each({ changeSets: [], position: 5, head: 5 }, { changeSets: [], position: 6, head: 6 }) }, { pull: hint });
      expect(asked.filter((name) => name === 'pull')).toHaveLength(2);
    }
  });

  it('receives until it stands at the head', () => {
    const { inputs, asked } = run(atRest, { type: 'hint' }, {
      ...quiet, pull: each({ changeSets: [], position: 6, head: 8 }, { changeSets: [], position: 8, head: 8 }),
    });
    expect(asked.filter((name) => name === 'pull')).toHaveLength(2);
    expect(inputs['pull']).toMatchObject({ after: 6 });
  });

  it('takes an identity of its own when another copy of it is at work', () => {
    const { asked } = run(verified, { type: 'start' }, {
      ...quiet, hello: each({ state: 'cloned' }, hello), reidentify: { deviceId: id(8), workstationNumber: 2 }, adoptIdentity: undefined,
    });
    expect(asked.slice(0, 8)).toEqual(['state', 'nextCounter', 'hello', 'reidentify', 'adoptIdentity', 'state', 'nextCounter', 'hello']);
  });

  it('offers what a restored server may have lost before it sends or receives anything', () => {
    const { asked, inputs } = run(verified, { type: 'start' }, {
      ...quiet, hello: { ...hello, epoch: id(99), sharedPosition: 3 }, adoptEpoch: undefined, offers: each([{ id: id(1), revs: [] }], []),
      offer: { wanted: [id(1)], known: [] }, acknowledge: undefined, noteWanted: undefined, compare: { position: 5, digests: {} },
    });
    expect(asked.slice(3, 12)).toEqual(['adoptEpoch', 'adoptScope', 'state', 'offers', 'offer', 'acknowledge', 'noteWanted', 'offers', 'outgoing']);
    expect(inputs['adoptEpoch']).toEqual([id(99), 3]);
    expect(asked).toContain('compare');
  });

  it('sends bytes when all else is done, and what is written meanwhile goes before the next chunk', () => {
    const chunk = { name: 'attachment-put', body: {} };
    const answers = { ...quiet, outgoing: each([], [changeSet(1)], []), push: { outcomes: [], head: 5 }, acknowledge: undefined, nextTransfer: each(chunk, chunk, null), 'attachment-put': {}, noteTransfer: undefined };
    const { asked } = run(verified, { type: 'start' }, answers, { 'attachment-put': { type: 'local-change' } });
    const moves = asked.filter((name) => ['outgoing', 'push', 'attachment-put', 'noteTransfer'].includes(name));
    expect(moves).toEqual(['outgoing', 'attachment-put', 'noteTransfer', 'outgoing', 'push', 'outgoing', 'attachment-put', 'noteTransfer']);
  });

  it('hands everything over and locks when it was revoked, and receives nothing more', () => {
    const { asked, state } = run(verified, { type: 'start' }, {
      ...quiet, state: each(stored, stored, { ...stored, locked: true }), hello: { ...hello, state: 'revoked' }, outgoing: each([changeSet(1)], []), push: { outcomes: [], head: 5 }, acknowledge: undefined, lock: undefined,
    }, { push: { type: 'local-change' } });
    expect(asked.slice(-7)).toEqual(['outgoing', 'push', 'acknowledge', 'outgoing', 'nextTransfer', 'lock', 'state']);
    expect(asked.indexOf('handOver')).toBeLessThan(asked.indexOf('outgoing'));
    expect(asked).not.toContain('pull');
    expect(state.step).toBe('locked');
    expect(step(state, { type: 'local-change' }).effects).toEqual([]);
  });

  it('goes round once more where something was written as it was about to lock', () => {
    const { asked, state } = run(verified, { type: 'start' }, {
      ...quiet, state: each(stored, stored, stored, stored, { ...stored, locked: true }), hello: { ...hello, state: 'revoked' }, lock: undefined, push: { outcomes: [], head: 5 }, acknowledge: undefined,
      outgoing: each([], [changeSet(1)], []),
    });
    expect(asked.filter((name) => name === 'lock' || name === 'push')).toEqual(['lock', 'push', 'lock']);
    expect(state.step).toBe('locked');
  });

  it('does not sync a locked workstation', () => {
    expect(run(verified, { type: 'start' }, { ...quiet, state: { ...stored, locked: true } }).asked).toEqual(['state']);
  });

  it('takes a snapshot page by page, and sends between two pages what was written meanwhile', () => {
    const snapshot = { at: null, cursor: null, received: 0, total: 0 };
    const { asked } = run(verified, { type: 'start' }, {
      ...quiet, state: each(stored, { ...stored, snapshot }, { ...stored, snapshot }, { ...stored, snapshot: { ...snapshot, at: 5, cursor: 'c' } }, stored), snapshot: { at: 5, documents: [], cursor: null, total: 0 },
      applySnapshotPage: undefined, compare: { position: 5, digests: {} },
    }, { snapshot: { type: 'local-change' } });
    expect(asked.slice(6, 14)).toEqual(['outgoing', 'state', 'snapshot', 'applySnapshotPage', 'outgoing', 'state', 'snapshot', 'applySnapshotPage']);
  });
});

describe('what is told with a hint', () => {
  const page = (after: number, position: number, epoch = id(1)): Event => ({
    type: 'told', page: { epoch, after, position, changeSets: Array.from({ length: position - after }, (_, index) => ({ ...changeSet(after + index + 1), position: after + index + 1, echoes: [], withdrawn: [] })) },
  });
  const applied = ({ inputs }: ReturnType<typeof run>) => (inputs['applyPage'] as [{ changeSets: { position: number }[]; position: number }] | undefined)?.[0];

  it('is applied without asking for anything', () => {
    const told = run(atRest, page(5, 7), quiet);
    expect(told.asked).toEqual(['applyPage', 'toFetch', 'report', 'nextTransfer']);
    expect(applied(told)).toMatchObject({ position: 7, changeSets: [{ position: 6 }, { position: 7 }] });
    expect(told.state).toMatchObject({ step: 'waiting', replica: { position: 7 }, told: [] });
  });

  it('is applied from where this workstation stands, and not at all where it stands further on', () => {
    expect(applied(run(atRest, page(3, 6), quiet))).toMatchObject({ position: 6, changeSets: [{ position: 6 }] });
    expect(run(atRest, page(2, 5), quiet).asked).toEqual([]);
    const { state } = run(atRest, page(5, 6), quiet);
    expect(run(state, page(5, 6), quiet).asked).toEqual([]);
  });

  it('is asked for where something is missing before it, and is of no use in another epoch', () => {
    const answers = { ...quiet, pull: { changeSets: [], position: 7, head: 7 } };
    for (const event of [page(6, 7), page(5, 7, id(99))]) expect(run(atRest, event, answers).asked).toContain('pull');
  });

  it('waits while something else is under way, in whatever order it comes', () => {
    for (const name of ['outgoing', 'state', 'toFetch', 'report']) {
      const { asked, state } = run(atRest, { type: 'local-change' }, quiet, { [name]: page(5, 6) });
      expect(asked.filter((one) => one === 'pull').length, name).toBeLessThanOrEqual(1);
      expect(state, name).toMatchObject({ step: 'waiting', replica: { position: 6 } });
    }
    const backwards = run(atRest, page(6, 7), { ...quiet, pull: each({ changeSets: [], position: 6, head: 6 }, { changeSets: [], position: 7, head: 7 }) }, { pull: page(5, 6) });
    expect(backwards.state).toMatchObject({ step: 'waiting', replica: { position: 7 } });
  });

  it('never takes the place of a hint that came beside it', () => {
    const { asked } = run(atRest, { type: 'local-change' }, quiet, { toFetch: page(5, 6), applyPage: { type: 'hint' } });
    expect(asked.filter((name) => name === 'pull')).toHaveLength(1);
  });

  it('is forgotten with the session that it was told to: the next one may be of another site', () => {
    const { asked, state } = run({ ...atRest, step: 'stopped', told: [{ epoch: id(1), after: 5, position: 6, changeSets: [] }] }, { type: 'start' }, quiet);
    expect(asked).not.toContain('applyPage');
    expect(state.told).toEqual([]);
  });

  it('does not go before the snapshot', () => {
    const snapshot = { at: null, cursor: null, received: 0, total: 0 };
    const { asked } = run(verified, { type: 'start' }, {
      ...quiet, state: each(stored, { ...stored, snapshot }, { ...stored, snapshot }, stored), snapshot: { at: 5, documents: [], cursor: null, total: 0 }, applySnapshotPage: undefined, compare: each({ position: 6, digests: {} }),
    }, { snapshot: page(5, 6) });
    expect(asked.indexOf('applyPage')).toBeGreaterThan(asked.indexOf('applySnapshotPage'));
  });
});

describe('what stands on the server as it was sent', () => {
  const written = (n: number) => ({ ...changeSet(n), documents: ['patients', 'auditEntries'].map((collection) => ({ collection, id: id(n), rev: id(n + 50), baseRev: null, deleted: false, createdAt: at, updatedAt: at, updatedBy: 'u1', content: {} })) });
  const pushing = (asSent: { after: number; position: number }, states: ReplicaState[], pull?: unknown) => run(atRest, { type: 'local-change' }, {
    ...quiet, state: each(...states), outgoing: each([written(1), written(2)], []), acknowledge: undefined, pull,
    push: { outcomes: [accepted(asSent.after + 1), accepted(asSent.after + 2)], head: asSent.position, asSent },
  });

  it('is known without being told', () => {
    const { asked, inputs, state } = pushing({ after: 5, position: 7 }, [{ ...stored, position: 7 }]);
    expect(asked).toEqual(['outgoing', 'push', 'acknowledge', 'applyPage', 'outgoing', 'state', 'toFetch', 'report', 'nextTransfer']);
    const echo = (n: number) => ({ ...changeSet(n), position: n + 5, documents: [], echoes: [{ collection: 'patients', id: id(n), rev: id(n + 50) }], withdrawn: [] });
    expect(inputs['acknowledge']).toEqual([[{ id: id(1), ...accepted(6) }, { id: id(2), ...accepted(7) }]]);
    expect(inputs['applyPage']).toEqual([{ changeSets: [echo(1), echo(2)], position: 7 }]);
    expect(state).toMatchObject({ step: 'waiting', replica: { position: 7 } });
  });

  it('waits for what others wrote before it, which is asked for alone', () => {
    const { asked, inputs, state } = pushing({ after: 6, position: 8 }, [stored, { ...stored, position: 8 }], { changeSets: [], position: 6, head: 8 });
    expect(asked.slice(0, 7)).toEqual(['outgoing', 'push', 'acknowledge', 'state', 'pull', 'applyPage', 'applyPage']);
    expect(inputs['pull']).toEqual({ epoch: id(1), after: 5, upTo: 6 });
    expect(state).toMatchObject({ step: 'waiting', replica: { position: 8 } });
  });

  it('says nothing of a snapshot that is not over', () => {
    const snapshot = { at: 5, cursor: null, received: 0, total: 0 };
    const { asked } = run({ ...atRest, replica: { ...stored, snapshot } }, { type: 'local-change' }, {
      ...quiet, state: each({ ...stored, snapshot }, stored, { ...stored, position: 6 }), outgoing: each([written(1)], []), acknowledge: undefined, snapshot: { at: 5, documents: [], cursor: null, total: 0 }, applySnapshotPage: undefined,
      push: { outcomes: [accepted(6)], head: 6, asSent: { after: 5, position: 6 } }, compare: { position: 6, digests: {} },
    });
    expect(asked.indexOf('applyPage')).toBeGreaterThan(asked.indexOf('applySnapshotPage'));
  });
});

describe('comparing digests', () => {
  const digestWith = (sum: number): Record<string, Digest> => ({ patients: emptyDigest().with(3, [1, sum]) });
  const answers = { ...quiet, noteVerified: undefined, bucket: { position: 5, revs: [] }, repairBucket: 1 };
  const verifying = { ...atRest, flags: { ...atRest.flags, verify: false } };

  it('asks for the buckets that differ, and compares again', () => {
    const { asked, inputs, state } = run(verifying, { type: 'verify' }, { ...answers, digests: each(digestWith(1), digestWith(2)), compare: { position: 5, digests: digestWith(2) } });
    expect(asked.filter((name) => name === 'repairBucket')).toHaveLength(1);
    expect(inputs['bucket']).toMatchObject({ collection: 'patients', bucket: 3 });
    expect(inputs['report']).toMatchObject({ digestsDiffered: 1 });
    expect(asked).toContain('noteVerified');
    expect(state.flags.verify).toBe(false);
  });

  it('leaves a difference that it cannot repair for the next sync, and does not turn for ever', () => {
    const { asked, state } = run(verifying, { type: 'verify' }, { ...answers, digests: digestWith(1), compare: { position: 5, digests: digestWith(2) } });
    expect(asked).not.toContain('noteVerified');
    expect(state).toMatchObject({ step: 'waiting', flags: { verify: true } });
  });

  it('compares only what stands at the same position', () => {
    const { asked, state } = run(verifying, { type: 'verify' }, { ...answers, digests: digestWith(1), compare: { position: 6, digests: digestWith(2) } });
    expect(asked).not.toContain('bucket');
    expect(state).toMatchObject({ step: 'waiting', flags: { verify: true } });
  });
});
describe('failures', () => {
  const sending = (answers: Answers) => run(atRest, { type: 'local-change' }, { ...quiet, acknowledge: undefined, ...answers });

  it('waits longer after each, up to two minutes, and tries again from the hello', () => {
    let state = atRest;
    const waits: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const failed = run(state, n === 0 ? { type: 'hint' } : { type: 'timer' }, { ...quiet, pull: new Trouble('unreachable'), hello: new Trouble('unreachable') });
      expect(failed.state.step).toBe('backing-off');
      waits.push(failed.wait!.atMost);
      state = failed.state;
    }
    expect(waits).toEqual([...waits].sort((one, two) => one - two));
    expect(waits.at(-1)).toBe(120_000);
    expect(run(state, { type: 'timer' }, quiet).state.step).toBe('waiting');
  });

  it('waits as long as the server asks it to', () => {
    const { state } = step({ ...atRest, step: 'pulling' }, { type: 'failed', trouble: 'too-many-requests', retryAfterSeconds: 300 });
    expect(step({ ...atRest, step: 'pulling' }, { type: 'failed', trouble: 'too-many-requests', retryAfterSeconds: 300 }).effects).toContainEqual({ type: 'wait', atLeast: 300_000, atMost: 450_000 });
    expect(state.session).not.toBeNull();
  });

  it('goes on with an offer that was cut short before it sends what is new', () => {
    const { state } = step({ ...atRest, step: 'offering' }, { type: 'failed', trouble: 'too-many-requests' });
    expect(step(state, { type: 'timer' }).effects).toContainEqual({ type: 'replica', method: 'offers', input: [1000] });
  });

  it('greets again at once when the epoch changed or the token is too old', () => {
    for (const trouble of ['epoch-changed', 'token-expired'] as const) {
      const { asked, state } = sending({ outgoing: each([changeSet(1)], [changeSet(1)], []), push: each(new Trouble(trouble), { outcomes: [], head: 5 }) });
      expect(asked.slice(0, 5)).toEqual(['outgoing', 'push', 'state', 'nextCounter', 'hello']);
      expect(state.step).toBe('waiting');
    }
  });

  it('sends one by one what was too much at once, and refuses just the one that still is', () => {
    const { inputs, asked } = sending({ outgoing: each([changeSet(1), changeSet(2)], [changeSet(1)], []), push: new Trouble('message-too-large') });
    expect(asked.slice(0, 5)).toEqual(['outgoing', 'push', 'outgoing', 'push', 'acknowledge']);
    expect(inputs['acknowledge']).toEqual([[{ id: id(1), outcome: 'rejected', refusal: 'too-large' }]]);
  });

  it('refuses a change set over which the server broke three times, and none for failures of another kind', () => {
    const breaks = { ...quiet, outgoing: each([changeSet(1)], [changeSet(1)], [changeSet(1)], []), push: new Trouble('internal'), acknowledge: undefined };
    let { state } = run({ ...atRest, failures: 7 }, { type: 'local-change' }, breaks);
    expect(state.step).toBe('backing-off');
    state = run(state, { type: 'timer' }, breaks).state;
    expect(state.step).toBe('backing-off');
    const third = run(state, { type: 'timer' }, breaks);
    expect(third.inputs['acknowledge']).toEqual([[{ id: id(1), outcome: 'rejected', refusal: 'server-error' }]]);
    expect(third.state.step).toBe('waiting');
  });

  it('never refuses by itself what a revoked workstation has to hand over', () => {
    const revoked = { ...quiet, hello: { ...hello, state: 'revoked' }, outgoing: [changeSet(1)], push: new Trouble('message-too-large') };
    const { asked, state } = run(verified, { type: 'start' }, revoked);
    expect(asked).not.toContain('acknowledge');
    expect(state.step).toBe('backing-off');
  });

  it('rests although a report was not taken', () => {
    expect(run(atRest, { type: 'hint' }, { ...quiet, report: new Trouble('internal') }).state.step).toBe('waiting');
  });

  it('says that it was refused where trying again is of no use', () => {
    const { statuses, wait } = run(verified, { type: 'start' }, { ...quiet, hello: new Trouble('client-too-old') });
    expect(statuses.at(-1)).toBe('refused');
    expect(wait!.atLeast).toBeGreaterThanOrEqual(60_000);
  });
});
