import { ruleOf, type Cleaning, type CleaningChange, type CleaningKind } from '../../shared/contract/quality.ts';
import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { createTranslator } from '../../shared/i18n/index.ts';
import { can } from '../../shared/permissions.ts';
import { cleanNationalId, cleanPhone, cleanText } from '../../shared/quality/clean.ts';
import { spacedFields } from '../../shared/quality/rules.ts';
import type { MedicalRecord, MedicalRecordContent } from '../../shared/schema/medical-record.ts';
import type { Patient, PatientContent } from '../../shared/schema/patient.ts';
import { addToCleaning, changeSetsOfCleaning, listCleanings, markCleaningUndone, untouchedSince, type NewCleaning } from '../storage/cleanings.ts';
import { documentsWith } from '../storage/quality.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import type { RunningJob } from './job-runner.ts';
import { currentSite } from './sites.ts';

type Wanted = CallParsed<'quality.clean'>;

/** What a cleaning changes in a patient; nothing else is touched. */
function cleanedFields(what: CleaningKind, patient: Patient): Partial<PatientContent> {
  const { phone, nationalId } = patient;
  if (what === 'phone') return phone === undefined ? {} : { phone: cleanPhone(phone) };
  if (what === 'nationalId') return nationalId === undefined ? {} : { nationalId: cleanNationalId(nationalId) };
  return Object.fromEntries(spacedFields.flatMap((field) => (patient[field] === undefined ? [] : [[field, cleanText(patient[field])]])));
}

/** The changes in one document; none where it is as it should be by now. */
function changesIn({ store }: Context, { what, departments = {} }: Wanted, id: string): CleaningChange[] {
  if (what === 'department') {
    const record = store.get('medicalRecords', id);
    const after = record && departments[record.department];
    const patient = store.get('patients', record?.patientId ?? '');
    if (record === undefined || after === undefined || after === record.department) return [];
    return [{ documentId: id, patientId: record.patientId, patientName: patient?.name ?? '', field: 'department', before: record.department, after }];
  }
  const patient = store.get('patients', id);
  if (patient === undefined) return [];
  return Object.entries(cleanedFields(what, patient)).flatMap(([field, after]) => {
    const before = patient[field as 'name'];
    return before === after ? [] : [{ documentId: id, patientId: id, patientName: patient.name, field, before, after: after as string }];
  });
}

const shown = 200;
const atOnce = 200;

/** Stretches of documents that may need it, each read anew when its turn comes. */
function* stretches({ store }: Context, what: CleaningKind): Generator<string[]> {
  for (let after = ''; ; ) {
    const ids = documentsWith(store.connection, ruleOf[what], { after, limit: atOnce });
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}

export async function previewCleaning(context: Context, wanted: Wanted): Promise<CallOutput<'quality.preview'>> {
  const changes: CleaningChange[] = [];
  let total = 0;
  for (const ids of stretches(context, wanted.what)) {
    const found = ids.flatMap((id) => changesIn(context, wanted, id));
    total += found.length;
    changes.push(...found.slice(0, shown - changes.length));
    // Other calls are answered in between: a clinic's list may be long.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { changes, total };
}

/** Records are amended by those alone who may sign them. */
function assertMay({ user }: Context, what: CleaningKind): void {
  if (what === 'department' && !can(user.role, 'record.sign')) fail({ code: 'forbidden', permission: 'record.sign' });
}

/** Cleans in change sets of two hundred documents. Fails with `forbidden`, `invalid-input` for a department that is not on the list, or `job-running`. */
export function clean(context: Context, wanted: Wanted): Job {
  assertMay(context, wanted.what);
  const { departments } = currentSite(context);
  if (Object.values(wanted.departments ?? {}).some((name) => !departments.includes(name))) fail({ code: 'invalid-input', issues: [{ path: 'departments', code: 'invalid' }] });
  context.jobs.assertIdle('cleaning');
  const { environment, store, user } = context;
  const cleaning: NewCleaning = { id: environment.newId(), what: wanted.what, cleanedAt: store.now().toISOString(), cleanedBy: user.id };
  return context.jobs.start('cleaning', (job) => cleanAll(context, wanted, cleaning, job), user.id);
}

async function cleanAll(context: Context, wanted: Wanted, cleaning: NewCleaning, job: RunningJob): Promise<void> {
  const { store, actor } = context;
  let done = 0;
  for (const ids of stretches(context, wanted.what)) {
    const dirty = ids.filter((id) => changesIn(context, wanted, id).length > 0);
    if (dirty.length > 0) {
      store.commit({ actor, action: 'data.cleaned', about: { collection: collectionOf(wanted.what) }, count: dirty.length }, (transaction) => {
        addToCleaning(store.connection, cleaning, transaction);
        for (const id of dirty) cleanOne(context, wanted, id, transaction);
      });
    }
    done += ids.length;
    job.progress(done, 0);
    await job.pause();
  }
}

const collectionOf = (what: CleaningKind) => (what === 'department' ? 'medicalRecords' : 'patients');

function cleanOne(context: Context, { what, departments = {} }: Wanted, id: string, transaction: Transaction): void {
  const { store } = context;
  if (what === 'department') {
    const record = store.get('medicalRecords', id) as MedicalRecord;
    transaction.update('medicalRecords', id, withDepartment(context, record, departments[record.department] ?? record.department), { over: record.rev });
  } else {
    const patient = store.get('patients', id) as Patient;
    transaction.update('patients', id, { ...contentOf(patient), ...cleanedFields(what, patient) }, { over: patient.rev });
  }
}

/** A draft is changed; what was signed is amended, with the reason. */
function withDepartment({ user, store, workstation }: Context, record: MedicalRecord, department: string): MedicalRecordContent {
  const content = { ...contentOf(record), department };
  if (record.status === 'draft') return content;
  const { t } = createTranslator(workstation.preferences.language);
  const amendment = { userId: user.id, name: user.displayName, at: store.now().toISOString(), reason: t('quality.amendment'), overRev: record.rev };
  return { ...content, status: 'amended', amendments: [...(record.amendments ?? []), amendment] };
}

export const cleanings = ({ store }: Context): Cleaning[] => listCleanings(store.connection);

/** Gives back what a cleaning changed; documents that were changed since stay. Fails with `not-found`, `forbidden` or `job-running`. */
export function undoCleaning(context: Context, { id }: CallParsed<'quality.undo'>): Job {
  const { what } = listCleanings(context.store.connection).find((one) => one.id === id) ?? fail({ code: 'not-found', collection: 'patients' });
  assertMay(context, what);
  context.jobs.assertIdle('cleaning');
  const changeSets = changeSetsOfCleaning(context.store.connection, id);
  return context.jobs.start('cleaning', async (job) => {
    for (const [index, changeSeq] of changeSets.entries()) {
      giveBack(context, collectionOf(what), changeSeq);
      job.progress(index + 1, changeSets.length);
      await job.pause();
    }
    markCleaningUndone(context.store.connection, id, context.store.now().toISOString());
  }, context.user.id);
}

function giveBack(context: Context, collection: 'patients' | 'medicalRecords', changeSeq: number): void {
  const { store, actor } = context;
  const documents = untouchedSince(store.connection, collection, changeSeq);
  if (documents.length === 0) return;
  store.commit({ actor, action: 'cleaning.undone', about: { collection }, count: documents.length }, (transaction) => {
    for (const { id, rev, before } of documents) {
      if (collection === 'patients') transaction.update('patients', id, JSON.parse(before) as PatientContent, { over: rev });
      else transaction.update('medicalRecords', id, withDepartment(context, store.get('medicalRecords', id) as MedicalRecord, (JSON.parse(before) as MedicalRecordContent).department), { over: rev });
    }
  });
}
