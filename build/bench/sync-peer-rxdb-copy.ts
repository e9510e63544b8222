import { createRxDatabase, type RxCollection, type RxStorage } from 'rxdb';
import { v7 } from 'uuid';
import { medicalRecordInputSchema } from '../../shared/schema/medical-record.ts';
import { patientInputSchema } from '../../shared/schema/patient.ts';
import { outpostConflictHandler, replicateWithOutpost, type RxdbSession } from '../../sync-server/rxdb/client.ts';
import type { RxdbDocument } from '../../sync-server/rxdb/documents.ts';

/** Long batches suit RxDB: shorter ones cost it more round trips. */
const batchSize = 1000;
const text = { type: 'string' } as const;
const schemaOf = (fields: string[]) => ({
  version: 0, primaryKey: 'id', type: 'object' as const, required: ['id'],
  properties: { id: { ...text, maxLength: 36 }, rev: text, createdAt: text, updatedAt: text, updatedBy: text, ...Object.fromEntries(fields.map((field) => [field, {}])) },
});

export interface CopyTaken {
  documents: number;
  seconds: number;
}

/** A first copy by RxDB as it comes, in Node or in a browser, on a storage of its own. */
export async function copyByRxdb(storage: RxStorage<unknown, unknown>, { address, session }: { address: string; session: RxdbSession }): Promise<CopyTaken> {
  const database = await createRxDatabase({ name: `bench-${v7()}`, storage, multiInstance: false });
  const collections = await database.addCollections({
    patients: { schema: schemaOf([...Object.keys(patientInputSchema.shape), 'medicalRecordNumber']), conflictHandler: outpostConflictHandler },
    medicalRecords: { schema: schemaOf([...Object.keys(medicalRecordInputSchema.shape), 'patientId', 'doctorId', 'doctorName', 'status', 'signature']), conflictHandler: outpostConflictHandler },
  });
  const began = performance.now();
  const running = (['patients', 'medicalRecords'] as const).map((name) =>
    replicateWithOutpost({
      address, name, collection: collections[name] as unknown as RxCollection<RxdbDocument>, actorId: v7(), batchSize, session: () => Promise.resolve(session),
      fetch: (...asked) => fetch(...asked),
    }),
  );
  await Promise.all(running.map(({ state }) => state.awaitInitialReplication()));
  const seconds = (performance.now() - began) / 1000;
  const counts = await Promise.all([collections.patients.count().exec(), collections.medicalRecords.count().exec()]);
  for (const { state } of running) await state.cancel();
  await database.close();
  return { documents: counts.reduce((sum, count) => sum + count, 0), seconds };
}
