import { join } from 'node:path';
import { v4, v7 } from 'uuid';
import { demoRecord } from '../../shared/demo/medical-record.ts';
import { demoPatient } from '../../shared/demo/patient.ts';
import { seededRandom, type Random } from '../../shared/demo/random.ts';
import type { WireDocument } from '../../shared/sync/protocol.ts';
import { openConnection } from '../../electron/storage/connection.ts';
import { documentColumns, type DocumentRow } from '../../electron/storage/documents.ts';
import { Keyring } from '../../electron/storage/keyring.ts';
import { toWire } from '../../electron/storage/replica/documents.ts';
import { TestWorkstation } from '../../sync-server/testing/workstation.ts';
import { adminAccount } from './clinic.ts';
import { progress } from './sync-cleanup.ts';
import { codeFor, type Central, type Organisation } from './sync-central.ts';

export interface Size {
  patients: number;
  records: number;
}

export const documentsOf = ({ patients, records }: Size): number => patients + records;

/** Documents of a change set: as many as the import and the demo data write at once. */
const ofAChangeSet = 1000;
const doctor = { id: v7(), name: '陈医生' };
const savedAt = '2026-01-01T08:00:00.000Z';
const today = savedAt.slice(0, 10);

const written = (collection: string, id: string, content: object): WireDocument => ({
  collection, id, rev: v4(), baseRev: null, deleted: false, createdAt: savedAt, updatedAt: savedAt, updatedBy: doctor.id, content: JSON.parse(JSON.stringify(content)) as Record<string, unknown>,
});

/** Made-up patients and then their records, as `npm run seed` makes them. */
export function* madeUp({ patients, records }: Size, seed: number): Generator<WireDocument> {
  const random = seededRandom(seed);
  const patientIds: string[] = [];
  for (let index = 0; index < patients; index += 1) {
    const id = v7();
    patientIds.push(id);
    yield written('patients', id, { ...demoPatient(random, today), medicalRecordNumber: `90-${String(index + 1).padStart(6, '0')}` });
  }
  for (let index = 0; index < records; index += 1) yield written('medicalRecords', v7(), record(random, patientIds));
}

const record = (random: Random, patientIds: string[]) =>
  demoRecord(random, { patientId: random.pick(patientIds as [string, ...string[]]), today, language: 'zh', doctors: [doctor] });

/** People and site of a seeded profile, whose passwords then open every workstation that joins the organisation. */
async function staffOf(profile: string): Promise<WireDocument[]> {
  const { databaseKey } = await Keyring.open(profile, { now: () => new Date() }).unsealWithPassword(adminAccount.username, adminAccount.password);
  const connection = openConnection(join(profile, 'outpost.db'), databaseKey, { readonly: true });
  const rows = (table: string) => connection.prepare(`SELECT ${documentColumns} FROM ${table}`).all() as DocumentRow[];
  const documents = ['sites', 'users'].flatMap((table) => rows(table).map((row) => toWire(table, row)));
  connection.close();
  return documents;
}

/** An organisation of this size with the staff of a seeded profile, written into the server's database in big change sets. */
export async function fillOrganisation(central: Central, name: string, size: Size, staffProfile: string): Promise<Organisation> {
  const { organisationId } = await central.service.createOrganisation(name);
  const staff = await staffOf(staffProfile);
  const siteId = staff.find(({ collection }) => collection === 'sites')?.id as string;
  const organisation = { organisationId, siteId };
  const writer = await TestWorkstation.enrol(central.service.handle, await codeFor(central, organisation), { siteId, name: 'Writer' });
  await writer.hello();
  await send(writer, staff);
  await sendAll(writer, size, name);
  return organisation;
}

/** Two at once: one is put together while the database writes the other. */
async function sendAll(writer: TestWorkstation, size: Size, name: string): Promise<void> {
  const total = documentsOf(size);
  const began = performance.now();
  const under: Promise<void>[] = [];
  let [done, batch]: [number, WireDocument[]] = [0, []];
  const sendBatch = async () => {
    done += batch.length;
    const sending = send(writer, batch);
    // It is awaited later; until then a failure is nobody's.
    sending.catch(() => undefined);
    under.push(sending);
    batch = [];
    if (under.length === 2) await under.shift();
    if (done % 50_000 === 0) progress(`${name}: ${done} of ${total} documents, ${rateSince(began, done)} a second`);
  };
  for (const document of madeUp(size, 1)) {
    // A record comes after its patient.
    if (batch.length > 0 && batch[0]?.collection !== document.collection) {
      await sendBatch();
      await Promise.all(under.splice(0));
    }
    if (batch.push(document) === ofAChangeSet) await sendBatch();
  }
  if (batch.length > 0) await sendBatch();
  await Promise.all(under);
  progress(`${name}: ${total} documents written, ${rateSince(began, total)} a second`);
}

const rateSince = (began: number, documents: number): number => Math.round((documents * 1000) / (performance.now() - began));

async function send(writer: TestWorkstation, documents: WireDocument[]): Promise<void> {
  const { outcomes } = await writer.push(writer.changeSet(...documents));
  if (outcomes.some(({ outcome }) => outcome !== 'accepted')) throw new Error(`The server refused what was to fill it: ${JSON.stringify(outcomes)}`);
}
