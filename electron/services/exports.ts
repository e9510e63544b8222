import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { patientCells, patientHeader } from '../../shared/exchange/patient-export.ts';
import { recordCells, recordHeader } from '../../shared/exchange/record-export.ts';
import { lastPosition, patientsInStretch, recordsInStretch, type Stretch } from '../storage/exports.ts';
import type { Change } from '../storage/store.ts';
import type { Context } from './context.ts';
import { keepExport, newExportFile, readExportPart, type ExportFile } from './export-files.ts';
import type { RunningJob } from './job-runner.ts';
import { visibleDocument } from './documents.ts';

/** Writes the patients under a filter as CSV. Photos are left out: a cell cannot hold them. */
export function exportPatients(context: Context, { filter }: CallParsed<'exports.patients'>): Job {
  const { store, workstation } = context;
  const { language } = workstation.preferences;
  return startExport(context, {
    header: patientHeader(language),
    last: lastPosition(store.connection, 'patients'),
    rows: (stretch) => patientsInStretch(store.connection, filter, stretch).map((patient) => patientCells(patient, language)),
    about: { collection: 'patients' },
  });
}

/** Writes the records of one patient, or of all, as CSV. Fails with `not-found` for a patient who is not there. */
export function exportRecords(context: Context, { patientId }: CallParsed<'exports.records'>): Job {
  const { store, workstation } = context;
  const { language } = workstation.preferences;
  if (patientId !== undefined) visibleDocument(context, 'patients', patientId);
  return startExport(context, {
    header: recordHeader(language),
    last: lastPosition(store.connection, 'medical_records'),
    rows: (stretch) => recordsInStretch(store.connection, patientId, stretch).map((record) => recordCells(record, language)),
    about: { collection: 'medicalRecords', ...(patientId !== undefined && { patientId }) },
  });
}

/** A piece of a finished export; the last one frees it. Fails with `job-not-found` for another session's, or once it is freed. */
export async function readExport(context: Context, { jobId, part }: CallParsed<'exports.read'>): Promise<{ text: string; done: boolean }> {
  return readExportPart(context, jobId, part);
}

export interface Source {
  header: string[];
  /** The last position to be read; rows written meanwhile are not in the export. */
  last: number;
  rows(stretch: Stretch): string[][];
  about: NonNullable<Change['about']>;
}

/** Writes a list that is read stretch by stretch. */
export function startExport(context: Context, source: Source): Job {
  const keep = keepExport(context);
  return context.jobs.start('export', async (job) => keep(job.id, await writeExport(context, source, job)), context.user.id);
}

/** Positions read in one turn. */
const stretchLength = 500;

async function writeExport({ store, actor }: Context, source: Source, job: RunningJob): Promise<ExportFile> {
  const file = newExportFile(source.header);
  let count = 0;
  for (let after = 0; after < source.last; after += stretchLength) {
    const rows = source.rows({ after, upTo: Math.min(after + stretchLength, source.last) });
    count += rows.length;
    await file.append(rows);
    job.progress(after, source.last);
    await job.pause();
  }
  await file.finish();
  // Nobody can read it before the audit knows of it.
  store.record({ actor, action: 'export.created', about: source.about, count });
  job.progress(source.last, source.last);
  return file;
}
