import type { AdminMessageName } from '../../shared/sync/admin-protocol.ts';
import type { WireDocument } from '../../shared/sync/protocol.ts';
import { openDatabase, type DatabaseOptions } from '../database/index.ts';
import { createService, SyncException, type SyncMessageName, type SyncService } from '../service/index.ts';
import { hashOf, sharedDocument } from './attachments.ts';
import { files, randomFrom, requestMaker, sendFiles, withFile, type Request } from './isolation.ts';
import { makeKeyPair, patient, record, referral, site, TestWorkstation, user } from './workstation.ts';

/** Ids of documents that a neighbour has on one server; on the other the neighbour has the same under other ids. */
type Renaming = (document: WireDocument) => WireDocument;

export interface Twin {
  service: SyncService;
  attacker: TestWorkstation;
  neighbour: TestWorkstation;
  close(): Promise<void>;
}

export interface TwinGround {
  /** On the first the ids that are guessed are a neighbour's, on the second nobody's. */
  twins: [Twin, Twin];
  own: WireDocument[];
  foreign: WireDocument[];
}

const begin = Date.parse('2026-03-01T08:00:00.000Z');

/** Two servers that differ in nothing but the ids (and revs) of what the attacker must not know of. */
export async function prepareTwins(make: () => Promise<DatabaseOptions>, seed: number): Promise<TwinGround> {
  const random = randomFrom(seed);
  const uuid = uuidsFrom(random);
  const [keys, otherKeys] = [makeKeyPair(), makeKeyPair()];
  const fixed = (document: WireDocument): WireDocument => ({ ...document, id: uuid(), rev: uuid() });
  const ours = [fixed(patient()), fixed(patient())];
  const own = [...ours, ...ours.map(({ id }) => fixed(record(id))), ...files.own.map((bytes) => fixed(withFile(ours[0]?.id ?? '', bytes))), fixed(user())];
  const theirs = Array.from({ length: 4 }, () => fixed(patient({ name: '他人' })));
  const sites = [uuid(), uuid()] as [string, string];
  const letter = fixedLetter(theirs[0]?.id ?? '', sites[0], uuid);
  const chart = letter.find(({ collection }) => collection === 'sharedCharts') as WireDocument;
  const entry = fixed({ ...patient(), collection: 'auditEntries', content: { action: 'patient.viewed', actorId: uuid(), actorName: '李', deviceId: uuid() } });
  // An audit entry is told to nobody: its id may be guessed, its rev may not.
  const hidden = { ...entry, rev: uuid() };
  const foreign = [...theirs, ...theirs.flatMap(({ id }) => [fixed(record(id)), fixed(record(id))]), ...files.foreign.map((bytes) => fixed(withFile(theirs[0]?.id ?? '', bytes))), ...letter, fixed(sharedDocument(chart.id, files.foreign[0] as Uint8Array)), entry];
  const others = new Map(foreign.flatMap(({ id, rev }) => [[id, uuid()], [rev, uuid()]]));
  const renamed: Renaming = (document) => JSON.parse(JSON.stringify(document).replaceAll(/[0-9a-f-]{36}/g, (id) => others.get(id) ?? id).replaceAll(hashOf(files.foreign[0] as Uint8Array), hashOf(files.foreign[1] as Uint8Array))) as WireDocument;
  const wallTime = new Date(begin).toISOString();

  async function open(rename: Renaming): Promise<Twin> {
    const database = await openDatabase(await make());
    const bytes = randomFrom(seed + 1);
    const service = createService(database, {
      pollMilliseconds: 0, clock: { now: () => new Date(begin) }, newId: uuidsFrom(randomFrom(seed + 2)),
      randomBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(bytes() * 256)),
    });
    const { organisationId } = await service.createOrganisation('Outpost');
    const join = async (siteId: string, pair: typeof keys) => {
      const { code } = await service.createCode({ organisationId, siteId, mayAdminister: false });
      const station = await TestWorkstation.enrol(service.handle, code, { keys: pair });
      await station.hello();
      return station;
    };
    const neighbour = await join(sites[0], otherKeys);
    const attacker = await join(sites[1], keys);
    const sent = (station: TestWorkstation, index: number, ...documents: WireDocument[]) => ({ ...station.changeSet(...documents), id: named[index] as string, actorId: named[0] as string, wallTime });
    await neighbour.push(sent(neighbour, 1, fixedSite), sent(neighbour, 2, ...foreign.map((document) => rename(document === entry ? hidden : document))));
    await sendFiles(neighbour, foreign.map(rename));
    await attacker.push(sent(attacker, 3, ...own));
    return { service, attacker, neighbour, close: async () => { await service.close(); await database.close(); } };
  }
  const fixedSite = { ...fixed(site(sites[0])), id: sites[0] };
  const named = Array.from({ length: 4 }, uuid);
  return { twins: [await open((document) => document), await open(renamed)], own, foreign };
}

/** A neighbour's letter to a third site, whose ids and revs depend on the seed alone, also where its documents name each other. */
function fixedLetter(patientId: string, senderSiteId: string, uuid: () => string): WireDocument[] {
  const documents = Object.values(referral({ patientId, senderSiteId, recipientSiteId: uuid() }));
  const ids = new Map(documents.map(({ id }) => [id, uuid()]));
  return documents.map((document) => ({ ...(JSON.parse(JSON.stringify(document).replaceAll(/[0-9a-f-]{36}/g, (id) => ids.get(id) ?? id)) as WireDocument), rev: uuid() }));
}

const uuidsFrom = (random: () => number) => (): string =>
  'xxxxxxxx-xxxx-7xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => Math.floor(random() * 16).toString(16));

/** What one server answers, as the text that would travel. */
export async function answerOf(service: SyncService, { path, token, body }: Request): Promise<string> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const sent = JSON.parse(JSON.stringify(body)) as unknown;
  try {
    if (path.startsWith('/rxdb/')) return JSON.stringify(await service.rxdb[name as 'pull' | 'push'](token, sent));
    if (path.includes('/admin/')) return JSON.stringify(await service.administer(name as AdminMessageName, token, sent));
    const answer = await service.answer(name as SyncMessageName, token, sent);
    return typeof answer === 'string' ? answer : Buffer.from(answer).toString();
  } catch (error) {
    return error instanceof SyncException ? JSON.stringify(error.error) : `broke: ${String(error)}`;
  }
}

export interface Comparison {
  answered: number;
  /** From the first on the two have different histories: nothing more is to be learnt. */
  difference: string | undefined;
}

/** Sends the same forged requests to both; what one answers otherwise than the other tells who is there. */
export async function compareTwins({ twins, own, foreign }: TwinGround, { seed, requests }: { seed: number; requests: number }): Promise<Comparison> {
  const [{ attacker, neighbour }] = twins;
  const make = requestMaker({ attacker, own, foreign, neighbours: [neighbour] }, randomFrom(seed));
  const found: Comparison = { answered: 0, difference: undefined };
  for (let sent = 0; sent < requests && found.difference === undefined; sent += 1) {
    const request = make();
    if (request.path.endsWith('/hints')) continue;
    const [theirs, nobodys] = [await answerOf(twins[0].service, request), await answerOf(twins[1].service, request)];
    if (!theirs.startsWith('{"code"')) found.answered += 1;
    if (theirs !== nobodys || theirs.startsWith('broke')) found.difference = `seed ${seed}, request ${sent} to ${request.path} ${JSON.stringify(request.body)}: ${theirs.slice(0, 600)} | ${nobodys.slice(0, 600)}`;
    if (request.path.endsWith('/hello') && theirs.includes('"token"')) for (const twin of twins) await twin.attacker.hello();
  }
  return found;
}
