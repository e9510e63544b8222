import { decideChangeSet, type Decision } from '../../shared/sync/decide.ts';
import type { ChangeSet, PushAnswer, PushOutcome, Refusal } from '../../shared/sync/protocol.ts';
import { rootCollections } from '../../shared/sync/scope.ts';
import { isSealable } from '../../shared/sync/seals.ts';
import { verdictOf } from '../../shared/sync/verdict.ts';
import type { Queries } from '../database/index.ts';
import { addAlias, Aliases, endAliases, readAliases } from './aliases.ts';
import { haveMoved, moveAlong, type Place } from './audiences.ts';
import type { ServiceContext } from './context.ts';
import { SyncException } from './failure.ts';
import { flush } from './flush.ts';
import { readIncoming, type Incoming } from './incoming.ts';
import { everySite, isPatient, isTold, Landing, serverOnly } from './landing.ts';
import { lockPosition, type Standing } from './lock.ts';
import { colleagues } from './offer.ts';
import { json, type Json, type SyncRequest } from './messages.ts';
import { lastPosition, outcomeOf } from './outcome.ts';
import { recentOf } from './recent.ts';
import { keepInQuarantine, leaveQuarantine } from './quarantine.ts';
import { compartmentsOf, foreignOf, refusalOf, type Permission } from './permitted.ts';
import type { Carrier, Session } from './sessions.ts';
import { noteTold } from './told.ts';

/**
 * Takes change sets in order, all in one transaction. When something unforeseen breaks it, each is taken by itself, and the
 * one that breaks again is refused: it must not hold up the others.
 */
export async function push(context: ServiceContext, session: Session, { epoch, changeSets }: SyncRequest<'push'>): Promise<Json<PushAnswer>> {
  const incoming = changeSets.map((raw) => ({ ...readIncoming(raw), ...(session.state === 'revoked' && { refusal: 'device-revoked' as const }) }));
  if (incoming.length === 0) return json({ outcomes: [], head: session.head });
  const { landed, ...answer } = await takeAll(context, session, epoch, incoming);
  if (answer.head > session.head) context.commits.tell(session.organisationId, landed);
  return json<PushAnswer>({ ...answer, outcomes: answer.outcomes.map(verdictOf) });
}

/** `landed`: the head that it made, where those who listen can be told without asking the database. */
type Taken = Omit<PushAnswer, 'outcomes'> & { outcomes: PushOutcome[]; landed?: Place };

async function takeAll(context: ServiceContext, session: Session, epoch: string, incoming: Incoming[]): Promise<Taken> {
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

async function takeOne(context: ServiceContext, session: Session, epoch: string, incoming: Incoming): Promise<Taken> {
  try {
    return await take(context, session, epoch, [incoming]);
  } catch (error) {
    if (error instanceof SyncException) throw error;
    return take(context, session, epoch, [{ ...incoming, refusal: 'server-error' }]);
  }
}

async function take(context: ServiceContext, session: Session, epoch: string, incoming: Incoming[]): Promise<Taken> {
  const { answer, before, landed, moved } = await takeIn(context, session, epoch, incoming);
  haveMoved(moved, answer.head);
  // Those who listen are told in a moment: nobody need read again what was just written.
  if (before !== session.head || landed === undefined) return answer;
  context.recent.land(session.organisationId, { position: before, id: session.headId }, landed);
  const last = landed.at(-1)?.heading;
  return last === undefined || session.hasAliases ? answer : { ...answer, landed: { position: last.position, id: last.landing_id, epoch } };
}

function takeIn(context: ServiceContext, session: Session, epoch: string, incoming: Incoming[]) {
  return context.database.transaction(async (queries) => {
    const standing = await lockPosition(queries, session, epoch);
    const { before } = standing;
    const landing = new Landing(queries, session, before, before + 1);
    const outcomes = await new Taking(queries, session, landing, standing, context.newId).takeAll(incoming);
    await flush(queries, session, landing);
    await keepInQuarantine(queries, session, context.now(), incoming, outcomes);
    if (standing.hasQuarantined) await leaveQuarantine(queries, session, outcomes);
    await noteTold(queries, [session.deviceId], lastPosition(outcomes));
    const answer = { outcomes, head: landing.position, ...(standsAsSent(landing, session) && { asSent: { after: before, position: landing.position } }) };
    const landed = recentOf(landing);
    const isTold = before === session.head && landed !== undefined && landed.length > 0 && !session.hasAliases;
    const moved = isTold ? await moveAlong(queries, context.listening, session.organisationId, { position: before, id: session.headId }, landing.position) : [];
    return { answer, before, landed, moved };
  });
}

/** Whether a pull would tell the sender nothing but by rev, and all that it sent: nothing was merged, brought back or moved, and all of it is in its scope. */
function standsAsSent({ changeSets, versions, grants }: Landing, { siteId }: Session): boolean {
  return (
    changeSets.length > 0 &&
    changeSets.every(({ reaches_back }) => reaches_back === 0) &&
    versions.every(({ collection, compartment, landedRev, merged }) => {
      const isHeld = compartment === everySite || (compartment !== serverOnly && grants.open(compartment).some(({ site_id }) => site_id === siteId));
      return landedRev === null && !merged && isHeld === isTold.has(collection);
    })
  );
}

/** Decides change sets in order, and lands those that are taken. */
export class Taking {
  readonly #queries: Queries;
  readonly #session: Carrier;
  readonly #landing: Landing;
  readonly #newId: () => string;
  readonly #permission: Permission;
  #aliases: Aliases | undefined;

  constructor(queries: Queries, session: Carrier, landing: Landing, { sites, restored }: Standing, newId: () => string) {
    this.#queries = queries;
    this.#session = session;
    this.#landing = landing;
    this.#newId = newId;
    const { held, grants } = landing;
    this.#permission = { deviceId: session.deviceId, held, grants, sites, restored };
  }

  async takeAll(incoming: Incoming[]): Promise<PushOutcome[]> {
    const documents = incoming.flatMap(({ changeSet, refusal }) => (refusal === undefined ? (changeSet?.documents ?? []) : []));
    const revs = documents.flatMap(({ rev, baseRev }) => (baseRev === null ? [rev] : [rev, baseRev]));
    await this.#landing.held.load([...new Set(documents.map(({ id }) => id))], [...new Set(revs)]);
    // Whether a chart is sealed with what is written over: asked for one by one it would cost each change set a way to the database.
    await this.#landing.held.loadSharing([...new Set(documents.flatMap(({ collection, id, baseRev }) => (baseRev !== null && isSealable(collection) ? [id] : [])))]);
    const outcomes: PushOutcome[] = [];
    for (const one of incoming) outcomes.push(await this.#takeOne(one));
    return outcomes;
  }

  async #takeOne({ id, changeSet, refusal }: Incoming): Promise<PushOutcome> {
    if (changeSet === undefined || refusal !== undefined) return rejected(id, refusal ?? 'invalid-document');
    const kept = await this.#keptApart(changeSet);
    const notPermitted = refusalOf(kept, this.#permission);
    if (notPermitted !== undefined) return rejected(id, notPermitted);
    const decision = await this.#decide(changeSet);
    if (decision.refusal !== undefined) return rejected(id, decision.refusal);
    const aliases = this.#aliases as Aliases;
    if (await this.#isRepeat(changeSet, decision)) return aliases.outward(outcomeOf(id, this.#heldOf(kept), await this.#emptyPosition(changeSet)));
    const position = await this.#landing.land(kept, inwardDecision(aliases, decision));
    await this.#endAliases(position);
    return aliases.outward(outcomeOf(id, this.#heldOf(kept), position));
  }

  /** The change set in the server's words. What the device calls by an id of something that it must not know of gets an id of its own. */
  async #keptApart(changeSet: ChangeSet): Promise<ChangeSet> {
    const { held, grants } = this.#landing;
    this.#aliases ??= this.#session.hasAliases === false ? new Aliases() : await readAliases(this.#queries, this.#session);
    for (let looked = this.#session.hasAliases !== false; ; looked = true) {
      const aliases: Aliases = this.#aliases;
      const kept = { ...changeSet, documents: changeSet.documents.map((document) => aliases.inward(document)) };
      const renamed = kept.documents.filter(({ id }, index) => id !== changeSet.documents[index]?.id);
      if (renamed.length > 0) await held.load(renamed.map(({ id }) => id), []);
      await grants.load([...new Set(kept.documents.flatMap((document) => compartmentsOf(document, held)).filter(isPatient))]);
      const foreign = foreignOf(kept, this.#permission);
      if (foreign === undefined) return kept;
      // Another push may have begun one since the session was read.
      if (looked) {
        const said = aliases.outward({ collection: foreign.collection, id: foreign.id });
        aliases.add(said, await addAlias(this.#queries, this.#session.organisationId, foreign.holderId ?? this.#session.siteId, said, this.#newId()));
      } else this.#aliases = await readAliases(this.#queries, this.#session);
    }
  }

  /** A site that is given a patient whose id it uses for another learns both: its own then goes by the id that the server keeps it under. */
  async #endAliases(position: number): Promise<void> {
    const { grants } = this.#landing;
    for (const { site_id, patient_id } of grants.added.filter((grant) => grant.position === position && grant.existed === 1)) {
      const known = [...rootCollections.map((collection) => ({ collection, id: patient_id })), ...(await this.#landing.insideOf(patient_id))];
      const ended = await endAliases(this.#queries, this.#session.organisationId, site_id, known);
      if (ended.length === 0) continue;
      await this.#landing.writeAnew(ended);
      this.#aliases = await readAliases(this.#queries, this.#session);
    }
  }

  /** Deciding may ask for what nobody could know beforehand (the conflict document of a merge): loads it and decides again. */
  async #decide(changeSet: ChangeSet): Promise<Decision> {
    const { held } = this.#landing;
    for (;;) {
      const decision = decideChangeSet(changeSet, (this.#aliases as Aliases).lookup(held));
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
    const rows = await this.#queries.rows<{ position: number }>(`SELECT position FROM change_sets WHERE organisation_id = ? AND id = ? AND carried_by IN (${colleagues})`, [this.#session.organisationId, id, this.#session.deviceId]);
    return Math.max(pending?.position ?? 0, ...rows.map(({ position }) => position));
  }

  #heldOf = ({ documents }: ChangeSet) => documents.flatMap(({ collection, id, rev }) => this.#landing.held.byRev(collection, id, rev) ?? []);
}

const inwardDecision = (aliases: Aliases, { writes, ...decision }: Decision): Decision => ({ ...decision, writes: writes.map(({ document, branch }) => ({ document: aliases.inward(document), branch })) });

const rejected = (id: string, refusal: Refusal): PushOutcome => ({ id, outcome: 'rejected', refusal });
