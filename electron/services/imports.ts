import type { ImportBatch, ImportInspection, ImportReport, ImportRowProblem } from '../../shared/contract/exchange.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { Page } from '../../shared/contract/page.ts';
import { fail } from '../../shared/errors.ts';
import { suggestMapping } from '../../shared/exchange/patient-columns.ts';
import type { TableRow } from '../../shared/exchange/table.ts';
import { listImportBatches } from '../storage/import-batches.ts';
import type { Context } from './context.ts';
import { checkFile, importFile } from './import-jobs.ts';
import type { ImportPlan } from './import-rows.ts';
import { assertNotRunning, fileOf, findImport, forgetImport, isRunning, openNewImport, type OpenImport } from './open-imports.ts';

/** Opens an import for a file of so many bytes. Fails with `file-too-large`, or `job-running` beside another of this session. */
export function beginImport(context: Context, { fileName, size }: CallParsed<'imports.begin'>): { importId: string } {
  return { importId: openNewImport(context, fileName, size).id };
}

/** Takes the file's next bytes. Fails with `import-not-found`, or `invalid-input` for more bytes than were announced. */
export function appendToImport(context: Context, { importId, base64 }: CallParsed<'imports.append'>): null {
  fileOf(findImport(context, importId)).append(Buffer.from(base64, 'base64'));
  return null;
}

/** How the file reads. Fails with `import-not-found`, `file-empty`, `file-not-csv`, or `invalid-input` while bytes are missing. */
export function inspectImport(context: Context, { importId, encoding }: CallParsed<'imports.inspect'>): ImportInspection {
  const file = fileOf(findImport(context, importId));
  const used = encoding ?? file.detectEncoding();
  const { delimiter, columns, rows } = file.table(used);
  const sampleRows = firstCells(rows);
  if (sampleRows === undefined) return fail({ code: 'file-empty' });
  return { encoding: used, delimiter, columns: columns.map(cut), sampleRows, suggestedMapping: suggestMapping(columns) };
}

const sampleSize = 10;
const rowsTried = 1000;
const cut = (cell: string): string => cell.slice(0, 200);

/** The first rows that can be read; undefined when there are no rows but blank ones. */
function firstCells(rows: Iterable<TableRow>): string[][] | undefined {
  const sample: string[][] = [];
  let onlyBlank = true;
  for (const found of rows) {
    if (found.kind === 'cells') sample.push(found.cells.map(cut));
    onlyBlank &&= found.kind === 'blank';
    if (sample.length === sampleSize || found.row === rowsTried) return sample;
  }
  return onlyBlank ? undefined : sample;
}

/** Checks every row and brings in nothing. Fails like {@link runImport}. */
export function dryRunImport(context: Context, plan: CallParsed<'imports.dryRun'>): Job {
  const opened = ready(context, plan);
  return started(opened, context.jobs.start('import.dry-run', (job) => checkFile(context, opened, plan, job), context.user.id));
}

/**
 * Brings in every good row, in change sets that belong to one batch. Fails with `import-not-found`, `job-running`,
 * `file-empty`, `file-not-csv`, or `invalid-input` for a mapping without a name or beside the columns.
 */
export function runImport(context: Context, plan: CallParsed<'imports.run'>): Job {
  const opened = ready(context, plan);
  context.jobs.assertIdle('import.run', 'import.undo');
  return started(opened, context.jobs.start('import.run', (job) => importFile(context, opened, plan, job), context.user.id));
}

function ready(context: Context, plan: ImportPlan & { importId: string }): OpenImport {
  const opened = findImport(context, plan.importId);
  assertNotRunning(context, opened);
  const { columns } = fileOf(opened).table(plan.encoding);
  if (plan.mapping.name === undefined) fail({ code: 'invalid-input', issues: [{ path: 'mapping.name', code: 'required' }] });
  const beside = Object.entries(plan.mapping).filter(([, column]) => column >= columns.length);
  if (beside.length > 0) fail({ code: 'invalid-input', issues: beside.map(([field]) => ({ path: `mapping.${field}`, code: 'out-of-range' })) });
  return opened;
}

function started(opened: OpenImport, job: Job): Job {
  opened.jobId = job.id;
  opened.startReport();
  return job;
}

/** What the last dry run or run found, so far while it goes on. */
export function importReport(context: Context, { importId }: CallParsed<'imports.report'>): ImportReport {
  return { ...findImport(context, importId).report };
}

/** Rows with problems, in the file's order; `total` counts those that can be listed, the report counts all. */
export function importProblems(context: Context, { importId, offset, limit }: CallParsed<'imports.problems'>): Page<ImportRowProblem> {
  const { problems: all } = findImport(context, importId);
  return { rows: all.slice(offset, offset + limit), total: all.length };
}

/** Stops what still runs on the file, between two change sets, and forgets it. */
export async function closeImport(context: Context, { importId }: CallParsed<'imports.close'>): Promise<null> {
  const { jobId } = findImport(context, importId);
  if (jobId !== undefined && isRunning(context, jobId)) await context.jobs.cancel(jobId);
  forgetImport(context);
  return null;
}

export function importBatches({ store }: Context): ImportBatch[] {
  return listImportBatches(store.connection);
}
