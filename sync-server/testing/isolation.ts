import { v7 } from 'uuid';
import type { WireDocument } from '../../shared/sync/protocol.ts';
import type { RunningServer } from '../http/index.ts';
import { bytesOf, chunkOf, documentReference, hashOf, putAll, sharedDocument } from './attachments.ts';
import { listen, post, sendTo } from './http.ts';
import { patient, record, referral, site, TestWorkstation, user } from './workstation.ts';

/** Numbers between 0 and 1 that depend on the seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Two organisations; in the first, the attacker's site and another. What the attacker must never see bears a mark. */
export interface Ground {
  server: RunningServer;
  attacker: TestWorkstation;
  /** Documents of the attacker's own site. */
  own: WireDocument[];
  foreign: WireDocument[];
  neighbours: TestWorkstation[];
  tokens: (string | null)[];
}

const mark = '他人之病历';

/** Files that documents of the ground name. The attacker has the first two, and knows the hashes of the others. */
export const files = { own: [bytesOf('自己', 700), bytesOf('自己的另一份', 300)], foreign: [bytesOf(mark, 700), bytesOf(`${mark}二`, 700)] };
const allFiles = [...files.own, ...files.foreign];
const bytesWithHash = (hash: unknown) => allFiles.find((bytes) => hashOf(bytes) === hash);
/** Of each chunk that is somebody else's, as it would come out. */
const foreignChunks = files.foreign.flatMap((bytes) => [0, 1].map((number) => chunkOf(bytes, number).slice(0, 80))).filter((text) => text !== '');

/** What a document of a patient names, and the bytes to it. */
export const withFile = (patientId: string, bytes: Uint8Array): WireDocument => documentReference(patientId, bytes);
export async function sendFiles(station: TestWorkstation, documents: readonly WireDocument[]): Promise<void> {
  for (const document of documents) {
    const bytes = bytesWithHash((document.content?.['attachment'] as { hash?: string } | undefined)?.hash);
    if (bytes !== undefined) await putAll(station, document, bytes);
  }
}

export async function prepareGround(server: RunningServer): Promise<Ground> {
  const { service } = server;
  const send = sendTo(() => server.address);
  const [one, two] = [await service.createOrganisation('one'), await service.createOrganisation('two')];
  const join = async (organisationId: string, name = 'Reception') => {
    const station = await TestWorkstation.enrol(send, (await service.createCode({ organisationId })).code, { name });
    await station.hello();
    return station;
  };
  const attacker = await join(one.organisationId);
  const [neighbour, stranger] = [await join(one.organisationId), await join(two.organisationId, mark)];
  const visits = (patients: WireDocument[], diagnosis: string) => patients.flatMap(({ id }) => [record(id, { diagnosis }), record(id, { diagnosis })]);
  const ours = [patient(), patient()];
  const own = [...ours, ...visits(ours, '感冒'), ...files.own.map((bytes) => withFile(ours[0]?.id ?? '', bytes)), user(), site(attacker.enrolment.siteId)];
  await attacker.push(attacker.changeSet(...own));
  const foreign: WireDocument[] = [];
  for (const station of [neighbour, stranger]) {
    const theirs = Array.from({ length: 6 }, () => patient({ name: mark, address: mark }));
    const sent = referral({ patientId: theirs[0]?.id ?? '', senderSiteId: station.enrolment.siteId, recipientSiteId: v7() }, mark, '2126-04-01T08:00:00.000Z');
    const documents = [...theirs, ...visits(theirs, mark), ...files.foreign.map((bytes) => withFile(theirs[0]?.id ?? '', bytes)), ...Object.values(sent), sharedDocument(sent.chart.id, files.foreign[0] as Uint8Array)];
    if (station === stranger) documents.push(user({ displayName: mark }), site(station.enrolment.siteId, mark));
    for (const document of documents) await station.push(station.changeSet(document));
    await sendFiles(station, documents);
    foreign.push(...documents);
  }
  return { server, attacker, own, foreign, neighbours: [neighbour, stranger], tokens: [] };
}

type Random = () => number;
export interface Request {
  path: string;
  token: string | null;
  body: unknown;
}

const names = ['hints', 'pull', 'snapshot', 'documents', 'bucket', 'digests', 'offer', 'push', 'report', 'surroundings', 'hello', 'reidentify', 'enrol', 'attachments', 'attachment-put', 'attachment-get', 'admin/fleet', 'admin/rename', 'admin/revoke', 'admin/move', 'admin/lag', 'admin/create-code', 'admin/permit', 'admin/quarantine.list', 'admin/quarantine.read', 'admin/quarantine.release', 'rxdb/pull', 'rxdb/push'];

/** Makes requests out of what the attacker knows, has heard of, or makes up. */
export function requestMaker({ attacker, own, foreign, neighbours }: Omit<Ground, 'server' | 'tokens'>, random: Random): () => Request {
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const uuid = () => `${Array.from({ length: 8 }, () => Math.floor(random() * 65_536).toString(16).padStart(4, '0')).join('')}`.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
  const anyId = () => one([() => one(foreign).id, () => one(own).id, uuid, () => one(neighbours).enrolment.siteId, () => one(neighbours).enrolment.deviceId])();
  const anyRev = () => one([() => one(foreign).rev, () => one(own).rev, uuid])();
  const anyNumber = () => one([0, 1, 2, 5, 17, 30, -1, 1.5, 2 ** 31, 2 ** 53 - 1, 2 ** 60, '1', null]);
  const anyText = () => one(['', '*', '!', '%', "' OR 1=1 -- ", '\u0000', '0.0', '3.1', '999999999999999.999999999', '\ud800', 'x'.repeat(500)]);
  const collection = () => one(['patients', 'medicalRecords', 'documentReferences', 'users', 'sites', 'conflicts', 'auditEntries', 'referrals', 'sharedCharts', 'communications', 'careTasks', 'settings', 'revisions', '']);
  // Most of each request is right, so that it gets as far as the part that is forged.
  const mostly = <Item>(right: Item, forged: () => Item): Item => (random() < 0.9 ? right : forged());
  const token = () => mostly(attacker.token, () => one([null, uuid(), attacker.token?.slice(1) ?? null, `${attacker.token}A`]));
  const epoch = () => mostly<string | null | undefined>(attacker.epoch, () => one([one(neighbours).epoch, uuid(), undefined]));
  const position = () => mostly<unknown>(Math.floor(random() * 4), anyNumber);
  const size = () => mostly<unknown>(one([1, 1000, 1e6, 1e12]), anyNumber);
  const letter = () => referral({ patientId: anyId(), senderSiteId: one(neighbours).enrolment.siteId, recipientSiteId: attacker.enrolment.siteId });
  const document = (): unknown => {
    const base = one([one(foreign), one(own), patient(), record(anyId()), withFile(anyId(), one(allFiles)), sharedDocument(anyId(), one(allFiles)), one(Object.values(letter()))]);
    const content = one([base.content, { ...base.content, patientId: anyId() }, { ...base.content, siteIds: [attacker.enrolment.siteId, anyId()] }, null, { notes: anyText() }]);
    // What it sends itself it may get back: without the mark.
    return { ...base, content: JSON.parse(JSON.stringify(content).replaceAll(mark, '攻击者')) as unknown, collection: one([base.collection, base.collection, collection()]), id: one([base.id, anyId()]), rev: anyRev(), baseRev: one([base.rev, anyRev(), null]) };
  };
  const changeSet = () => mostly<unknown>({ ...attacker.changeSet(), id: anyId(), deviceId: anyId(), documents: Array.from({ length: Math.ceil(random() * 3) }, document) }, () => one([{ id: anyId() }, anyText(), null]));
  const extras = () => mostly<object>({}, () => one<object>([{ siteId: anyId() }, { organisationId: anyId() }, { deviceId: anyId() }, { scope: '*' }]));
  const forms: Record<string, () => object> = {
    pull: () => ({ after: position(), maxBytes: size() }),
    snapshot: () => ({ at: one([null, position()]), cursor: one([null, `${position()}.${position()}`, mostly(null, anyText)]), maxBytes: size(), ...one([{}, { apart: true }]) }),
    documents: () => ({ refs: Array.from({ length: Math.ceil(random() * 8) }, () => ({ collection: mostly(one(foreign).collection, collection), id: anyId() })) }),
    bucket: () => ({ collection: mostly(one(foreign).collection, collection), bucket: mostly<unknown>(Number.parseInt(one(foreign).id.slice(-2), 16), anyNumber) }),
    offer: () => ({ changeSets: [{ id: anyId(), revs: Array.from({ length: Math.ceil(random() * 4) }, anyRev) }] }),
    push: () => ({ changeSets: Array.from({ length: Math.ceil(random() * 3) }, changeSet) }),
    report: () => ({
      epoch: undefined, at: new Date().toISOString(), appVersion: mostly('1.0.0', anyText), unsent: mostly<unknown>(1, anyNumber), oldestUnsentAt: null, quarantined: 0, openConflicts: 0,
      lastSuccessAt: null, position: position(), dataBytes: 1, lastError: null, digestsDiffered: 0, namesTag: one([null, anyText()]),
    }),
    surroundings: () => ({ namesTag: one([null, anyText()]) }),
    hello: () => ({ ...attacker.helloBody({ deviceId: anyId(), counter: anyNumber() }), epoch: undefined }),
    reidentify: () => ({ epoch: undefined, deviceId: anyId(), publicKey: attacker.keys.publicKey, signature: 'AAAA' }),
    enrol: () => ({ epoch: undefined, protocol: { major: 1, minor: 0 }, code: anyText(), publicKey: attacker.keys.publicKey, name: 'x', appVersion: '1', siteId: anyId() }),
    attachments: () => ({
      attachments: mostly<unknown>(Array.from({ length: Math.ceil(random() * 4) }, attachmentRef), () => one([anyText(), [{ id: anyId() }], null])),
      lacking: one<unknown>([null, { cursor: null }, { cursor: one(['0.0', '3.1', '-1.0', '999999999999999.0', anyText()]) }, anyText()]),
    }),
    'attachment-put': () => {
      const ref = attachmentRef();
      const number = mostly<unknown>(Math.floor(random() * 3), anyNumber);
      const bytes = random() < 0.8 ? one(files.own) : one(allFiles);
      return { ...ref, number, bytes: mostly<unknown>(Number.isSafeInteger(number) && Number(number) >= 0 ? chunkOf(bytes, Number(number)) : '', () => one<unknown>([anyText(), 'AAAA', '', null, 1])) };
    },
    'attachment-get': () => ({ ...attachmentRef(), number: mostly<unknown>(Math.floor(random() * 3), anyNumber) }),
    'rxdb/pull': () => ({ collection: one(foreign).collection, scopeVersion: 1, checkpoint: null, batchSize: mostly<unknown>(100, anyNumber) }),
    'rxdb/push': () => ({ collection: one(foreign).collection, actorId: anyId(), rows: [rxdbRow()] }),
  };
  const withAttachment = (documents: readonly WireDocument[]) => documents.filter((found) => found.collection === 'documentReferences');
  const attachmentRef = () => {
    const named = one([...withAttachment(own), ...withAttachment(foreign)]);
    const hash = (named.content?.['attachment'] as { hash: string }).hash;
    return { id: mostly(named.id, anyId), hash: mostly<unknown>(hash, () => one([hashOf(one(allFiles)), anyText(), uuid()])) };
  };
  const rxdbRow = () => {
    const { id, rev } = one([one(foreign), one(own)]);
    const state = (fields: object) => ({ id, rev: mostly(rev, anyRev), _deleted: false, ...fields });
    return { ...mostly<object>({ assumedMasterState: state({}) }, () => ({})), newDocumentState: state({ ...one([patient(), record(anyId())]).content, notes: anyText() }) };
  };
  const adminForm = () => ({ epoch: undefined, actorId: anyId(), deviceId: anyId(), name: anyText(), siteId: anyId(), hours: anyNumber(), mayAdminister: true, changeSetId: anyId(), entries: [{ deviceId: anyId(), changeSetId: anyId() }], offset: 0, limit: 10 });
  return () => {
    const name = one(names);
    const form = forms[name]?.() ?? (name.startsWith('admin/') ? adminForm() : {});
    return { path: name.startsWith('rxdb/') ? name.replace('/', '/v1/').replace(/^/, '/') : `/sync/v1/${name}`, token: token(), body: { epoch: epoch(), ...extras(), ...form } };
  };
}

export interface Findings {
  requests: number;
  answered: number;
  leaks: string[];
}

/** Sends so many requests and reports every answer that shows something foreign or is no answer with a code. */
export async function attack(ground: Ground, { seed, requests }: { seed: number; requests: number }): Promise<Findings> {
  const make = requestMaker(ground, randomFrom(seed));
  const secrets = new Set(ground.foreign.map(({ rev }) => rev));
  const findings: Findings = { requests, answered: 0, leaks: [] };
  for (let sent = 0; sent < requests; sent += 1) {
    const { path, token, body } = make();
    if (path.endsWith('/hints')) {
      const found = await listenWith(ground, token);
      if (found !== undefined) findings.leaks.push(`seed ${seed}, request ${sent}: ${found}`);
      continue;
    }
    const text = JSON.stringify(body);
    const answer = await post(ground.server.address, path, text, token === null ? {} : { authorization: `Bearer ${token}` });
    if (answer.status === 200) findings.answered += 1;
    // A rev that the attacker named itself may come back, at once or with a later page.
    for (const rev of secrets) if (text.includes(rev)) secrets.delete(rev);
    const named = foreignChunks.filter((chunk) => text.includes(chunk));
    for (const chunk of named) foreignChunks.splice(foreignChunks.indexOf(chunk), 1);
    const foreign = answer.text.includes(mark) || [...secrets].some((rev) => answer.text.includes(rev)) || foreignChunks.some((chunk) => answer.text.includes(chunk));
    if (foreign || answer.status === 500 || (answer.status !== 200 && answer.body.error === undefined)) findings.leaks.push(`seed ${seed}, request ${sent}: ${answer.status} to ${path}`);
    // Its own hello with a forged counter, or an admin message, may have ended its token.
    if (answer.status === 200 && path.endsWith('/hello')) await ground.attacker.hello();
  }
  return findings;
}

/** A stream opens for a good token alone, and tells of its own organisation alone. */
async function listenWith({ server, attacker }: Ground, token: string | null): Promise<string | undefined> {
  try {
    const stream = await listen(server, token);
    const hint = await stream.head(0);
    stream.close();
    return token === attacker.token && hint.epoch === attacker.epoch ? undefined : 'a stream of somebody else';
  } catch (error) {
    const code = (error as { error?: { code: string } }).error?.code;
    return code === 'token-expired' && token !== attacker.token ? undefined : `a stream was answered with ${code}`;
  }
}

/** What is not there and what is somebody else's must look the same in everything that can be read. */
export async function compareAnswers({ server, attacker, foreign }: Ground): Promise<string[]> {
  const differences: string[] = [];
  for (const { collection, id, rev, content } of foreign) {
    const hash = (content?.['attachment'] as { hash: string } | undefined)?.hash ?? hashOf(files.own[0] as Uint8Array);
    const ref = { id, hash };
    for (const [name, body] of [
      ['attachments', { attachments: [ref], lacking: { cursor: null } }], ['attachment-get', { ...ref, number: 0 }], ['attachment-put', { ...ref, number: 0, bytes: chunkOf(bytesWithHash(hash) as Uint8Array, 0) }],
      ['documents', { refs: [{ collection, id }] }], ['offer', { changeSets: [{ id: attacker.enrolment.deviceId, revs: [rev] }] }], ['admin/rename', { actorId: attacker.enrolment.deviceId, deviceId: id, name: 'x' }],
    ] as const) {
      const ask = async (message: object) => {
        const answer = await post(server.address, `/sync/v1/${name}`, JSON.stringify({ ...(name.startsWith('admin') ? {} : { epoch: attacker.epoch }), ...message }), { authorization: `Bearer ${attacker.token}` });
        return `${answer.status} ${answer.text}`;
      };
      const [otherId, otherRev] = [v7(), v7()];
      const absent = JSON.parse(JSON.stringify(body).replaceAll(id, otherId).replaceAll(rev, otherRev)) as object;
      const [theirs, none] = [await ask(body), await ask(absent)];
      if (theirs !== none.replaceAll(otherId, id).replaceAll(otherRev, rev)) differences.push(`${name}: ${theirs} | ${none}`);
    }
  }
  return differences;
}

/** The foreign documents as they stand, by rev: an attack must not have changed them. */
export async function standing({ neighbours, foreign }: Ground): Promise<Map<string, string>> {
  const revs = new Map<string, string>();
  const nameOf = ({ collection, id }: { collection: string; id: string }) => `${collection}/${id}`;
  const wanted = new Set(foreign.map(nameOf));
  for (const station of neighbours) {
    await station.hello();
    for (const document of await station.snapshot()) if (wanted.has(nameOf(document))) revs.set(nameOf(document), document.rev);
  }
  return revs;
}
