import { decideChangeSet, type Decision } from '../../shared/sync/decide.ts';
import type { ChangeSet, PushAnswer, PushOutcome, Refusal } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { ServiceContext } from './context.ts';
import { refuse, SyncException } from './failure.ts';
import { flush } from './flush.ts';
import { readIncoming, type Incoming } from './incoming.ts';
import { isPatient, Landing } from './landing.ts';
import { json, type Json, type SyncRequest } from './messages.ts';
import { lastPosition, outcomeOf } from './outcome.ts';
import { keepInQuarantine, leaveQuarantine } from './quarantine.ts';
import { wasRestored } from './organisations.ts';
import { compartmentsOf, formerSites, refusalOf, type Permission } from './permitted.ts';
import type { Carrier, Session } from './sessions.ts';
import { noteTold } from './told.ts';

/**
 * Takes change sets in order, all in one transaction. When something unforeseen breaks it, each is taken by itself, and the
 * one that breaks again is refused: it must not hold up the others.
 */
export async function push(context: ServiceContext, session: Session, { epoch, changeSets }: SyncRequest<'push'>): Promise<Json<PushAnswer>> {
  const incoming = changeSets.map((raw) => ({ ...readIncoming(raw), ...(session.state === 'revoked' && { refusal: 'device-revoked' as const }) }));
  if (incoming.length === 0) return json({ outcomes: [], head: session.head });
  const answer = await takeAll(context, session, epoch, incoming);
  if (answer.head > session.head) context.commits.tell(session.organisationId);
  return json(answer);
}

async function takeAll(context: ServiceContext, session: Session, epoch: string, incoming: Incoming[]): Promise<PushAnswer> {
  try {
    return await take(context, session, epoch, incoming);
  } catch (error) {
    if (error instanceof SyncException) throw error;
  }
  const outcomes: PushOutcome[] = [];
  let { head } = session;
  for (const one of incoming) {
    const answer = await takeOne(context, session, epoch, one);
    outcomes.push(...answer.outcomes);
    head = Math.max(head, answer.head);
  }
  return { outcomes, head };
}

async function takeOne(context: ServiceContext, session: Session, epoch: string, incoming: Incoming): Promise<PushAnswer> {
  try {
    return await take(context, session, epoch, [incoming]);
  } catch (error) {
    if (error instanceof SyncException) throw error;
    return take(context, session, epoch, [{ ...incoming, refusal: 'server-error' }]);
  }
}

function take(context: ServiceContext, session: Session, epoch: string, incoming: Incoming[]): Promise<PushAnswer> {
  return context.database.transaction(async (queries) => {
    const landing = new Landing(queries, session, await lockPosition(queries, session.organisationId, epoch));
    const outcomes = await new Taking(queries, session, landing).takeAll(incoming);
    await flush(queries, session, landing);
    await keepInQuarantine(queries, session, context.now(), incoming, outcomes);
    await leaveQuarantine(queries, session, outcomes);
    await noteTold(queries, [session.deviceId], lastPosition(outcomes));
    return { outcomes, head: landing.position };
  });
}

/**
 * The lock that gives positions their order: the row is changed before anything is read, and stays locked to the commit. A
 * transaction that took the next position can only begin to read when this one is over.
 */
export async function lockPosition(queries: Queries, organisationId: number, epoch: string): Promise<number> {
  await queries.change('UPDATE counters SET position = position + 1 WHERE organisation_id = ?', [organisationId]);
  const [row] = await queries.rows<{ position: number; epoch: string }>('SELECT position, epoch FROM counters WHERE organisation_id = ?', [organisationId]);
  if (row?.epoch !== epoch) return refuse('epoch-changed');
  return row.position - 1;
}

/** Decides change sets in order, and lands those that are taken. */
export class Taking {
  readonly #queries: Queries;
  readonly #session: Carrier;
  readonly #landing: Landing;
  #permission: Permission | undefined;

  constructor(queries: Queries, session: Carrier, landing: Landing) {
    this.#queries = queries;
    this.#session = session;
    this.#landing = landing;
  }

  async takeAll(incoming: Incoming[]): Promise<PushOutcome[]> {
    const documents = incoming.flatMap(({ changeSet, refusal }) => (refusal === undefined ? (changeSet?.documents ?? []) : []));
    const revs = documents.flatMap(({ rev, baseRev }) => (baseRev === null ? [rev] : [rev, baseRev]));
    await this.#landing.held.load([...new Set(documents.map(({ id }) => id))], [...new Set(revs)]);
    const { held, grants } = this.#landing;
    const restored = await wasRestored(this.#queries, this.#session.organisationId);
    this.#permission = { held, grants, sites: await formerSites(this.#queries, this.#session), restored };
    const outcomes: PushOutcome[] = [];
    for (const one of incoming) outcomes.push(await this.#takeOne(one));
    return outcomes;
  }

  async #takeOne({ id, changeSet, refusal }: Incoming): Promise<PushOutcome> {
    if (changeSet === undefined || refusal !== undefined) return rejected(id, refusal ?? 'invalid-document');
    const { held, grants } = this.#landing;
    await grants.load([...new Set(changeSet.documents.flatMap((document) => compartmentsOf(document, held)).filter(isPatient))]);
    const notPermitted = refusalOf(changeSet, this.#permission as Permission);
    if (notPermitted !== undefined) return rejected(id, notPermitted);
    const decision = await this.#decide(changeSet);
    if (await this.#isRepeat(changeSet, decision)) return outcomeOf(id, this.#heldOf(changeSet), await this.#emptyPosition(changeSet));
    const position = await this.#landing.land(changeSet, decision);
    return outcomeOf(id, this.#heldOf(changeSet), position);
  }

  /** Deciding may ask for what nobody could know beforehand (the conflict document of a merge): loads it and decides again. */
  async #decide(changeSet: ChangeSet): Promise<Decision> {
    const { held } = this.#landing;
    for (;;) {
      const decision = decideChangeSet(changeSet, held);
      if (!(await held.loadMissed())) return decision;
    }
  }

  async #isRepeat({ documents, ...changeSet }: ChangeSet, { writes }: Decision): Promise<boolean> {
    if (documents.length > 0) return writes.length === 0;
    return (await this.#emptyPosition({ documents, ...changeSet })) > 0;
  }

  /** Where a change set without documents stands; 0 where it is not known, or has documents to tell by. */
  async #emptyPosition({ id, documents }: ChangeSet): Promise<number> {
    if (documents.length > 0) return 0;
    const pending = this.#landing.changeSets.find((row) => row.id === id);
    const rows = await this.#queries.rows<{ position: number }>('SELECT position FROM change_sets WHERE organisation_id = ? AND id = ?', [this.#session.organisationId, id]);
    return Math.max(pending?.position ?? 0, ...rows.map(({ position }) => position));
  }

  #heldOf = ({ documents }: ChangeSet) => documents.flatMap(({ collection, id, rev }) => this.#landing.held.byRev(collection, id, rev) ?? []);
}

const rejected = (id: string, refusal: Refusal): PushOutcome => ({ id, outcome: 'rejected', refusal });
