import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { fhirCollections, toFhir, type FhirCollection } from '../../shared/exchange/fhir/mappings.ts';
import { provenanceOf } from '../../shared/exchange/fhir/provenance.ts';
import { lastPosition } from '../storage/exports.ts';
import { documentsOfPatient, patientIdsInStretch } from '../storage/patient-documents.ts';
import type { Context } from './context.ts';
import { visibleDocument } from './documents.ts';
import { keepExport, newTextFile, newTextParts, type ExportFile } from './export-files.ts';
import type { RunningJob } from './job-runner.ts';

/** One patient's whole chart as a FHIR R4 Bundle, with a Provenance that says who wrote it and when. Fails with `not-found`. */
export function exportPatientAsFhir(context: Context, { patientId }: CallParsed<'fhirExports.patient'>): Job {
  visibleDocument(context, 'patients', patientId);
  const keep = keepExport(context);
  return context.jobs.start('export', async (job) => keep(job.id, await writeBundle(context, patientId)), context.user.id);
}

async function writeBundle(context: Context, patientId: string): Promise<Pick<ExportFile, 'parts'>> {
  const { store, actor, environment, user } = context;
  const resources = chartOf(context, patientId);
  const at = store.now().toISOString();
  const provenance = provenanceOf(resources, { id: environment.newId(), at, who: user.displayName });
  const bundle: Bundle = {
    resourceType: 'Bundle', type: 'collection', timestamp: at,
    entry: [...resources, provenance].map((resource) => ({ fullUrl: `urn:uuid:${String(resource.id)}`, resource })),
  };
  const file = await newTextFile(JSON.stringify(bundle, null, 1));
  store.record({ actor, action: 'export.created', about: { collection: 'patients', patientId }, count: resources.length });
  return file;
}

const chartCollections = fhirCollections.filter((collection): collection is Exclude<FhirCollection, 'patients'> => collection !== 'patients');

function chartOf({ store }: Context, patientId: string): Resource[] {
  const patient = store.get('patients', patientId);
  if (patient === undefined) return [];
  return [
    toFhir('patients', patient),
    ...chartCollections.flatMap((collection) => documentsOfPatient(store.connection, collection, patientId).map((document) => toFhir(collection, document))),
  ];
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
  let count = 0;
  for (let after = 0; after < last; after += stretchLength) {
    const ids = patientIdsInStretch(store.connection, { after, upTo: Math.min(after + stretchLength, last) });
    const resources = ids.flatMap((id) => chartOf(context, id));
    count += resources.length;
    await file.append(resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    job.progress(after, last);
    await job.pause();
  }
  await file.finish();
  store.record({ actor, action: 'export.created', about: { collection: 'patients' }, count });
  return file;
}
