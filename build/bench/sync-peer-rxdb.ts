import { createRxDatabase, type RxCollection } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { v7 } from 'uuid';
import { medicalRecordInputSchema } from '../../shared/schema/medical-record.ts';
import { patientInputSchema } from '../../shared/schema/patient.ts';
import { outpostConflictHandler, replicateWithOutpost } from '../../sync-server/rxdb/client.ts';
import type { RxdbDocument } from '../../sync-server/rxdb/documents.ts';
import { lightClients, type Central, type Organisation } from './sync-central.ts';

/** Long batches suit RxDB: shorter ones cost it more round trips. */
const batchSize = 1000;
const text = { type: 'string' } as const;
const schemaOf = (fields: string[]) => ({
  version: 0, primaryKey: 'id', type: 'object' as const, required: ['id'],
  properties: { id: { ...text, maxLength: 36 }, rev: text, createdAt: text, updatedAt: text, updatedBy: text, ...Object.fromEntries(fields.map((field) => [field, {}])) },
});

/** Documents a second of a first copy by RxDB with its memory storage, which makes nothing durable and encrypts nothing. */
export async function takeByRxdb(central: Central, organisation: Organisation, documents: number): Promise<number> {
  const { address } = central.server;
  const [client] = await lightClients(central, organisation, 1, address);
  if (client === undefined) throw new Error('There is no light client');
  const database = await createRxDatabase({ name: `bench-${v7()}`, storage: getRxStorageMemory(), multiInstance: false });
  const collections = await database.addCollections({
    patients: { schema: schemaOf([...Object.keys(patientInputSchema.shape), 'medicalRecordNumber']), conflictHandler: outpostConflictHandler },
    medicalRecords: { schema: schemaOf([...Object.keys(medicalRecordInputSchema.shape), 'patientId', 'doctorId', 'doctorName', 'status', 'signature']), conflictHandler: outpostConflictHandler },
  });
  const began = performance.now();
  const running = (['patients', 'medicalRecords'] as const).map((name) =>
    replicateWithOutpost({
      address, name, collection: collections[name] as unknown as RxCollection<RxdbDocument>, actorId: v7(), batchSize,
      session: async (stale) => {
        if (stale !== undefined) await client.hello();
        return { token: client.token as string, epoch: client.epoch as string, scopeVersion: client.scopeVersion };
      },
    }),
  );
  await Promise.all(running.map(({ state }) => state.awaitInitialReplication()));
  const seconds = (performance.now() - began) / 1000;
  const counts = await Promise.all([collections.patients.count().exec(), collections.medicalRecords.count().exec()]);
  const taken = counts.reduce((sum, count) => sum + count, 0);
  for (const { state } of running) await state.cancel();
  await database.close();
  if (taken !== documents) throw new Error(`RxDB holds ${taken} of ${documents} documents`);
  return documents / seconds;
}
