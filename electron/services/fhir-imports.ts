import type { Resource } from '@medplum/fhirtypes';
import type { FhirImportReport, FhirProblem } from '../../shared/contract/fhir.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { Page } from '../../shared/contract/page.ts';
import { overlapping } from '../../shared/appointments/slots.ts';
import { fail } from '../../shared/errors.ts';
import { importedCollections, isFhirResource, type ImportedCollection } from '../../shared/exchange/fhir/mappings.ts';
import { planImport, type ImportSurroundings, type PlannedDocument, type RefusedResource } from '../../shared/exchange/fhir/plan-import.ts';
import { readResources, type ReadFile, type ReadResource } from '../../shared/exchange/fhir/read-resources.ts';
import { resourceNames } from '../../shared/exchange/fhir/resource-names.ts';
import type { Appointment, AppointmentContent } from '../../shared/schema/appointment.ts';
import type { PatientInput } from '../../shared/schema/patient.ts';
import { appointmentsAround } from '../storage/appointments.ts';
import { hashOf, keepAttachment } from '../storage/attachments/bytes.ts';
import type { Contents } from '../storage/collections.ts';
import { addToImportBatch, type NewImportBatch } from '../storage/import-batches.ts';
import { fieldOfSealed } from '../storage/sealed-charts.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';
import { readAttachments, type CarriedAttachments } from './fhir-attachments.ts';
import { FhirValidator } from './fhir-validator.ts';
import { duplicateFinder } from './import-rows.ts';
import type { RunningJob } from './job-runner.ts';
import { mintMedicalRecordNumbers } from './medical-record-number.ts';
import { assertNotRunning, fileOf, findImport, type OpenImport } from './open-imports.ts';
import { ownSite } from './sites.ts';

interface Checked {
  fresh: PlannedDocument[];
  attachments: CarriedAttachments;
  report: FhirImportReport;
  problems: FhirProblem[];
}

/** What the check of a file found, as long as the file is open. */
const checked = new WeakMap<OpenImport, Checked>();

/**
 * Checks every resource of a file and brings in nothing. Fails with `import-not-found`, `job-running`, `file-empty`, `file-not-fhir`, or
 * `invalid-input` while bytes are missing.
 */
export function checkFhirImport(context: Context, { importId }: CallParsed<'fhirImports.check'>): Job {
  const opened = findImport(context, importId);
  assertNotRunning(context, opened);
  const file = readResources(fileOf(opened).text());
  const job = context.jobs.start('fhir-check', async (running) => void checked.set(opened, await check(context, file, running)), context.user.id);
  opened.jobId = job.id;
  return job;
}

/** Resources that are checked between two pauses. */
const partSize = 200;

async function check(context: Context, { resources, unreadable }: ReadFile, job: RunningJob): Promise<Checked> {
  const { store, user } = context;
  const problems: FhirProblem[] = unreadable.map(({ place }) => ({ place, resourceType: '', issues: [{ path: '', code: 'not-fhir' }] }));
  const valid = await validOf(resources, problems, job);
  const names = resourceNames(resources);
  const attachments = await readAttachments(store, valid, names, job);
  const whole = valid.filter(({ resource, place }) => !attachments.used.has(resource) && isWhole({ place, resourceType: resource.resourceType, issues: attachments.issuesOf(resource) }, problems));
  const find: ImportSurroundings['find'] = (collection, id) => {
    const document = store.get(collection, id);
    return document?.deleted === false ? document : undefined;
  };
  const { attachmentOf } = attachments;
  const { documents, refused, ignored, ofRecordRoom } = planImport(whole, { names, find, attachmentOf, importer: { id: user.id, name: user.displayName }, now: store.now().toISOString() });
  const isKnown = ({ collection, id }: PlannedDocument) => store.get(collection, id) !== undefined;
  const fresh = withFreeSlots(store, ofOpenCharts(store, documents.filter((document) => !isKnown(document)), refused), refused);
  const all = [...problems, ...refused].sort((one, other) => one.place - other.place);
  const freshIds = new Set(fresh);
  const report: FhirImportReport = {
    resources: resources.length + unreadable.length,
    collections: importedCollections.map((collection) => {
      const ofKind = documents.filter((document) => document.collection === collection);
      return { collection, fresh: ofKind.filter((document) => freshIds.has(document)).length, known: ofKind.filter(isKnown).length };
    }),
    refused: all.length, possibleDuplicates: await countDuplicates(store, fresh, job), ignored, ofRecordRoom, imported: 0,
  };
  return { fresh, attachments, report, problems: all };
}

/** Notes what is wrong with a resource; answers whether nothing is. */
function isWhole(problem: FhirProblem, problems: FhirProblem[]): boolean {
  if (problem.issues.length > 0) problems.push(problem);
  return problem.issues.length === 0;
}

/** Leaves out, and lists, what is of a chart that is sealed here: one of them would keep out all that is brought in with it. */
function ofOpenCharts(store: Store, fresh: PlannedDocument[], refused: RefusedResource[]): PlannedDocument[] {
  return fresh.filter(({ content, place, resourceType }) => {
    const path = fieldOfSealed(store.connection, content);
    if (path !== undefined) refused.push({ place, resourceType, issues: [{ path, code: 'chart-sealed' }] });
    return path === undefined;
  });
}

/** Leaves out, and lists, what is booked for a time that somebody here or further up in the file has already; what has been is history. */
function withFreeSlots(store: Store, fresh: PlannedDocument[], refused: RefusedResource[]): PlannedDocument[] {
  const booked: Appointment[] = [];
  return fresh.filter(({ collection, content, id, place, resourceType }) => {
    if (collection !== 'appointments' || content['status'] !== 'booked') return true;
    const appointment = { ...placeOf(store, collection, content), ...content, id } as Appointment;
    const isTaken = overlapping(appointment, [...appointmentsAround(store.connection, appointment), ...booked]).length > 0;
    if (isTaken) refused.push({ place, resourceType, issues: [{ path: 'start', code: 'slot-taken' }] });
    else booked.push(appointment);
    return !isTaken;
  });
}

/** The site of this workstation, for what has to be somewhere. */
function placeOf(store: Store, collection: ImportedCollection, content: Record<string, unknown>): Pick<AppointmentContent, 'siteId'> | ReturnType<typeof ownSite> {
  if (collection === 'patients' || collection === 'referrals') return ownSite(store);
  const isPlaced = collection === 'appointments' || collection === 'encounters';
  return isPlaced && store.siteId !== undefined && content['siteId'] === undefined ? { siteId: store.siteId } : {};
}

/** Those that are FHIR, as far as they have a place here; the others are told. */
async function validOf(all: readonly ReadResource[], problems: FhirProblem[], job: RunningJob): Promise<ReadResource[]> {
  const validator = new FhirValidator();
  const resources = all.filter(({ resource }) => isFhirResource(resource));
  const valid = all.filter(({ resource }) => !isFhirResource(resource));
  try {
    for (let start = 0; start < resources.length; start += partSize) {
      const part = resources.slice(start, start + partSize);
      const found = await validator.check(part.map(({ resource }) => withoutBytes(resource)));
      part.forEach((read, index) => {
        const issues = found[index] ?? [];
        if (issues.length === 0) valid.push(read);
        else problems.push({ place: read.place, resourceType: read.resource.resourceType, issues });
      });
      job.progress(start + part.length, resources.length);
      await job.pause();
    }
  } finally {
    await validator.close();
  }
  return valid;
}

/** The worker that checks resources need not be handed their pictures. */
function withoutBytes(resource: Resource): Resource {
  if (resource.resourceType !== 'DocumentReference') return resource;
  return { ...resource, content: resource.content.map(({ attachment: { data: _data, ...attachment }, ...one }) => ({ ...one, attachment })) };
}

async function countDuplicates(store: Store, fresh: PlannedDocument[], job: RunningJob): Promise<number> {
  const isDuplicate = await duplicateFinder(store, job);
  return fresh.filter(({ collection, content }) => collection === 'patients' && isDuplicate(content as PatientInput)).length;
}

/**
 * Brings in what the check found new, patients first. What is in when it is cancelled stays; another run goes on behind it. Fails with
 * `import-not-found`, `job-running`, or `invalid-input` before the file was checked.
 */
export function runFhirImport(context: Context, { importId }: CallParsed<'fhirImports.run'>): Job {
  const opened = findImport(context, importId);
  assertNotRunning(context, opened);
  const found = checkedOf(opened);
  const job = context.jobs.start('fhir-import', (running) => bringIn(context, opened.fileName, found, running), context.user.id);
  opened.jobId = job.id;
  return job;
}

/** Documents in a change set: it travels whole, and a server takes no message over 16 MB. */
const batchSize = 500;

async function bringIn({ store, actor, environment, user }: Context, fileName: string, { fresh, report, attachments }: Checked, job: RunningJob): Promise<void> {
  const origin: NewImportBatch = { id: environment.newId(), fileName, importedAt: store.now().toISOString(), importedBy: user.id };
  const ordered = importedCollections.flatMap((collection) => fresh.filter((document) => document.collection === collection && store.get(collection, document.id) === undefined));
  for (let start = 0; start < ordered.length; start += batchSize) {
    const batch = ordered.slice(start, start + batchSize);
    store.commit({ actor, action: 'fhir.imported', count: batch.length }, (transaction) => {
      addToImportBatch(store.connection, origin, transaction);
      const patients = batch.filter(({ collection }) => collection === 'patients');
      const numbers = patients.length === 0 ? [] : mintMedicalRecordNumbers(transaction, store, patients.length);
      for (const document of batch) {
        const { collection, id, content } = document;
        const number = collection === 'patients' ? { medicalRecordNumber: numbers[patients.indexOf(document)] } : {};
        transaction.create(collection, { ...content, ...number, ...placeOf(store, collection, content) } as Contents[typeof collection], id);
        const bytes = collection === 'documentReferences' ? attachments.bytesOf(id) : undefined;
        if (bytes !== undefined) keepAttachment(store.connection, { hash: hashOf(bytes), bytes, documentId: id });
      }
    });
    report.imported += batch.length;
    job.progress(start + batch.length, ordered.length);
    await job.pause();
  }
}

const checkedOf = (opened: OpenImport): Checked => checked.get(opened) ?? fail({ code: 'invalid-input', issues: [{ path: 'importId', code: 'required' }] });

export function fhirImportReport(context: Context, { importId }: CallParsed<'fhirImports.report'>): FhirImportReport {
  return { ...checkedOf(findImport(context, importId)).report };
}

export function fhirImportProblems(context: Context, { importId, offset, limit }: CallParsed<'fhirImports.problems'>): Page<FhirProblem> {
  const { problems } = checkedOf(findImport(context, importId));
  return { rows: problems.slice(offset, offset + limit), total: problems.length };
}
