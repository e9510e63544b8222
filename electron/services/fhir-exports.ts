import type { Resource } from '@medplum/fhirtypes';
import { chunkCount } from '../../shared/attachments/attachment.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { directoryCollections, fhirCollections, toFhir, type FhirCollection } from '../../shared/exchange/fhir/mappings.ts';
import { provenanceOf } from '../../shared/exchange/fhir/provenance.ts';
import { provenanceOfSigned, signedCollections, type Signed } from '../../shared/exchange/fhir/signatures.ts';
import { derivedId } from '../../shared/sync/derived-id.ts';
import { findAttachment, readChunk } from '../storage/attachments/bytes.ts';
import type { StoredDocument } from '../storage/collections.ts';
import type { Connection } from '../storage/connection.ts';
import { lastPosition } from '../storage/exports.ts';
import { idsOfPatient } from '../storage/linked-patients.ts';
import { documentsOfPatient, patientIdsInStretch } from '../storage/patient-documents.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';
import { visibleDocument } from './documents.ts';
import { keepExport, newTextParts, type ExportFile, type TextParts } from './export-files.ts';
import type { RunningJob } from './job-runner.ts';

/** One patient's whole chart, under every entry of theirs, as a FHIR R4 Bundle, with a Provenance that says who wrote it and when. Fails with `not-found`. */
export function exportPatientAsFhir(context: Context, { patientId }: CallParsed<'fhirExports.patient'>): Job {
  visibleDocument(context, 'patients', patientId);
  const keep = keepExport(context);
  return context.jobs.start('export', async (job) => keep(job.id, await writeBundle(context, patientId)), context.user.id);
}

async function writeBundle(context: Context, patientId: string): Promise<Pick<ExportFile, 'parts'>> {
  const { store, actor, environment, user } = context;
  const chart = idsOfPatient(store.connection, patientId).flatMap((id) => chartOf(context, id));
  const at = store.now().toISOString();
  const provenance = provenanceOf(chart.map(({ resource }) => resource), { id: environment.newId(), at, who: user.displayName });
  const file = newTextParts(`{"resourceType":"Bundle","type":"collection","timestamp":"${at}","entry":[`);
  for (const [index, { resource, bytes }] of [...chart, ...newDirectory(store).toldBy(chart), { resource: provenance }].entries()) {
    await file.append(index === 0 ? '\n' : ',\n');
    await appendResource(file, { fullUrl: fullUrlOf(resource), resource }, bytes);
  }
  await file.append('\n]}\n');
  await file.finish();
  store.record({ actor, action: 'export.created', about: { collection: 'patients', patientId }, count: chart.length });
  return file;
}

/** Who and where the resources of charts refer to, each told once. */
function newDirectory(store: Store) {
  const told = new Set<string>();
  return {
    /** What these are the first to refer to. Who is not known here any more stays a name beside the reference. */
    toldBy: (resources: readonly ChartResource[]): ChartResource[] =>
      addressesIn(resources).flatMap(([address, type, id]) => {
        if (told.has(address)) return [];
        told.add(address);
        const collection = directoryCollections[type];
        const document = store.get(collection, id);
        return document === undefined || document.deleted ? [] : [{ resource: toFhir(collection, document as never) }];
      }),
  };
}

function addressesIn(resources: readonly ChartResource[]): [address: string, type: keyof typeof directoryCollections, id: string][] {
  const text = JSON.stringify(resources.map(({ resource }) => resource));
  return Array.from(text.matchAll(/"reference":"((Practitioner|Organization)\/([^"]+))"/g), ([, address, type, id]) => [String(address), type as keyof typeof directoryCollections, String(id)]);
}

/** Bytes and signatures of a document, and the seal of a chart, are resources of its own id; in a bundle each has a name of its own. */
const sharesId: ReadonlySet<string> = new Set(['Binary', 'Provenance', 'List'] satisfies Resource['resourceType'][]);
const fullUrlOf = ({ resourceType, id = '' }: Resource): string => `urn:uuid:${sharesId.has(resourceType) ? derivedId('fhir', resourceType, id) : id}`;

const chartCollections = fhirCollections.filter((collection): collection is Exclude<FhirCollection, 'patients'> => collection !== 'patients');

interface ChartResource {
  resource: Resource;
  /** What a Binary holds, read when it is written out. */
  bytes?: (() => string)[];
}

function chartOf({ store }: Context, patientId: string): ChartResource[] {
  const patient = store.get('patients', patientId);
  if (patient === undefined || patient.deleted) return [];
  return [
    { resource: toFhir('patients', patient) },
    ...chartCollections.flatMap((collection) => documentsOfPatient(store.connection, collection, patientId).flatMap((document) => resourcesOf(store, collection, document))),
  ];
}

/** A document, who signed it, and its bytes where they are here. */
function resourcesOf<Name extends Exclude<FhirCollection, 'patients'>>(store: Store, collection: Name, document: StoredDocument<Name>): ChartResource[] {
  const resource = toFhir(collection, document);
  const provenance = isSigned(collection) ? provenanceOfSigned(resource, document as Signed) : undefined;
  return [
    { resource },
    ...(provenance === undefined ? [] : [{ resource: provenance }]),
    ...(collection === 'documentReferences' ? binaryOf(store, document as StoredDocument<'documentReferences'>) : []),
  ];
}

const isSigned = (collection: FhirCollection): boolean => (signedCollections as readonly FhirCollection[]).includes(collection);

function binaryOf({ connection }: Store, { id, attachment: { hash, size, contentType } }: StoredDocument<'documentReferences'>): ChartResource[] {
  if (findAttachment(connection, hash)?.complete !== 1) return [];
  const count = Math.ceil(chunkCount(size) / chunksAtOnce);
  return [{ resource: { resourceType: 'Binary', id, contentType, data: '' }, bytes: Array.from({ length: count }, (_, index) => () => base64Of(connection, hash, size, index)) }];
}

/** Base64 turns three bytes into four letters: so many chunks end with a whole letter. */
const chunksAtOnce = 3;

function base64Of(connection: Connection, hash: string, size: number, index: number): string {
  const end = Math.min(chunkCount(size), (index + 1) * chunksAtOnce);
  const chunks: Uint8Array[] = [];
  for (let number = index * chunksAtOnce; number < end; number += 1) chunks.push(readChunk(connection, hash, number) ?? fail({ code: 'attachment-not-here' }));
  return Buffer.concat(chunks).toString('base64');
}

/** Writes a resource, or an entry that holds one, with the bytes in their place. */
async function appendResource(file: TextParts, value: object, bytes: ChartResource['bytes']): Promise<void> {
  const text = JSON.stringify(value);
  if (bytes === undefined) return file.append(text);
  const data = text.lastIndexOf('"data":""') + '"data":"'.length;
  await file.append(text.slice(0, data));
  await file.appendLater(bytes);
  await file.append(text.slice(data));
}

/** Every patient with a whole chart as FHIR R4 resources, one a line. */
export function exportAllAsFhir(context: Context): Job {
  const keep = keepExport(context);
  return context.jobs.start('export', async (job) => keep(job.id, await writeLines(context, job)), context.user.id);
}

/** Positions of patients read in one turn. */
const stretchLength = 20;

async function writeLines(context: Context, job: RunningJob): Promise<Pick<ExportFile, 'parts'>> {
  const { store, actor } = context;
  const last = lastPosition(store.connection, 'patients');
  const file = newTextParts();
  const directory = newDirectory(store);
  let count = 0;
  for (let after = 0; after < last; after += stretchLength) {
    const ids = patientIdsInStretch(store.connection, { after, upTo: Math.min(after + stretchLength, last) });
    const charts = ids.flatMap((id) => chartOf(context, id));
    for (const { resource, bytes } of [...charts, ...directory.toldBy(charts)]) {
      count += 1;
      await appendResource(file, resource, bytes);
      await file.append('\n');
    }
    job.progress(after, last);
    await job.pause();
  }
  await file.finish();
  store.record({ actor, action: 'export.created', about: { collection: 'patients' }, count });
  return file;
}
