import { deepStrictEqual } from 'node:assert';
import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { v4, v7 } from 'uuid';
import {
  helloText, protocolVersion, reidentifyText, type ChangeSet, type Enrolment, type HelloAnswer, type PulledChangeSet, type PushAnswer, type PushOutcome, type SnapshotAnswer, type WireDocument,
} from '../../shared/sync/protocol.ts';
import type { SyncAnswers, SyncMessageName } from '../service/messages.ts';

/** Sends one message and answers what came back, whatever lies in between; throws what has a code as `{ error: { code } }`. */
export type Send = <Name extends SyncMessageName>(name: Name, token: string | null, body: unknown) => Promise<SyncAnswers[Name]>;

export interface KeyPair {
  publicKey: string;
  privateKey: KeyObject;
}

export function makeKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ format: 'jwk' }).x as string, privateKey: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })) };
}

const signed = (text: string, { privateKey }: KeyPair) => sign(null, Buffer.from(text), privateKey).toString('base64url');

/** Speaks the protocol as a workstation does, and remembers what it was told, without a store. */
export class TestWorkstation {
  send: Send;
  keys: KeyPair;
  enrolment: Enrolment;
  counter = 0;
  token: string | null = null;
  epoch: string | null = null;
  position = 0;
  scopeVersion = 0;
  /** Current documents as pulled, by `collection/id`. */
  readonly documents = new Map<string, WireDocument>();
  readonly pulled: PulledChangeSet[] = [];

  constructor(send: Send, keys: KeyPair, enrolment: Enrolment) {
    this.send = send;
    this.keys = keys;
    this.enrolment = enrolment;
  }

  static async enrol(send: Send, code: string, options: { siteId?: string; name?: string; keys?: KeyPair } = {}): Promise<TestWorkstation> {
    const keys = options.keys ?? makeKeyPair();
    const body = { protocol: protocolVersion, code, publicKey: keys.publicKey, name: options.name ?? 'Reception', appVersion: '1.0.0', siteId: options.siteId ?? v7() };
    return new TestWorkstation(send, keys, await send('enrol', null, body));
  }

  helloBody(over: Record<string, unknown> = {}): Record<string, unknown> {
    const claims = {
      protocol: protocolVersion, deviceId: this.enrolment.deviceId, counter: this.counter, at: new Date().toISOString(), epoch: this.epoch, position: this.position,
      appVersion: '1.0.0', ...over,
    };
    return { ...claims, signature: signed(helloText(claims as Parameters<typeof helloText>[0]), this.keys) };
  }

  async hello(): Promise<HelloAnswer> {
    this.counter += 1;
    const answer = await this.send('hello', null, this.helloBody());
    if (answer.state === 'cloned') return answer;
    this.token = answer.token;
    if (this.epoch !== null && this.epoch !== answer.epoch) this.position = Math.min(this.position, answer.sharedPosition ?? 0);
    this.epoch = answer.epoch;
    this.scopeVersion = answer.scopeVersion;
    return answer;
  }

  /** The identity that a copy of this workstation takes. */
  async reidentified(keys = makeKeyPair()): Promise<TestWorkstation> {
    const claims = { deviceId: this.enrolment.deviceId, publicKey: keys.publicKey };
    const identity = await this.send('reidentify', null, { ...claims, signature: signed(reidentifyText(claims), this.keys) });
    const copy = new TestWorkstation(this.send, keys, { ...this.enrolment, ...identity });
    copy.epoch = this.epoch;
    copy.position = this.position;
    copy.counter = this.counter;
    return copy;
  }

  /** A message behind a hello; all but the report name the epoch. */
  ask<Name extends SyncMessageName>(name: Name, body: Record<string, unknown> = {}): Promise<SyncAnswers[Name]> {
    return this.send(name, this.token, name === 'report' ? body : { epoch: this.epoch, ...body });
  }

  /** With the id of each change set beside what became of it. */
  async push(...changeSets: ChangeSet[]): Promise<PushAnswer & { outcomes: PushOutcome[] }> {
    const answer = await this.ask('push', { changeSets });
    return { ...answer, outcomes: answer.outcomes.map((verdict, index) => ({ id: changeSets[index]?.id ?? '', ...verdict })) };
  }

  /** Pulls to the head and keeps what came. */
  async pull(maxBytes = 1_000_000): Promise<PulledChangeSet[]> {
    const before = this.pulled.length;
    for (;;) {
      const answer = await this.ask('pull', { after: this.position, maxBytes });
      for (const changeSet of answer.changeSets) this.take(changeSet);
      this.position = answer.position;
      if (answer.position >= answer.head) return this.pulled.slice(before);
    }
  }

  take(changeSet: PulledChangeSet): void {
    this.pulled.push(changeSet);
    for (const document of changeSet.documents) this.documents.set(`${document.collection}/${document.id}`, document);
    for (const patientId of changeSet.withdrawn) {
      const names = ({ collection, id, content }: WireDocument) =>
        id === patientId || content?.['patientId'] === patientId || content?.['sharedChartId'] === patientId && collection !== 'referrals' || content?.['referralId'] === patientId && collection !== 'sharedCharts';
      for (const [key, document] of this.documents) if (names(document)) this.documents.delete(key);
    }
  }

  async snapshot(maxBytes = 1_000_000): Promise<SnapshotAnswer['documents']> {
    const { at, documents } = await this.readSnapshot({ at: null, maxBytes });
    const apart = await this.readSnapshot({ at, maxBytes, apart: true });
    const contentOf = (content: unknown) => (content === null ? null : (JSON.parse(Buffer.from(content as Uint8Array).toString()) as unknown));
    deepStrictEqual(apart.documents.map(({ content, ...frame }) => ({ ...frame, content: contentOf(content) })), documents.map(({ content, ...frame }) => ({ ...frame, content })));
    this.position = at;
    return documents;
  }

  private async readSnapshot({ at: from, ...asked }: { at: number | null; maxBytes: number; apart?: true }): Promise<{ at: number; documents: SnapshotAnswer['documents'] }> {
    const documents: SnapshotAnswer['documents'] = [];
    let [at, cursor]: [number | null, string | null] = [from, null];
    do {
      const answer: SnapshotAnswer = await this.ask('snapshot', { ...asked, at, cursor });
      documents.push(...answer.documents);
      [at, cursor] = [answer.at, answer.cursor];
    } while (cursor !== null);
    return { at, documents };
  }

  changeSet(...documents: WireDocument[]): ChangeSet {
    return {
      id: v7(), action: 'patient.updated', actorId: v7(), deviceId: this.enrolment.deviceId, wallTime: new Date().toISOString(),
      documents,
    };
  }
}

const meta = () => ({ rev: v4(), baseRev: null, deleted: false, createdAt: '2026-03-01T08:00:00.000Z', updatedAt: '2026-03-01T08:00:00.000Z', updatedBy: 'someone' });

export const patient = (over: Record<string, unknown> = {}): WireDocument => ({
  collection: 'patients', id: v7(), ...meta(), content: { name: '王小明', gender: 'male', birthday: '1980-02-03', address: '人民路 1 号', medicalRecordNumber: '01-000001', ...over },
});

export const record = (patientId: string, over: Record<string, unknown> = {}): WireDocument => ({
  collection: 'medicalRecords', id: v7(), ...meta(),
  content: {
    patientId, doctorId: v7(), doctorName: '李医生', status: 'draft', kind: 'outpatient', department: '内科', chiefComplaint: '咳嗽三天', diagnosis: '上呼吸道感染',
    admissionDate: '2026-03-01', ...over,
  },
});

export const site = (id: string, name = '城东诊所'): WireDocument => ({
  collection: 'sites', id, ...meta(), content: { organisationName: 'Outpost 诊所', name, departments: ['内科'] },
});

export const user = (over: Record<string, unknown> = {}): WireDocument => ({
  collection: 'users', id: v7(), ...meta(), content: { username: `user-${v4().slice(0, 8)}`, displayName: '管理员', role: 'admin', active: true, ...over },
});

/** A letter with what goes along with it: a copy of a chart, until `expiresAt`, a message and a task. */
export function referral({ patientId, senderSiteId, recipientSiteId }: { patientId: string; senderSiteId: string; recipientSiteId: string }, text = '请会诊', expiresAt = '2026-04-01T08:00:00.000Z') {
  const [id, sharedChartId] = [v7(), v7()];
  const [sites, at] = [{ senderSiteId, siteIds: [senderSiteId, recipientSiteId] }, '2026-03-01T08:00:00.000Z'];
  const entry = { collection: 'conditions', id: v7(), updatedAt: at, content: { code: { text } } };
  const letter = {
    ...sites, recipientSiteId, kind: 'referral', status: 'requested', priority: 'routine', subjectId: patientId, patientName: text, gender: 'male', reason: text, authoredOn: at,
    requesterId: v7(), requesterName: '李医生', sharedChartId,
  };
  const message = { referralId: id, payload: text, sent: at, senderId: v7(), senderName: '李医生', senderSiteId, recipientSiteId };
  return {
    referral: { collection: 'referrals', id, ...meta(), content: letter } as WireDocument,
    chart: { collection: 'sharedCharts', id: sharedChartId, ...meta(), content: { ...sites, referralId: id, expiresAt, patient: { name: text, gender: 'male' }, entries: [entry] } } as WireDocument,
    message: { collection: 'communications', id: v7(), ...meta(), content: message } as WireDocument,
    task: { collection: 'careTasks', id: v7(), ...meta(), content: { referralId: id, description: text, status: 'requested', priority: 'routine', authoredOn: at, requesterId: v7(), requesterName: '李医生' } } as WireDocument,
  };
}

/** The next version of a document, written over it. */
const at = '2026-03-01T08:00:00.000Z';
const written = (collection: string, content: Record<string, unknown>): WireDocument => ({
  collection, id: v7(), rev: v7(), baseRev: null, deleted: false, createdAt: at, updatedAt: at, updatedBy: 'doctor', content,
});
export const observation = (patientId: string): WireDocument =>
  written('observations', { patientId, code: { text: 'Heart rate' }, status: 'final', effectiveDateTime: at, valueString: '72', recorderId: 'doctor', recorderName: 'Doctor', recordedDate: at });
/** The seal of a chart that has these documents. */
export const sealOf = (patientId: string, ...documents: WireDocument[]): WireDocument =>
  written('archivedCharts', {
    patientId, chart: 'encounters', kind: 'outpatient', period: { start: '2026-03-01', end: '2026-03-01' }, signature: { userId: 'clerk', name: 'Clerk', at },
    entry: documents.map(({ collection, id, rev }) => ({ collection, id, rev, hash: '0'.repeat(64) })),
  });

export const edited = (document: WireDocument, over: Record<string, unknown>, facts: Partial<WireDocument> = {}): WireDocument => ({
  ...document, rev: v4(), baseRev: document.rev, updatedAt: '2026-03-02T08:00:00.000Z', content: { ...document.content, ...over }, ...facts,
});
