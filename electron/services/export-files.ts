import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { fail } from '../../shared/errors.ts';
import { byteOrderMark, toCsv } from '../../shared/exchange/csv-writer.ts';
import type { Context } from './context.ts';
import type { Session } from './session-registry.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Characters in a part: one call carries it easily. */
const partLength = 500_000;

/** Compressed text, or what reads a part when it is asked for: files inside an export are not held beside the database that holds them. */
export type ExportPart = Uint8Array | (() => string);

/** A CSV text in the making, in compressed parts: a clinic's records of ten years are a gigabyte of text. */
export interface ExportFile {
  readonly parts: readonly ExportPart[];
  append(rows: string[][]): Promise<void>;
  finish(): Promise<void>;
}

export function newExportFile(header: string[]): ExportFile {
  const { parts, append, finish } = newTextParts(byteOrderMark + toCsv([header]));
  return { parts, finish, append: (rows) => append(toCsv(rows)) };
}

/** A text in the making that may be a gigabyte. */
export interface TextParts {
  parts: readonly ExportPart[];
  append(text: string): Promise<void>;
  /** Puts what is read only when the export is. */
  appendLater(parts: readonly (() => string)[]): Promise<void>;
  finish(): Promise<void>;
}

export function newTextParts(beginning = ''): TextParts {
  const parts: ExportPart[] = [];
  let text = beginning;
  const finish = async () => {
    parts.push(await compress(text, { level: 1 }));
    text = '';
  };
  return {
    parts,
    finish,
    append: async (more) => {
      text += more;
      if (text.length >= partLength) await finish();
    },
    appendLater: async (later) => {
      await finish();
      parts.push(...later);
    },
  };
}

/** A whole text as one part. */
export async function newTextFile(text: string): Promise<Pick<ExportFile, 'parts'>> {
  return { parts: [await compress(text, { level: 1 })] };
}

interface Kept {
  jobId: string;
  file: Pick<ExportFile, 'parts'>;
}

/** The latest of each session, held by the session itself: when it ends, the text goes with it. */
const latest = new WeakMap<Session, Kept>();

/** Frees the session's previous export, and answers the way to keep the next one for it. */
export function keepExport({ workstation, sessionId }: Context): (jobId: string, file: Pick<ExportFile, 'parts'>) => void {
  const session = workstation.sessions.get(sessionId) ?? fail({ code: 'unauthenticated' });
  latest.delete(session);
  return (jobId, file) => void latest.set(session, { jobId, file });
}

/** One part of the session's export. Fails with `job-running` before it is finished, or `job-not-found`. */
export async function readExportPart({ workstation, sessionId, jobs }: Context, jobId: string, part: number): Promise<{ text: string; done: boolean }> {
  const session = workstation.sessions.get(sessionId) ?? fail({ code: 'unauthenticated' });
  const kept = latest.get(session);
  if (kept?.jobId !== jobId) return fail({ code: jobs.get(jobId).state === 'running' ? 'job-running' : 'job-not-found' });
  const found = kept.file.parts[part] ?? fail({ code: 'job-not-found' });
  const done = part === kept.file.parts.length - 1;
  const text = typeof found === 'function' ? found() : (await decompress(found)).toString('utf8');
  if (done) latest.delete(session);
  return { text, done };
}
