import { decideChangeSet, type Write } from '../decide.ts';
import type { Lookup } from '../version.ts';
import type { AttachmentRef } from '../attachments.ts';
import { bucketOf } from '../digest.ts';
import type { MessageName, Messages } from '../engine-types.ts';
import type { ChangeSet, HelloAnswer, OfferAnswer, PositionedDocument, PulledChangeSet, PushAnswer, PushOutcome, SyncErrorCode, WireDocument } from '../protocol.ts';
import { lookupKeys } from '../policies.ts';
import { verdictOf } from '../verdict.ts';
import { withoutPurged } from '../purged.ts';
import { purgesSealed } from '../seals.ts';
import { compartmentOf, grantedSites, isRoot, pulledCollections } from '../scope.ts';
import { attachmentOf } from './memory-attachments.ts';
import { copyState, emptyState, keyOf, type Device, type Revision, type ServerState } from './memory-server-state.ts';
import { refusalOf } from './people.ts';
import { digestOf } from './sparse-digest.ts';
import type { Answered, ServerFacts, ServerStore } from './stores.ts';

/** Short, so that tokens end in the middle of things. */
const tokenLife = 3_600_000;
/** Few, so that pages end everywhere. */
const changeSetsInPage = 2;
const documentsInPage = 2;

/** No `Error`: a stack for each of a million refusals would cost more than all the rest. */
class Refused {
  readonly code: SyncErrorCode;
  constructor(code: SyncErrorCode) {
    this.code = code;
  }
}

/** A sync server in memory: what `shared/sync` and the design say of one, written to be read. Each message is one transaction. */
export class MemoryServer implements ServerStore {
  protected state: ServerState;
  protected readonly newId: () => string;
  private current = new Map<string, Revision>();
  private byRev = new Map<string, Revision>();

  constructor(newId: () => string) {
    this.newId = newId;
    this.state = emptyState(newId());
  }

  handle(name: MessageName, token: string, body: unknown, now: number): Answered {
    try {
      return { value: this.answer(name, token, body, now) };
    } catch (error) {
      if (error instanceof Refused) return { trouble: error.code };
      throw error;
    }
  }

  enrol(siteId: string): { deviceId: string; workstationNumber: number } {
    const deviceId = this.newId();
    return this.admit(deviceId, { siteId, scopeVersion: 1, revoked: false, line: deviceId, told: 0 });
  }

  revoke(deviceId: string): void {
    const line = this.state.devices.get(deviceId)?.line;
    for (const device of this.state.devices.values()) if (device.line === line) device.revoked = true;
  }

  move(deviceId: string, siteId: string): void {
    const device = this.state.devices.get(deviceId);
    if (device === undefined || device.siteId === siteId) return;
    device.siteId = siteId;
    device.scopeVersion += 1;
  }

  backUp(): (announced: boolean, now: number) => void {
    const backup = copyState(this.state);
    return (announced, now) => {
      this.state = { ...copyState(backup), startedAt: now };
      this.index();
      if (announced) this.renewEpoch(this.state.head);
    };
  }

  facts(): ServerFacts {
    return {
      epoch: this.state.epoch,
      head: this.state.head,
      version: (rev) => this.byRev.get(rev)?.version,
      current: (collection, id) => this.current.get(keyOf({ collection, id }))?.version,
      scope: (siteId) => this.inScope(siteId).map(({ version }) => version),
      conflicts: () => [...this.current.values()].map(({ version }) => version).filter(({ collection }) => collection === 'conflicts'),
      kept: () => JSON.stringify([this.state.revisions.map(({ version }) => version.content), [...this.state.quarantine.values()]]),
      quarantined: (rev) => [...this.state.quarantine.values()].some(({ changeSet }) => changeSet.documents.some((document) => document.rev === rev)),
      device: (deviceId) => this.state.devices.get(deviceId),
      attachment: (id, hash) => this.namesOf({ id, hash }).some((named) => this.isWhole(named)),
      sharedPosition: (deviceId, epoch, knownPosition) => {
        const device = this.state.devices.get(deviceId);
        if (device === undefined) return null;
        if (epoch === this.state.epoch) return knownPosition > device.told ? device.told : undefined;
        return this.sharedPosition(device, epoch);
      },
    };
  }

  private answer(name: MessageName, token: string, body: unknown, now: number): unknown {
    if (name === 'hello') return this.hello(body as Messages['hello']['body'], now);
    if (name === 'reidentify') return this.reidentify(body as Messages['reidentify']['body']);
    const [deviceId, device] = this.signedIn(token, now);
    if ((body as { epoch?: string }).epoch !== undefined && (body as { epoch: string }).epoch !== this.state.epoch) throw new Refused('epoch-changed');
    switch (name) {
      case 'offer': return this.offer(deviceId, body as Messages['offer']['body']);
      case 'push': return this.push(device, deviceId, body as Messages['push']['body']);
      case 'attachments': return this.attachments(device, body as Messages['attachments']['body']);
      case 'attachment-put': return this.putAttachment(device, body as Messages['attachment-put']['body']);
      case 'report': return {};
    }
    if (device.revoked) throw new Refused('device-revoked');
    switch (name) {
      case 'pull': return this.pull(device, deviceId, body as Messages['pull']['body']);
      case 'snapshot': return this.snapshot(device, deviceId, body as Messages['snapshot']['body']);
      case 'documents': return this.documents(device, deviceId, body as Messages['documents']['body']);
      case 'digests': return { position: this.state.head, digests: digestOf(this.inScope(device.siteId).map(({ version }) => version)) };
      case 'bucket': return this.bucket(device, body as Messages['bucket']['body']);
      case 'attachment-get': return this.getAttachment(device, body as Messages['attachment-get']['body']);
    }
  }

  protected hello({ deviceId, counter, epoch, position }: Messages['hello']['body'], now: number): HelloAnswer {
    const device = this.state.devices.get(deviceId);
    if (device === undefined) throw new Refused('unknown-device');
    if (this.isCopy(device, counter)) return { state: 'cloned' };
    device.counter = counter;
    if (epoch === this.state.epoch ? position > device.told : epoch !== null && this.state.formerEpochs.length === 0) this.renewEpoch(device.told);
    const sharedPosition = epoch === this.state.epoch ? position : this.sharedPosition(device, epoch);
    const { siteId, scopeVersion, workstationNumber, revoked } = device;
    return {
      state: revoked ? 'revoked' : 'active',
      token: `${deviceId} ${now} ${scopeVersion} ${revoked}`,
      epoch: this.state.epoch, sharedPosition, head: this.state.head, siteId, scopeVersion, workstationNumber,
      limits: { pushBytes: 1_000_000, pageBytes: 1_000_000 },
      now: '2026-01-01T00:00:00.000Z',
    };
  }

  protected isCopy(device: Device, counter: number): boolean {
    return counter <= device.counter;
  }

  /** `heldTo`: the head where the operator said at once that it was restored, else what it remembers having told whoever found out. */
  protected renewEpoch(heldTo: number): void {
    this.state.formerEpochs.push({ epoch: this.state.epoch, heldTo });
    this.state.epoch = this.newId();
  }

  /** What it remembers having told a device in an epoch that it had. A copy may have been told more since under the same name: no more than the epoch held. */
  private sharedPosition(device: Device, epoch: string | null): number | null {
    const from = this.state.formerEpochs.findIndex((former) => former.epoch === epoch);
    return from < 0 ? null : Math.min(device.told, ...this.state.formerEpochs.slice(from).map(({ heldTo }) => heldTo));
  }

  protected reidentify({ deviceId }: { deviceId: string }): { deviceId: string; workstationNumber: number } {
    const device = this.state.devices.get(deviceId);
    if (device === undefined) throw new Refused('unknown-device');
    const { siteId, scopeVersion, revoked, line, told } = device;
    return this.admit(this.newId(), { siteId, scopeVersion, revoked, line, told });
  }

  private admit(deviceId: string, device: Omit<Device, 'workstationNumber' | 'counter'>): { deviceId: string; workstationNumber: number } {
    const workstationNumber = this.state.devices.size + 1;
    this.state.devices.set(deviceId, { ...device, workstationNumber, counter: 0 });
    return { deviceId, workstationNumber };
  }

  /** A token speaks of a place and a standing: once either is another one, its workstation greets again. */
  protected signedIn(token: string, now: number): [string, Device] {
    const [deviceId = '', issued, scopeVersion, revoked] = token.split(' ');
    const device = this.state.devices.get(deviceId);
    const stale = Number(issued) + tokenLife < now || Number(issued) < this.state.startedAt;
    if (device === undefined || stale || Number(scopeVersion) !== device.scopeVersion || revoked !== String(device.revoked)) {
      throw new Refused('token-expired');
    }
    return [deviceId, device];
  }

  private offer(deviceId: string, { changeSets }: Messages['offer']['body']): OfferAnswer {
    const isKnown = ({ revs }: { revs: string[] }) => revs.every((rev) => this.byRev.has(rev));
    return {
      wanted: changeSets.filter((changeSet) => !isKnown(changeSet)).map(({ id }) => id),
      known: changeSets.filter(isKnown).map(({ id, revs }) => this.accepted(deviceId, id, revs)),
    };
  }

  private push(device: Device, deviceId: string, { changeSets }: Messages['push']['body']): PushAnswer {
    const before = this.state.head;
    const outcomes = changeSets.map((changeSet) => this.take(device, deviceId, changeSet));
    const { head } = this.state;
    return { outcomes: outcomes.map(verdictOf), head, ...(this.standAsSent(device, deviceId, before) && { asSent: { after: before, position: head } }) };
  }

  protected standAsSent(device: Device, deviceId: string, before: number): boolean {
    for (let position = before + 1; position <= this.state.head; position += 1) {
      const { documents = [], withdrawn = [], echoes = [] } = this.changeSetFor(device, deviceId, position) ?? {};
      const landed = this.state.revisions.filter((revision) => revision.position === position);
      const told = landed.filter(({ version }) => pulledCollections.includes(version.collection));
      if (documents.length + withdrawn.length > 0 || echoes.length !== told.length) return false;
    }
    return this.state.head > before;
  }

  protected take(device: Device, deviceId: string, changeSet: ChangeSet): PushOutcome {
    const revs = changeSet.documents.map(({ rev }) => rev);
    const refusal = device.revoked ? 'device-revoked' : refusalOf(changeSet) ?? (purgesSealed(changeSet, this.lookup) ? 'chart-sealed' : undefined);
    if (refusal !== undefined && !revs.every((rev) => this.byRev.has(rev))) {
      // By device too: another one may carry another part of the same change set.
      this.state.quarantine.set(`${deviceId} ${changeSet.id}`, { changeSet: this.withoutPurged(changeSet), refusal });
      return { id: changeSet.id, outcome: 'rejected', refusal };
    }
    const writes = this.decide(changeSet);
    if (writes.length > 0) this.commit(device, deviceId, changeSet, writes);
    return this.accepted(deviceId, changeSet.id, revs);
  }

  protected decide(changeSet: ChangeSet): Write[] {
    return decideChangeSet(changeSet, this.lookup).writes;
  }

  protected readonly lookup: Lookup = {
    current: (collection, id) => this.current.get(keyOf({ collection, id }))?.version,
    byRev: (_collection, _id, rev) => this.byRev.get(rev)?.version,
    conflictsOf: (collection, id) =>
      [...this.current.values()].map(({ version }) => version).filter((version) => version.collection === 'conflicts' && version.content?.['documentId'] === id && version.content['collection'] === collection),
    sharing: (collection, keys) =>
      [...this.current.values()].map(({ version }) => version).filter((version) => version.collection === collection && version.content !== null && lookupKeys(collection, version.content).some((key) => keys.includes(key))),
  };

  private commit(device: Device, deviceId: string, { documents, ...changeSet }: ChangeSet, writes: Write[]): void {
    const position = this.nextPosition();
    const sent = new Set(documents.map(({ rev }) => rev));
    this.state.changeSets.push({ changeSet, first: this.state.revisions.length });
    for (const { document, branch } of writes) {
      this.add({ position, version: document, compartment: this.compartment(document, documents), branch, sentBy: sent.has(document.rev) ? deviceId : null });
      if (branch) continue;
      this.giveFromQuarantine(document);
      if (isRoot(document.collection)) this.grant(device, document, position);
      if (document.content === null) this.wipe(document);
    }
  }

  protected nextPosition(): number {
    this.state.head += 1;
    return this.state.head;
  }

  private add(revision: Revision): void {
    this.state.revisions.push(revision);
    this.byRev.set(revision.version.rev, revision);
    if (!revision.branch) this.current.set(keyOf(revision.version), revision);
  }

  /** A purged document says no more whose it was: it stays where its earlier versions were, or those that came in with it. */
  protected compartment(document: WireDocument, documents: WireDocument[]): string {
    const earlier = document.content === null ? this.current.get(keyOf(document))?.compartment : undefined;
    if (earlier !== undefined) return earlier;
    const speaking = document.content === null ? documents.find((sent) => keyOf(sent) === keyOf(document)) ?? document : document;
    const compartment = compartmentOf(speaking);
    if (compartment?.kind === 'granted') return compartment.id;
    return compartment?.kind === 'organisation' ? '*' : '!';
  }

  /** A patient that names no site stays where it is, and is first where it was written. */
  private grant(device: Device, { id, content }: WireDocument, position: number): void {
    const open = this.state.grants.filter(({ patientId, until }) => patientId === id && until === null);
    const silent = content === null || !Array.isArray(content['siteIds']) || content['siteIds'].length === 0;
    if (silent && open.length > 0) return;
    const siteIds = grantedSites(content, device.siteId);
    for (const grant of open) if (!siteIds.includes(grant.siteId)) grant.until = position;
    for (const siteId of siteIds) {
      if (!open.some((grant) => grant.siteId === siteId)) this.state.grants.push({ patientId: id, siteId, from: position, until: null });
    }
  }

  private wipe(document: WireDocument): void {
    this.state.revisions = this.state.revisions.map((revision) =>
      keyOf(revision.version) === keyOf(document) ? { ...revision, version: { ...revision.version, content: null } } : revision);
    this.index();
    for (const [key, { changeSet, refusal }] of this.state.quarantine) this.state.quarantine.set(key, { changeSet: this.withoutPurged(changeSet), refusal });
    this.dropUnnamed();
  }

  protected withoutPurged(changeSet: ChangeSet): ChangeSet {
    return withoutPurged(changeSet, (ref) => this.current.get(keyOf(ref))?.version.content === null);
  }

  private accepted(deviceId: string, id: string, revs: string[]): PushOutcome {
    for (const rev of revs) this.state.carried.add(`${this.state.devices.get(deviceId)?.line} ${this.byRev.get(rev)?.version.id}`);
    const landed = revs.map((rev) => this.landing(this.byRev.get(rev) as Revision));
    const position = Math.max(0, ...landed.map((revision) => revision.position));
    this.tell(deviceId, position);
    return {
      id, outcome: 'accepted', position,
      landed: landed
        .filter((revision, index) => revision.version.rev !== revs[index] || revision.position !== position)
        .map(({ version: { collection, id: documentId, rev }, position: at }) => ({ collection, id: documentId, rev, position: at })),
    };
  }

  /** Where a version took effect: one that was merged away, as the merge. */
  private landing(revision: Revision): Revision {
    if (!revision.branch) return revision;
    const key = keyOf(revision.version);
    return this.state.revisions.find((other) => other.position === revision.position && !other.branch && keyOf(other.version) === key) ?? revision;
  }

  protected tell(deviceId: string, position: number): void {
    const device = this.state.devices.get(deviceId) as Device;
    device.told = Math.max(device.told, position);
  }

  protected inScope(siteId: string): Revision[] {
    const compartments = this.openCompartments(siteId);
    return [...this.current.values()].filter(({ version, compartment }) => compartments.has(compartment) && pulledCollections.includes(version.collection));
  }

  protected openCompartments(siteId: string): Map<string, number> {
    const open = this.state.grants.filter((grant) => grant.siteId === siteId && grant.until === null);
    return new Map([['*', 0], ...open.map(({ patientId, from }): [string, number] => [patientId, from])]);
  }

  protected pull(device: Device, deviceId: string, { after, upTo = Infinity }: { after: number; upTo?: number }): Messages['pull']['answer'] {
    const changeSets: PulledChangeSet[] = [];
    let position = after;
    while (position < Math.min(upTo, this.readableHead()) && changeSets.length < changeSetsInPage) {
      position += 1;
      const changeSet = this.changeSetFor(device, deviceId, position);
      if (changeSet !== undefined) changeSets.push(changeSet);
    }
    this.tell(deviceId, position);
    return { changeSets, position, head: this.readableHead() };
  }

  protected readableHead(): number {
    return this.state.head;
  }

  protected changeSetFor(device: Device, deviceId: string, position: number): PulledChangeSet | undefined {
    const found = this.state.changeSets[position - 1];
    if (found === undefined) return undefined;
    const revisions = this.state.revisions.slice(found.first, this.state.changeSets[position]?.first);
    const compartments = this.openCompartments(device.siteId);
    const told = revisions.filter((revision) => !revision.branch && !this.isEmptied(revision) && position >= (compartments.get(revision.compartment) ?? Infinity));
    const granted = new Set([...compartments].filter(([, from]) => from === position).map(([patientId]) => patientId));
    const own = (revision: Revision) => revision.sentBy === deviceId && !granted.has(revision.compartment);
    const whole = granted.size === 0 ? [] : this.asOf(position).filter(({ compartment }) => granted.has(compartment));
    const documents = [...told.filter((revision) => !granted.has(revision.compartment) && !own(revision)), ...whole];
    const echoes = told.filter(own).map(({ version: { collection, id, rev } }) => ({ collection, id, rev }));
    const withdrawn = this.state.grants.filter(({ siteId, until }) => siteId === device.siteId && until === position).map(({ patientId }) => patientId);
    if (documents.length + echoes.length + withdrawn.length === 0) return undefined;
    return { ...found.changeSet, documents: documents.map(wireOf), position, echoes, withdrawn };
  }

  /** The version of each document that was current at a position. */
  protected asOf(position: number): Revision[] {
    const latest = new Map<string, Revision>();
    for (const revision of this.state.revisions) {
      const key = keyOf(revision.version);
      if (revision.position > position || revision.branch || !pulledCollections.includes(revision.version.collection)) continue;
      // Taken out first, so that the map stands in the order of commits.
      latest.delete(key);
      latest.set(key, revision);
    }
    return [...latest.values()].filter((revision) => !this.isEmptied(revision));
  }

  /** By a later purge, which is told at its own position. */
  protected isEmptied(revision: Revision): boolean {
    return revision.version.content === null && this.current.get(keyOf(revision.version))?.version.rev !== revision.version.rev;
  }

  protected snapshot(device: Device, deviceId: string, { at, cursor }: Messages['snapshot']['body']): Messages['snapshot']['answer'] {
    const position = at ?? this.state.head;
    const compartments = this.openCompartments(device.siteId);
    const all = this.asOf(position).filter(({ compartment }) => (compartments.get(compartment) ?? Infinity) <= position);
    // By place in the order of commits, which no change of scope between two pages moves.
    const left = all.filter((revision) => cursor === null || this.state.revisions.indexOf(revision) > Number(cursor));
    const page = left.slice(0, documentsInPage);
    const last = left.length <= documentsInPage;
    this.tell(deviceId, position);
    return {
      at: position,
      documents: page.map((revision) => positioned(revision, compartments)),
      cursor: last ? null : String(this.state.revisions.indexOf(page.at(-1) as Revision)),
      total: all.length,
    };
  }

  private documents(device: Device, deviceId: string, { refs }: Messages['documents']['body']): Messages['documents']['answer'] {
    const inScope = new Map(this.inScope(device.siteId).map((revision) => [keyOf(revision.version), revision]));
    const compartments = this.openCompartments(device.siteId);
    const documents = refs.flatMap((ref) => inScope.get(keyOf(ref)) ?? []).map((revision) => positioned(revision, compartments));
    this.tell(deviceId, Math.max(0, ...documents.map(({ position }) => position)));
    return { documents, missing: refs.filter((ref) => !inScope.has(keyOf(ref))) };
  }

  private bucket(device: Device, { collection, bucket }: Messages['bucket']['body']): Messages['bucket']['answer'] {
    const versions = this.inScope(device.siteId).map(({ version }) => version).filter((version) => version.collection === collection && bucketOf(version.id) === bucket);
    return { position: this.state.head, revs: versions.map(({ id, rev }) => ({ id, rev })) };
  }

  /** All who name these bytes: for which patient, or in quarantine for which device. */
  private names(): Named[] {
    const landed = this.state.revisions.map(({ version, compartment }) => ({ document: version as WireDocument, holder: compartment, line: undefined }));
    const refused = [...this.state.quarantine].flatMap(([key, { changeSet }]) => changeSet.documents.map((document) => ({ document, holder: `!${key.split(' ')[0]}`, line: this.state.devices.get(key.split(' ')[0] as string)?.line })));
    return [...landed, ...refused].flatMap(({ document, holder, line }) => {
      const attachment = attachmentOf(document);
      return attachment === undefined ? [] : [{ id: document.id, key: `${holder} ${attachment.hash}`, holder, line, ...attachment }];
    });
  }

  private namesOf({ id, hash }: AttachmentRef): Named[] {
    return this.names().filter((named) => named.id === id && named.hash === hash);
  }

  protected isWhole({ key, chunks }: Named): boolean {
    return this.state.attachments.get(key) === chunks;
  }

  /** What a revoked workstation handed over to a restored server may be the only bytes of a document that another one brings back. */
  private giveFromQuarantine(document: WireDocument): void {
    const attachment = attachmentOf(document);
    if (attachment === undefined || this.state.formerEpochs.length === 0) return;
    const named = this.namesOf({ id: document.id, hash: attachment.hash });
    if (named.some((there) => there.line !== undefined && this.isWhole(there))) for (const { key, chunks } of named) this.state.attachments.set(key, chunks);
  }

  /** Bytes go with the last that names them. */
  protected dropUnnamed(): void {
    const named = new Set(this.names().map(({ key }) => key));
    for (const key of this.state.attachments.keys()) if (!named.has(key)) this.state.attachments.delete(key);
  }

  /**
   * A workstation may send the bytes of what it brought itself. To a restored server another one may have brought it first, without the bytes,
   * and the patient may have left its site or it may be revoked since: then whoever names document and hash has held them.
   */
  private findNamed({ siteId, revoked, line }: Device, ref: AttachmentRef, how: 'read' | 'write'): Named | undefined {
    const open = revoked ? new Map<string, number>() : this.openCompartments(siteId);
    return this.namesOf(ref).find((named) => open.has(named.holder) || (how === 'write' && (named.line === line || this.isCarried(line, named))));
  }

  private isCarried(line: string, { id, holder }: Named): boolean {
    return !holder.startsWith('!') && (this.state.formerEpochs.length > 0 || this.state.carried.has(`${line} ${id}`));
  }

  private attachments(device: Device, { attachments, lacking }: Messages['attachments']['body']): Messages['attachments']['answer'] {
    const states = attachments.map(({ id, hash }) => {
      const named = this.findNamed(device, { id, hash }, 'write');
      return { id, hash, named: named !== undefined, chunks: named === undefined ? 0 : (this.state.attachments.get(named.key) ?? 0), complete: named !== undefined && this.isWhole(named) };
    });
    const open = device.revoked || lacking === null ? new Map<string, number>() : this.openCompartments(device.siteId);
    const lacked = this.names().filter((named) => open.has(named.holder) && !this.isWhole(named));
    return { states, lacking: lacked.map(({ id, hash }) => ({ id, hash })), cursor: null };
  }

  protected putAttachment(device: Device, { id, hash, number, bytes }: Messages['attachment-put']['body']): Messages['attachment-put']['answer'] {
    const named = this.findNamed(device, { id, hash }, 'write');
    if (named === undefined) return { named: false, chunks: 0, complete: false };
    const known = this.state.attachments.get(named.key) ?? 0;
    if (number === known && known < named.chunks && bytes === `${hash}.${number}`) this.state.attachments.set(named.key, known + 1);
    return { named: true, chunks: this.state.attachments.get(named.key) ?? 0, complete: this.isWhole(named) };
  }

  private getAttachment(device: Device, { id, hash, number }: Messages['attachment-get']['body']): Messages['attachment-get']['answer'] {
    const named = this.findNamed(device, { id, hash }, 'read');
    return { bytes: named !== undefined && this.isWhole(named) && number < (this.state.attachments.get(named.key) ?? 0) ? `${hash}.${number}` : null };
  }

  private index(): void {
    this.current = new Map();
    this.byRev = new Map();
    for (const revision of this.state.revisions) {
      this.byRev.set(revision.version.rev, revision);
      if (!revision.branch) this.current.set(keyOf(revision.version), revision);
    }
  }
}

interface Named extends AttachmentRef {
  key: string;
  holder: string;
  /** Of what is in quarantine: whose it is. */
  line: string | undefined;
  chunks: number;
}

function wireOf({ version: { deviceId: _deviceId, ...document } }: Revision): WireDocument {
  return document;
}

/** Where a site was told of it first: what was there before it was granted came with the grant, and is no older than that to who asks again. */
const positioned = (revision: Revision, compartments: ReadonlyMap<string, number>): PositionedDocument => ({
  ...wireOf(revision), position: Math.max(revision.position, compartments.get(revision.compartment) ?? 0),
});
