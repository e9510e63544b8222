import { chunkBytes, type ImportReport } from '../../../shared/contract/exchange.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { listPatients } from '../../storage/patients.ts';
import type { Context } from '../context.ts';
import { readExport } from '../exports.ts';
import { appendToImport, beginImport, importReport, inspectImport, runImport } from '../imports.ts';

/** Hands over a file as the screen does, in chunks. */
export function upload(context: Context, file: string | Uint8Array, fileName = 'patients.csv'): string {
  const bytes = Buffer.from(file as Uint8Array);
  const { importId } = beginImport(context, { fileName, size: bytes.length });
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    appendToImport(context, { importId, base64: bytes.subarray(start, start + chunkBytes).toString('base64') });
  }
  return importId;
}

/** The plan that the screen would suggest. */
export function suggestedPlan(context: Context, importId: string) {
  const { encoding, suggestedMapping: mapping } = inspectImport(context, { importId });
  return { importId, encoding, mapping };
}

/** How a job ended. */
export async function ended({ jobs }: Context, { id }: Job): Promise<Job> {
  while (jobs.get(id).state === 'running') await new Promise((resolve) => setTimeout(resolve, 2));
  return jobs.get(id);
}

/** Imports a file whole with the suggested mapping. */
export async function importFile(context: Context, file: string | Uint8Array): Promise<ImportReport & { importId: string }> {
  const importId = upload(context, file);
  const job = await ended(context, runImport(context, suggestedPlan(context, importId)));
  if (job.state !== 'done') throw new Error(`The import ended ${job.state}`);
  return { ...importReport(context, { importId }), importId };
}

/** The whole text of a finished export. */
export async function exportedText(context: Context, started: Job): Promise<string> {
  const { id: jobId, state } = await ended(context, started);
  if (state !== 'done') throw new Error(`The export ended ${state}`);
  let text = '';
  for (let part = 0; ; part += 1) {
    const read = await readExport(context, { jobId, part });
    text += read.text;
    if (read.done) return text;
  }
}

/** Names of the patients who are not in the trash, in the order of registration. */
export function namesOf({ store }: Context): string[] {
  const window = { offset: 0, limit: 100_000, sort: 'medicalRecordNumber', direction: 'ascending', filter: {} } as const;
  return listPatients(store.connection, window).rows.map(({ name }) => name);
}
