import { readSync, writeSync } from 'node:fs';
import type { CallInput, CallName, CallOutput } from '../../../shared/contract/index.ts';
import { seededRandom } from '../../../shared/demo/random.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { Workstation } from '../../services/workstation.ts';
import { environmentWith, systemClock } from '../../storage/environment.ts';
import { openLog } from '../../storage/log.ts';
import { acquireProfileLock } from '../../storage/profile-lock.ts';
import { listUsers } from '../../storage/users.ts';
import { handlers } from '../handlers.ts';
import { answerCall } from '../router.ts';

/**
 * A backend that saves until it is killed, and says of each save what was acknowledged. It opens the database with its key
 * and begins its sessions itself, as after a sign-in: hashing a password at each start would leave no time for kills.
 */

/** What was acknowledged: the document as it was answered, or the names that an import brought in. */
export type Acknowledgment =
  | { kind: 'patients' | 'medicalRecords'; document: Patient | MedicalRecord }
  | { kind: 'draft'; document: Draft }
  /** Told before the save that the draft goes with: from here on it may be gone. */
  | { kind: 'draft-goes'; id: string }
  | { kind: 'import'; names: string[] }
  | { kind: 'failed'; name: string; error: unknown };

export interface Order {
  profile: string;
  databaseKey: string;
  seed: number;
}

/** Blocks until the order comes: everything is loaded by then, and the kill falls into the work. */
function readOrder(): Order {
  const buffer = Buffer.alloc(4096);
  return JSON.parse(buffer.toString('utf8', 0, readSync(0, buffer))) as Order;
}

const acknowledge = (acknowledgment: Acknowledgment) => writeSync(1, `${JSON.stringify(acknowledgment)}\n`);

const order = readOrder();
const random = seededRandom(order.seed);
acquireProfileLock(order.profile);
const workstation = new Workstation({
  profile: order.profile, version: 'test', host: 'web', environment: environmentWith(systemClock), log: openLog(order.profile, systemClock),
});
const store = workstation.open(Buffer.from(order.databaseKey, 'hex'));
for (const { id, role } of listUsers(store.connection)) workstation.sessions.begin(role, id);

async function ask<Name extends CallName>(sessionId: string, name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
  const answer = await answerCall(workstation, handlers, { sessionId, name, input });
  if (answer.ok) return answer.value as CallOutput<Name>;
  acknowledge({ kind: 'failed', name, error: answer.error });
  throw new Error(name);
}

const patients: [Patient, ...Patient[]] = [await registerPatient()];
const records: MedicalRecord[] = [];
let count = 0;

async function registerPatient(): Promise<Patient> {
  const patient = { name: `王${random.pick(['小明', '芳', 'Anna'])}`, gender: 'male', phone: `138${random.below(1e8)}` } as const;
  const document = await ask('doctor', 'patients.create', { patient });
  acknowledge({ kind: 'patients', document });
  return document;
}

async function changePatient(): Promise<void> {
  const place = random.below(patients.length);
  const { id, rev } = patients[place] ?? patients[0];
  const patient = { name: `李${random.below(1000)}`, gender: 'female', notes: 'changed '.repeat(random.below(600)) } as const;
  const document = await ask('doctor', 'patients.update', { id, rev, patient });
  patients[place] = document;
  acknowledge({ kind: 'patients', document });
}

const recordInput = () =>
  ({ kind: 'outpatient', department: '内科', chiefComplaint: `c${random.below(1000)}`, admissionDate: '2026-01-01', treatment: 't'.repeat(random.below(3000)) }) as const;

async function writeRecord(): Promise<void> {
  const draft = await saveDraft();
  acknowledge({ kind: 'draft-goes', id: draft.id });
  const document = await ask('doctor', 'records.create', { patientId: random.pick(patients).id, record: recordInput(), draftId: draft.id });
  records.push(document);
  acknowledge({ kind: 'medicalRecords', document });
}

async function changeRecord(): Promise<void> {
  const place = random.below(records.length);
  const record = records[place];
  if (record === undefined) return writeRecord();
  const { id, rev, status } = record;
  const sign = random.chance(0.3);
  const document = await (status !== 'draft'
    ? ask('doctor', 'records.amend', { id, rev, record: recordInput(), reason: 'r' })
    : sign
      ? ask('doctor', 'records.sign', { id, rev })
      : ask('doctor', 'records.update', { id, rev, record: recordInput() }));
  records[place] = document;
  acknowledge({ kind: 'medicalRecords', document });
}

async function saveDraft(): Promise<Draft> {
  const values = { count: (count += 1), text: 'd'.repeat(random.below(2000)) };
  const document = await ask('nurse', 'drafts.save', { kind: 'patient', key: random.pick(patients).id, values });
  acknowledge({ kind: 'draft', document });
  return document;
}

async function importPatients(): Promise<void> {
  const prefix = `I${order.seed}x${(count += 1)}`;
  const names = Array.from({ length: 5 + random.below(30) }, (_, row) => `${prefix}n${row}`);
  const text = Buffer.from(['name,gender', ...names.map((name) => `${name},male`)].join('\n'));
  const { importId } = await ask('admin', 'imports.begin', { fileName: 'p.csv', size: text.length });
  await ask('admin', 'imports.append', { importId, base64: text.toString('base64') });
  const job = await ask('admin', 'imports.run', { importId, encoding: 'utf-8', mapping: { name: 0, gender: 1 } });
  await workstation.jobs.settled();
  const { state, error } = workstation.jobs.get(job.id);
  acknowledge(state === 'done' ? { kind: 'import', names } : { kind: 'failed', name: 'imports.run', error });
  await ask('admin', 'imports.close', { importId });
}

const actions = [
  async () => void patients.push(await registerPatient()), changePatient, changePatient, writeRecord, changeRecord, changeRecord,
  async () => void (await saveDraft()), importPatients,
] as const;

for (;;) await random.pick(actions)();
