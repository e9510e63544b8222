import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { ResourceImportReport } from '../../shared/contract/resources.ts';
import { fail } from '../../shared/errors.ts';
import { requiredColumns, resourceColumns } from '../../shared/exchange/resource-columns.ts';
import { planImport, type ImportEntry, type PlannedWrite } from '../../shared/exchange/resource-import.ts';
import type { TableRow } from '../../shared/exchange/table.ts';
import { unguard } from '../../shared/exchange/csv-writer.ts';
import { resourceCollections, type ResourceCollection } from '../../shared/schema/resource.ts';
import type { Context } from './context.ts';
import type { ImportFile } from './import-file.ts';
import { inventoryOf } from './inventory.ts';
import type { RunningJob } from './job-runner.ts';
import { assertNotRunning, fileOf, findImport } from './open-imports.ts';

type Plan = CallParsed<'resources.import'>;

/** Resources in one file: five times the largest cloud that the panel is made for. All of them are held in memory, as the file says them and as they will be. */
export const mostResources = 100_000;

/**
 * What a file of resources would change. Fails with `import-not-found`, `file-empty`, `file-not-csv`, `file-not-inventory`, or
 * `file-wrong-columns`, which names those that are missing, or `file-too-many-rows`.
 */
export function checkResourceImport(context: Context, plan: Plan): ResourceImportReport {
  return planned(context, plan).report;
}

/** Brings the good entries in. What is in when it is cancelled stays. Fails like {@link checkResourceImport}. */
export function importResources(context: Context, plan: Plan): Job {
  const opened = findImport(context, plan.importId);
  assertNotRunning(context, opened);
  const { writes } = planned(context, plan);
  const job = context.jobs.start('resource-import', (running) => write(context, writes, running), context.user.id);
  opened.jobId = job.id;
  return job;
}

function planned(context: Context, plan: Plan): { writes: PlannedWrite[]; report: ResourceImportReport } {
  const { entries, ignored } = read(fileOf(findImport(context, plan.importId)), plan);
  const { writes, counts } = planImport(inventoryOf(context.store), entries, () => context.environment.newId());
  return { writes, report: { ...counts, ignored } };
}

/** Documents in a change set: it travels whole, and a server takes no message over 16 MB. */
const batchSize = 500;

async function write({ store, actor }: Context, writes: PlannedWrite[], job: RunningJob): Promise<void> {
  for (let start = 0; start < writes.length; start += batchSize) {
    job.progress(start, writes.length);
    await job.pause();
    const batch = writes.slice(start, start + batchSize);
    store.commit({ actor, action: 'resource.imported', count: batch.length }, (transaction) => {
      for (const { collection, id, rev, content } of batch) {
        if (rev === undefined) transaction.create(collection, content, id);
        else transaction.update(collection, id, content, { over: rev });
      }
    });
  }
  job.progress(writes.length, writes.length);
}

interface Entries {
  entries: ImportEntry[];
  ignored: string[];
}

function read(file: ImportFile, { format, collection, encoding }: Plan): Entries {
  if (format === 'json') return readJson(file.text());
  if (collection === undefined) return fail({ code: 'invalid-input', issues: [{ path: 'collection', code: 'required' }] });
  const { columns, rows } = file.table(encoding ?? file.detectEncoding());
  const found = columns.map((column) => column.trim());
  const missing = requiredColumns(collection).filter((name) => !found.includes(name));
  if (missing.length > 0) fail({ code: 'file-wrong-columns', missing });
  const entries: ImportEntry[] = [];
  for (const row of rows) {
    entries.push(...fromTable(collection, found, row));
    assertNotTooMany(entries.length);
  }
  return { entries, ignored: ignoredOf(collection, found) };
}

const assertNotTooMany = (count: number) => void (count > mostResources && fail({ code: 'file-too-many-rows', limit: mostResources }));

function fromTable(collection: ResourceCollection, columns: string[], row: TableRow): ImportEntry[] {
  if (row.kind === 'blank') return [];
  if (row.kind === 'unreadable') return [{ collection, row: row.row, issues: row.issues }];
  return [{ collection, row: row.row, cells: Object.fromEntries(columns.map((column, index) => [column, unguard(row.cells[index] ?? '')])) }];
}

function readJson(text: string): Entries {
  const lists = Object.entries(parseObject(text));
  const known = lists.filter((entry): entry is [ResourceCollection, unknown[]] => (resourceCollections as readonly string[]).includes(entry[0]) && Array.isArray(entry[1]));
  if (known.length === 0) fail({ code: 'file-not-inventory' });
  assertNotTooMany(known.reduce((sum, [, list]) => sum + list.length, 0));
  const entries = known.flatMap(([collection, list]) => list.map((entry, index) => fromJson(collection, index + 1, entry)));
  const fields = known.flatMap(([collection, list]) => ignoredOf(collection, [...new Set(list.flatMap((entry) => Object.keys(Object(entry))))]));
  const beside = lists.map(([name]) => name).filter((name) => !known.some(([collection]) => collection === name));
  return { entries, ignored: [...beside, ...fields] };
}

function parseObject(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return fail({ code: 'file-not-inventory' });
  }
}

const fromJson = (collection: ResourceCollection, row: number, entry: unknown): ImportEntry =>
  typeof entry === 'object' && entry !== null && !Array.isArray(entry)
    ? { collection, row, cells: entry as Record<string, unknown> }
    : { collection, row, issues: [{ path: '', code: 'invalid' }] };

const ignoredOf = (collection: ResourceCollection, names: string[]): string[] =>
  names.filter((name) => !resourceColumns[collection].some((column) => column.name === name)).map((name) => `${collection}.${name}`.slice(0, 200));
