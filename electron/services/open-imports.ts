import type { ImportReport, ImportRowProblem } from '../../shared/contract/exchange.ts';
import { fail, type FieldIssue } from '../../shared/errors.ts';
import type { Context } from './context.ts';
import { ImportFile } from './import-file.ts';
import type { Session } from './session-registry.ts';

/** Rows with problems that are kept to be listed; all of them are counted. */
const problemsKept = 100_000;

/** One file between being chosen and being closed, with what the last dry run or run found. */
export class OpenImport {
  readonly id: string;
  readonly fileName: string;
  /** Undefined once rows of it are in: a second run would bring in everybody twice. */
  file: ImportFile | undefined;
  jobId: string | undefined;
  /** The latest dry run that came to its end. */
  dryRun: { plan: string; possibleDuplicates: number } | undefined;
  report: ImportReport = emptyReport();
  problems: ImportRowProblem[] = [];

  constructor(id: string, fileName: string, size: number) {
    this.id = id;
    this.fileName = fileName;
    this.file = new ImportFile(size);
  }

  startReport(): void {
    this.report = emptyReport();
    this.problems = [];
  }

  addProblem(row: number, issues: FieldIssue[]): void {
    this.report.bad += 1;
    if (this.problems.length < problemsKept) this.problems.push({ row, issues });
  }
}

const emptyReport = (): ImportReport => ({ rows: 0, good: 0, bad: 0, possibleDuplicates: 0, imported: 0 });

/** One a session, held by the session itself: when it ends, the file's bytes go with it. */
const openImports = new WeakMap<Session, OpenImport>();

const sessionOf = ({ workstation, sessionId }: Context): Session => workstation.sessions.get(sessionId) ?? fail({ code: 'unauthenticated' });

/** Replaces the session's open import. Fails with `job-running` while a job works on it, or `file-too-large`. */
export function openNewImport(context: Context, fileName: string, size: number): OpenImport {
  const session = sessionOf(context);
  assertNotRunning(context, openImports.get(session));
  const opened = new OpenImport(context.environment.newId(), fileName, size);
  openImports.set(session, opened);
  return opened;
}

/** Fails with `import-not-found`, for another session's too. */
export function findImport(context: Context, importId: string): OpenImport {
  const found = openImports.get(sessionOf(context));
  return found?.id === importId ? found : fail({ code: 'import-not-found' });
}

/** Its bytes. Fails with `import-not-found` once rows of it are in. */
export const fileOf = ({ file }: OpenImport): ImportFile => file ?? fail({ code: 'import-not-found' });

export function forgetImport(context: Context): void {
  openImports.delete(sessionOf(context));
}

export const isRunning = ({ jobs }: Context, jobId: string | undefined): boolean =>
  jobs.list().some(({ id, state }) => id === jobId && state === 'running');

export function assertNotRunning(context: Context, opened: OpenImport | undefined): void {
  if (isRunning(context, opened?.jobId)) fail({ code: 'job-running' });
}
