import { demoRecord, type DemoDoctor } from '../../shared/demo/medical-record.ts';
import { demoPatient } from '../../shared/demo/patient.ts';
import { seededRandom } from '../../shared/demo/random.ts';
import type { Patient } from '../../shared/schema/patient.ts';
import type { Language } from '../../shared/schema/setting.ts';
import type { Actor, Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';
import { mintMedicalRecordNumbers } from './medical-record-number.ts';

export interface DemoData {
  patients: number;
  records: number;
  seed: number;
  language: Language;
  actor: Actor;
  doctors: readonly [DemoDoctor, ...DemoDoctor[]];
}

/** The part of a job that long writing needs; see `JobHandle`. */
export interface Progress {
  progress(done: number, total: number): void;
  pause(): Promise<void>;
}

/** Documents a change set: large enough to be quick, small enough to let calls in between. */
const batchSize = 1000;

/** Writes made-up patients and their records in change sets of a thousand; the same seed and day give the same content. */
export async function writeDemoData(store: Store, data: DemoData, job: Progress): Promise<void> {
  const random = seededRandom(data.seed);
  const today = store.now().toISOString().slice(0, 10);
  const total = data.patients + data.records;
  type Born = Pick<Patient, 'id' | 'birthday'>;
  const patients: Born[] = [];
  const inBatches = async (count: number, before: number, write: (size: number) => void) => {
    for (let done = 0; done < count; done += batchSize) {
      write(Math.min(batchSize, count - done));
      job.progress(before + Math.min(done + batchSize, count), total);
      await job.pause();
    }
  };
  const commit = (size: number, write: (transaction: Transaction) => void) => store.commit({ actor: data.actor, action: 'demo.created', count: size }, write);
  await inBatches(data.patients, 0, (size) =>
    commit(size, (transaction) => {
      for (const medicalRecordNumber of mintMedicalRecordNumbers(transaction, store, size)) {
        const { id, birthday } = transaction.create('patients', { ...demoPatient(random, today), medicalRecordNumber });
        patients.push({ id, birthday });
      }
    }),
  );
  if (patients.length === 0) return;
  await inBatches(data.records, data.patients, (size) =>
    commit(size, (transaction) => {
      for (let index = 0; index < size; index += 1) {
        const { id: patientId, birthday } = random.pick(patients as [Born, ...Born[]]);
        transaction.create('medicalRecords', { ...demoRecord(random, { patientId, birthday, today, language: data.language, doctors: data.doctors }), ...(store.siteId !== undefined && { siteId: store.siteId }) });
      }
    }),
  );
}
