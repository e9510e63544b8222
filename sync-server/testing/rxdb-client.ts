import { createRxDatabase, type RxCollection, type RxStorage } from 'rxdb';
import { v7 } from 'uuid';
import { outpostConflictHandler, replicateWithOutpost, sharedSession } from '../rxdb/client.ts';
import type { RxdbDocument } from '../rxdb/documents.ts';
import type { TestWorkstation } from './workstation.ts';

const text = { type: 'string' } as const;
/** A client of somebody else's making: it knows some of the fields only. */
const schemaOf = (fields: string[]) => ({
  version: 0, primaryKey: 'id', type: 'object' as const,
  properties: { id: { ...text, maxLength: 36 }, rev: text, createdAt: text, updatedAt: text, updatedBy: text, ...Object.fromEntries(fields.map((field) => [field, text])) },
  required: ['id'],
});
const known = {
  patients: ['name', 'gender', 'birthday', 'address', 'phone', 'medicalRecordNumber'],
  medicalRecords: ['patientId', 'doctorId', 'doctorName', 'status', 'kind', 'department', 'chiefComplaint', 'diagnosis', 'admissionDate'],
};

/** RxDB itself keeps fields that no schema names, and sends them back: a client with models of its own does not. */
function asFarAsKnown(name: keyof typeof known, answer: RxdbDocument[] | { documents: RxdbDocument[] }): unknown {
  const fields = new Set([...Object.keys(schemaOf(known[name]).properties), '_deleted']);
  const trimmed = (documents: RxdbDocument[]) => documents.map((document) => Object.fromEntries(Object.entries(document).filter(([field]) => fields.has(field))));
  return Array.isArray(answer) ? trimmed(answer) : { ...answer, documents: trimmed(answer.documents) };
}

export interface RxdbClient {
  patients: RxCollection<RxdbDocument>;
  medicalRecords: RxCollection<RxdbDocument>;
  offline: boolean;
  /** Everything that was written here is on the server and the other way round. */
  inStep(): Promise<void>;
  close(): Promise<void>;
}

/** A database of RxDB that replicates with a real server, as the workstation that enrolled for it. */
export async function openRxdbClient(address: () => string, station: TestWorkstation, storage: RxStorage<unknown, unknown>): Promise<RxdbClient> {
  const database = await createRxDatabase({ name: `clinic-${v7()}`, storage, multiInstance: false });
  const made = await database.addCollections({
    patients: { schema: schemaOf(known.patients), conflictHandler: outpostConflictHandler },
    medicalRecords: { schema: schemaOf(known.medicalRecords), conflictHandler: outpostConflictHandler },
  });
  const collection = (name: keyof typeof known) => made[name] as unknown as RxCollection<RxdbDocument>;
  const session = sharedSession(async () => {
    await station.hello();
    return { token: station.token as string, epoch: station.epoch as string, scopeVersion: station.scopeVersion };
  });
  const facts = { offline: false };
  const send: typeof fetch = async (url, request) => {
    if (facts.offline) throw new TypeError('offline');
    const response = await fetch(url, request);
    const { collection: name } = JSON.parse(String(request?.body)) as { collection: keyof typeof known };
    return response.ok ? Response.json(asFarAsKnown(name, (await response.json()) as RxdbDocument[] | { documents: RxdbDocument[] })) : response;
  };
  const running = (['patients', 'medicalRecords'] as const).map((name) =>
    replicateWithOutpost({
      address: address(), name, collection: collection(name), actorId: v7(), batchSize: 20, fetch: send, session }),
  );
  return {
    patients: collection('patients'),
    medicalRecords: collection('medicalRecords'),
    get offline() {
      return facts.offline;
    },
    set offline(offline: boolean) {
      facts.offline = offline;
    },
    async inStep() {
      for (const { state, resync } of running) {
        resync();
        await state.awaitInSync();
      }
    },
    async close() {
      for (const { state } of running) await state.cancel();
      await database.close();
    },
  };
}

/** A document as the client shows it; undefined where it has none. */
export const shown = async (collection: RxCollection<RxdbDocument>, id: string) => (await collection.findOne(id).exec())?.toMutableJSON() as Record<string, unknown> | undefined;
