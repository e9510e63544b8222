import { execFile } from 'node:child_process';
import type { z } from 'zod';
import type { ProviderErrorCode } from '../../../shared/sync/resource-protocol.ts';
import { failed, ProviderException } from '../provider.ts';

export interface Cluster {
  /** Path of ceph.conf. */
  configuration: string;
  program: string;
}

const answersWithin = 30_000;

/** Gives one command to the cluster and answers its JSON as `schema` reads it; an empty answer is null. */
export async function askCeph<Shape>({ configuration, program }: Cluster, schema: z.ZodType<Shape>, words: readonly string[], signal: AbortSignal): Promise<Shape> {
  const text = await output(program, ['-c', configuration, '--connect-timeout', '10', '--format', 'json', ...words], AbortSignal.any([signal, AbortSignal.timeout(answersWithin)]));
  const parsed = schema.safeParse(text.trim() === '' ? null : json(text));
  return parsed.success ? parsed.data : failed('unreadable');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return failed('unreadable');
  }
}

function output(program: string, words: string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, words, { signal, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new ProviderException(signal.aborted ? 'timeout' : codeOf(error), stderr));
    });
  });
}

/** `ceph` ends with the number of its error; a number that is none of them comes from its own death. */
const meanings: Record<number, ProviderErrorCode> = { 1: 'not-permitted', 2: 'not-found', 13: 'not-permitted', 22: 'refused', 17: 'refused', 34: 'refused', 95: 'not-supported', 110: 'unreachable' };

function codeOf(error: Error & { code?: number | string | null; killed?: boolean }): ProviderErrorCode {
  if (error.code === 'ENOENT') return 'not-installed';
  if (error.code === 'EACCES') return 'not-permitted';
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'unreadable';
  if (/error connecting to the cluster|timed ?out/i.test(error.message)) return 'unreachable';
  return (typeof error.code === 'number' ? meanings[error.code] : undefined) ?? 'died';
}
