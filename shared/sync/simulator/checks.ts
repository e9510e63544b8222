import type { ConflictContent } from '../../schema/conflict.ts';
import { canonicalText } from '../canonical.ts';
import type { Content } from '../content.ts';
import { slotRule } from '../exclusion.ts';
import { mayFollowSealed, policyOf } from '../policies.ts';
import type { ChangeSet, WireDocument } from '../protocol.ts';
import { sealingCollection } from '../seals.ts';
import { attachmentOf } from './memory-attachments.ts';
import { keyOf } from './memory-server-state.ts';
import type { ServerFacts } from './stores.ts';
import type { World } from './world.ts';
import type { Workstation } from './workstation.ts';

export type Rule =
  | 'write-lost' | 'content-changed' | 'value-lost' | 'signed-record-merged' | 'seal-broken' | 'double-booked' | 'nobody-booked' | 'purged-came-back' | 'deleted-unseen' | 'unsent-replaced'
  | 'bytes-lost' | 'bytes-missing' | 'clash-repeated' | 'not-equal' | 'not-at-rest' | 'digests-differed' | 'same-identity' | 'not-locked' | 'threw';

export class Violation extends Error {
  readonly rule: Rule;
  constructor(rule: Rule, detail: string) {
    super(`${rule}: ${detail}`);
    this.rule = rule;
  }
}

interface Written {
  document: WireDocument;
  by: string;
}

const wordsIn = (value: unknown): Set<string> => new Set((JSON.stringify(value ?? null).match(/w\d+z/g) ?? []) as string[]);
/** A record by its status, an order by its signature. */
const isSigned = ({ content }: WireDocument) => content?.['status'] === 'signed' || content?.['status'] === 'amended' || content?.['signature'] !== undefined;
const isSealable = ({ collection }: WireDocument) => ['medicalRecords', 'medicationRequests', 'serviceRequests'].includes(collection);

/** Knows what people wrote and what they saw when they wrote it, and holds the world to it. Knows nothing of how sync works. */
export class Checks {
  private readonly world: () => World;
  private readonly written = new Map<string, Written>();
  /** Writes that are not known to be on the server. */
  private readonly owed = new Set<string>();
  /** Writes that went down with the last store that held them. */
  private readonly forgiven = new Set<string>();
  /** Words that nobody took away knowingly, and who wrote them where. */
  private readonly words = new Map<string, { rev: string; key: string }>();
  private readonly purgeRevs = new Map<string, string[]>();
  /** Of documents whose bytes somebody had: their hash. */
  private readonly attached = new Map<string, string>();
  /** Those whose bytes are not known to be on the server. */
  private readonly owedBytes = new Set<string>();
  private hasSeals = false;
  /** What the server showed of sealed documents, and in which epoch. */
  private readonly sealed = new Map<string, WireDocument>();
  private sealedIn = '';
  /** What people saw of a document as they threw it away. */
  private readonly seenAsDeleted = new Map<string, Set<string>>();

  constructor(world: () => World) {
    this.world = world;
  }

  /** `taken`: documents whose bytes are whoever's who sent the copies that they are made of. */
  wrote(by: string, changeSet: ChangeSet, screen: (WireDocument | undefined)[], taken: ReadonlySet<string> = new Set()): void {
    for (const document of changeSet.documents) {
      const key = keyOf(document);
      const before = screen.find((shown) => shown !== undefined && keyOf(shown) === key);
      this.written.set(document.rev, { document, by });
      this.owed.add(document.rev);
      if (document.content === null) this.purge(key, document.rev);
      this.hasSeals ||= document.collection === sealingCollection;
      if (!taken.has(document.id)) this.attach(document);
      const [had, has] = [wordsIn(before?.content), wordsIn(document.content)];
      for (const word of has) if (!had.has(word)) this.words.set(word, { rev: document.rev, key });
      for (const word of had) if (!has.has(word)) this.words.delete(word);
      if (document.deleted) this.seenAsDeleted.set(key, new Set([...(this.seenAsDeleted.get(key) ?? []), ...has]));
    }
  }

  private attach(document: WireDocument): void {
    const attachment = attachmentOf(document);
    if (attachment === undefined || document.baseRev !== null) return;
    this.attached.set(document.id, attachment.hash);
    this.owedBytes.add(document.id);
  }

  /** Bytes are whole on the server, or at a workstation that has the document or is about to send them. */
  private bytesAreSomewhere(facts: ServerFacts): void {
    for (const id of this.owedBytes) {
      const hash = this.attached.get(id) as string;
      if (facts.attachment(id, hash)) this.owedBytes.delete(id);
      else if (this.isHeld(id, hash)) continue;
      else if (this.isNamed(id, facts)) throw new Violation('bytes-lost', `of document ${id}`);
      else this.owedBytes.delete(id);
    }
  }

  /** A document may go with a server that is put back, where its patient had left every site that has a workstation: then nothing names its bytes. */
  private isNamed(id: string, facts: ServerFacts): boolean {
    const revs = new Set([...this.written.values()].flatMap(({ document }) => (document.id === id && document.collection === 'documentReferences' ? [document.rev] : [])));
    if ([...revs].some((rev) => facts.version(rev) !== undefined || facts.quarantined(rev))) return true;
    return this.world().workstations.some(({ store, isLocked }) => !isLocked && [...store.documents(), ...store.kept()].some(({ rev }) => revs.has(rev)));
  }

  private isHeld(id: string, hash: string): boolean {
    return this.world().workstations.some(({ store, isLocked }) => !isLocked && store.holds(id, hash));
  }

  /**
   * Whether a workstation still has them when it next asks. What the lost server told it before, that the bytes are there or that the patient is
   * no longer its own, may lie unread at the moment of the restore: then it gives up, in good faith, bytes that were on the server, as if it had
   * read it a moment before.
   */
  private staysHeld(id: string, hash: string): boolean {
    return this.world().workstations.some((workstation) => {
      if (workstation.isLocked || !workstation.store.holds(id, hash)) return false;
      const store = workstation.storeOnceRead(this.world().now);
      const stays = store.holds(id, hash);
      store.close();
      return stays;
    });
  }

  /** Whoever may read a document has its bytes, and so has the server. */
  private bytesAreEverywhere(facts: ServerFacts): void {
    for (const { store, name, isLocked } of this.world().workstations) {
      if (isLocked) continue;
      for (const { id, serverRev, content } of store.documents()) {
        const hash = this.attached.get(id);
        if (hash === undefined || serverRev === null || content === null) continue;
        if (!facts.attachment(id, hash)) throw new Violation('bytes-missing', `of document ${id} on the server`);
        if (!store.holds(id, hash)) throw new Violation('bytes-missing', `of document ${id} at ${name}`);
      }
    }
  }

  /** What was written of it before is meant to be gone. */
  private purge(key: string, rev: string): void {
    this.purgeRevs.set(key, [...(this.purgeRevs.get(key) ?? []), rev]);
    const [, id] = key.split('/') as [string, string];
    this.attached.delete(id);
    this.owedBytes.delete(id);
    for (const [earlier, { document }] of this.written) {
      if (earlier === rev || keyOf(document) !== key) continue;
      this.forgiven.add(earlier);
      this.owed.delete(earlier);
    }
  }

  /** After every step: each write is on the server, or kept where it will come from by itself. */
  async afterStep(): Promise<void> {
    if (this.owed.size + this.owedBytes.size === 0 && !this.hasSeals) return;
    const facts = await this.world().server.facts();
    if (this.hasSeals) this.sealsHold(facts);
    this.bytesAreSomewhere(facts);
    let coming: Set<string> | undefined;
    for (const rev of this.owed) {
      if (facts.version(rev) !== undefined) this.owed.delete(rev);
      else if (!facts.quarantined(rev) && !(coming ??= this.coming(facts)).has(rev)) this.lost(rev);
    }
  }

  /** Once a seal and the version that it names are on the server, nothing takes its place but an amendment of it. A server that was put back begins anew. */
  private sealsHold(facts: ServerFacts): void {
    if (this.sealedIn !== facts.epoch || this.world().serverRestored) this.sealed.clear();
    this.sealedIn = facts.epoch;
    const seals = [...this.written.values()].flatMap(({ document }) => (document.collection === sealingCollection ? (facts.current(sealingCollection, document.id) ?? []) : []));
    for (const { content } of seals) {
      for (const { collection, id, rev } of content === null ? [] : (policyOf(sealingCollection).seals?.(content) ?? [])) {
        const key = keyOf({ collection, id });
        const [current, before] = [facts.current(collection, id), this.sealed.get(key)];
        if (before !== undefined && (current === undefined || !mayFollowSealed(collection, before, current))) throw new Violation('seal-broken', key);
        if (current !== undefined && !current.deleted && current.content !== null && facts.version(rev) !== undefined) this.sealed.set(key, current);
      }
    }
  }

  private lost(rev: string): never {
    const { document, by } = this.written.get(rev) as Written;
    throw new Violation('write-lost', `${document.collection} ${document.id} rev ${rev} written at ${by}`);
  }

  private coming(facts: ServerFacts): Set<string> {
    const revs = new Set<string>();
    for (const { store } of this.world().workstations) {
      const { deviceId, epoch, knownPosition, locked } = store.replica.state();
      if (locked) continue;
      const shared = facts.sharedPosition(deviceId, epoch, knownPosition);
      const isOffered = (position: number | null) => shared !== undefined && position !== null && position > (shared ?? 0);
      for (const { rev, state, position } of store.kept()) if (state !== 'sent' || isOffered(position)) revs.add(rev);
      if (shared !== undefined) for (const { rev, serverPosition } of store.documents()) if (isOffered(serverPosition)) revs.add(rev);
    }
    return revs;
  }

  /** A store was replaced by an older one. What nothing holds any more, no program can bring back. */
  async destroyed(): Promise<void> {
    const facts = await this.world().server.facts();
    for (const [id, hash] of this.attached) {
      if (!facts.attachment(id, hash) && !this.staysHeld(id, hash)) this.attached.delete(id);
      else this.owedBytes.add(id);
    }
    for (const id of this.owedBytes) if (!this.attached.has(id)) this.owedBytes.delete(id);
    const held = new Set<string>();
    for (const { store, isLocked } of this.world().workstations) {
      // Nobody has the key to a locked one any more.
      if (!isLocked) for (const { rev } of [...store.kept(), ...store.documents()]) held.add(rev);
    }
    for (const rev of this.written.keys()) {
      if (this.forgiven.has(rev) || facts.version(rev) !== undefined) continue;
      if (held.has(rev) || facts.quarantined(rev)) this.owed.add(rev);
      else {
        this.forgiven.add(rev);
        this.owed.delete(rev);
      }
    }
  }

  /** When everything came to rest. */
  async atEnd(): Promise<void> {
    const facts = await this.world().server.facts();
    for (const workstation of this.world().workstations) this.equal(workstation, facts);
    this.identities();
    this.bytesAreEverywhere(facts);
    for (const [rev, { document }] of this.written) this.arrived(rev, document, facts);
    this.wordsAreSomewhere(facts);
    this.clashesOnce(facts);
    this.purgedIsGone(facts);
    this.bookedOnce(facts);
    const keys = new Map([...this.written.values()].map(({ document }) => [keyOf(document), document]));
    for (const document of keys.values()) this.standing(document, facts);
  }

  private equal(workstation: Workstation, facts: ServerFacts): void {
    const { store, name, line, repaired } = workstation;
    const { deviceId, locked } = store.replica.state();
    const device = facts.device(deviceId);
    if (locked) return;
    if (device?.revoked === true || this.world().revoked.has(line)) throw new Violation('not-locked', name);
    if (repaired > 0 && !this.world().mayDiffer) throw new Violation('digests-differed', `${repaired} documents at ${name}`);
    const theirs = new Map(facts.scope(device?.siteId ?? '').map((document) => [keyOf(document), document]));
    // What was refused stays here, and its patient with it, until somebody settles it.
    const hasQuarantine = store.kept().some(({ state }) => state === 'quarantined');
    for (const ours of store.documents()) {
      if (ours.collection === 'auditEntries' || (ours.serverRev === null && hasQuarantine)) continue;
      const their = theirs.get(keyOf(ours));
      if (their === undefined) throw new Violation('not-equal', `${name} holds ${keyOf(ours)}, which is not in its scope`);
      theirs.delete(keyOf(ours));
      const same = their.rev === ours.rev && ours.serverRev === ours.rev && their.deleted === ours.deleted && canonicalText(their.content) === canonicalText(ours.content);
      if (!same) throw new Violation('not-equal', `${name} has ${keyOf(ours)} as ${ours.rev} (server's ${ours.serverRev}), the server as ${their.rev}`);
    }
    const [missing] = theirs.keys();
    if (missing !== undefined) throw new Violation('not-equal', `${name} lacks ${missing}`);
  }

  private identities(): void {
    const names = new Map<string, string>();
    for (const { store, name } of this.world().workstations) {
      const { deviceId, locked } = store.replica.state();
      if (locked) continue;
      if (names.has(deviceId)) throw new Violation('same-identity', `${name} and ${names.get(deviceId)} are both ${deviceId}`);
      names.set(deviceId, name);
    }
  }

  private arrived(rev: string, document: WireDocument, facts: ServerFacts): void {
    if (this.forgiven.has(rev)) return;
    const version = facts.version(rev);
    if (version === undefined) {
      const kept = this.world().workstations.some(({ store }) => store.kept().some((one) => one.rev === rev && one.state === 'quarantined'));
      if (!kept && !facts.quarantined(rev)) this.lost(rev);
      return;
    }
    if (version.content !== null && canonicalText(version.content) !== canonicalText(document.content)) {
      throw new Violation('content-changed', `${keyOf(document)} rev ${rev}`);
    }
  }

  /** A word that somebody wrote and nobody knowingly took away is on screen, or in a conflict. */
  private wordsAreSomewhere(facts: ServerFacts): void {
    const inConflicts = new Set(facts.conflicts().flatMap(({ content }) => [...wordsIn(content)]));
    for (const [word, { rev, key }] of this.words) {
      const [collection, id] = key.split('/') as [string, string];
      const current = facts.current(collection, id);
      if (facts.version(rev) === undefined || current === undefined || current.content === null) continue;
      if (!inConflicts.has(word) && !wordsIn(current.content).has(word)) throw new Violation('value-lost', `${word} of ${key}`);
    }
  }

  /**
   * Nobody is asked about the same two values twice: words are written once, so that each clash has one place in the inbox.
   *
   * A server that was restored may meet a later version before the one that it was written over, and merges it with something else than
   * it did before. Where that pair of versions disagrees in more than the pair before did, or in less, it is another question, which has
   * a clash in common with the first. Both are asked then. To leave the common clash out of the later one would show
   * half of what its two versions disagree in, with a deletion on one side as if nothing had been written over it; to take the first back would
   * take it from under somebody who settles it without a line. A question that is the same in all its clashes is asked once there, too.
   */
  private clashesOnce(facts: ServerFacts): void {
    const open = facts.conflicts().flatMap(({ content }) => (content?.['status'] === 'open' ? [content as ConflictContent] : []));
    const pairs = open.map(({ collection, documentId, clashes }) => clashes.flatMap(({ path, values }) => {
      const [one, other] = values.map(({ value }) => canonicalText(value ?? null)).sort() as [string, string];
      return wordsIn(one + other).size < 2 ? [] : [`${path} of ${collection} ${documentId}: ${one} | ${other}`];
    }));
    // Clashes without words of their own (a deletion, an emptied field) tell two questions apart, too.
    const questions = open.flatMap(({ clashes }, index) => (pairs[index]?.length === 0 ? [] : [`${pairs[index]?.join()}, ${clashes.map(({ path }) => path).join()}`]));
    const seen = new Set<string>();
    for (const asked of (this.world().serverRestored ? questions : pairs.flat())) {
      if (seen.has(asked)) throw new Violation('clash-repeated', asked);
      seen.add(asked);
    }
  }

  /** Of two appointments that take one slot, at least one is of a patient who is there; and no two give way to each other. */
  private bookedOnce(facts: ServerFacts): void {
    const ids = new Set([...this.written.values()].filter(({ document }) => document.collection === 'appointments').map(({ document }) => document.id));
    const standing = [...ids].flatMap((id) => facts.current('appointments', id) ?? []).filter(({ deleted, content }) => !deleted && content !== null);
    const gaveWayTo = new Map(standing.map(({ id, content }) => [id, slotRule.gaveWayTo(content as Content)]));
    for (const [id, to] of gaveWayTo) if (to !== undefined && gaveWayTo.get(to) === id) throw new Violation('nobody-booked', `${id} and ${to}`);
    const current = standing.filter(({ content }) => content?.['status'] === 'booked');
    for (const [index, one] of current.entries()) {
      for (const other of current.slice(index + 1)) {
        if (slotRule.yields(one.content as Content, other.content as Content)) throw new Violation('double-booked', `${one.id} and ${other.id}`);
      }
    }
  }

  /** Nothing of what was written of a purged document is left anywhere on the server: in no version, no conflict and no quarantine. */
  private purgedIsGone(facts: ServerFacts): void {
    const gone = [...this.purgeRevs].filter(([, revs]) => revs.some((rev) => facts.version(rev) !== undefined)).map(([key]) => key);
    if (gone.length === 0) return;
    const kept = wordsIn(facts.kept());
    for (const { document } of this.written.values()) {
      if (!gone.includes(keyOf(document)) || document.collection === 'conflicts') continue;
      for (const word of wordsIn(document.content)) if (kept.has(word)) throw new Violation('purged-came-back', `${word} of ${keyOf(document)}`);
    }
  }

  private standing(document: WireDocument, facts: ServerFacts): void {
    const key = keyOf(document);
    const current = facts.current(document.collection, document.id);
    if (current === undefined) return;
    const purged = (this.purgeRevs.get(key) ?? []).some((rev) => facts.version(rev) !== undefined);
    if (purged && current.content !== null) throw new Violation('purged-came-back', key);
    if (current.content === null) return;
    if (current.deleted) this.deletedKnowingly(key, current);
    if (isSealable(document)) this.signedByPeople(key, current, facts);
  }

  private deletedKnowingly(key: string, current: WireDocument): void {
    const seen = this.seenAsDeleted.get(key) ?? new Set();
    for (const word of wordsIn(current.content)) if (!seen.has(word)) throw new Violation('deleted-unseen', `${word} of ${key}`);
  }

  /** Once a signed version came to the server, what stands is one that a person signed or amended, word by word. */
  private signedByPeople(key: string, current: WireDocument, facts: ServerFacts): void {
    const signed = [...this.written.values()].map(({ document }) => document).filter((document) => keyOf(document) === key && isSigned(document));
    if (!signed.some(({ rev }) => facts.version(rev) !== undefined)) return;
    const text = canonicalText(current.content);
    // A version whose own rev went down with a disk may live on in what others had of it.
    if (!signed.some(({ content }) => canonicalText(content) === text)) throw new Violation('signed-record-merged', key);
  }
}
