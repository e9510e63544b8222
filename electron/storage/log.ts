import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppException } from '../../shared/errors.ts';
import type { Clock } from './environment.ts';

/** Numbers that may stand in a log: how many, how long. */
export type Counts = Record<string, number>;

/** Writes JSON lines that hold nothing of a patient: names we chose, error names, codes, stack frames and numbers. */
export interface Log {
  /** Something happened; `name` is a constant of the program in kebab case, never built from data. */
  event(name: string, counts?: Counts): void;
  /** Something failed. An error's message is never written: it may quote what a person typed. */
  error(name: string, error: unknown, counts?: Counts): void;
}

/** Opens the log in the profile's `logs` folder. A log that cannot be written is no reason to stop working. */
export function openLog(
  profile: string,
  clock: Clock,
  { maxBytes = 1_000_000, files = 5 }: { maxBytes?: number; files?: number } = {},
): Log {
  const folder = join(profile, 'logs');
  const write = (entry: object): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      rotate(folder, maxBytes, files);
      appendFileSync(logPath(folder, 0), `${JSON.stringify({ at: clock.now().toISOString(), ...entry })}\n`, { mode: 0o600 });
    } catch {
      // A full disk: there is nowhere left to tell of it, and the caller's own failure says so already.
    }
  };
  return {
    event: (name, counts) => write({ event: name, ...counts }),
    error: (name, error, counts) => write({ event: name, ...describe(error), ...counts }),
  };
}

const logPath = (folder: string, age: number): string => join(folder, age === 0 ? 'outpost.log' : `outpost.${age}.log`);

function rotate(folder: string, maxBytes: number, files: number): void {
  const size = statSync(logPath(folder, 0), { throwIfNoEntry: false })?.size ?? 0;
  if (size < maxBytes) return;
  rmSync(logPath(folder, files - 1), { force: true });
  for (let age = files - 2; age >= 0; age -= 1) {
    if (statSync(logPath(folder, age), { throwIfNoEntry: false })) renameSync(logPath(folder, age), logPath(folder, age + 1));
  }
}

function describe(error: unknown): { error: string; code?: string; frames?: string[]; cause?: object } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = identifier(error instanceof AppException ? error.error.code : 'code' in error ? error.code : undefined);
  return {
    error: identifier(error.name) ?? 'Error',
    ...(code !== undefined && { code }),
    frames: stackFrames(error),
    ...(error.cause !== undefined && { cause: describe(error.cause) }),
  };
}

/** Names and codes are identifiers; anything else in their place could be text that somebody typed. */
const identifier = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_-]{0,59}$/.test(value) ? value : undefined;

/**
 * `file:line:column` of each frame, files by their last two path segments. The message stands at the head of a stack and
 * may run over several lines, some of them looking like frames, so it is cut off as a whole first.
 */
function stackFrames(error: Error): string[] {
  const head = error.message === '' ? 0 : (error.stack?.indexOf(error.message) ?? -1);
  if (error.stack === undefined || head < 0) return [];
  const frames = error.stack.slice(head + error.message.length).split('\n');
  return frames.flatMap((frame) => {
    const place = /^\s+at .*?((?:[\w.@-]+[/\\])?[\w.-]+\.[cm]?[jt]sx?:\d+:\d+)\)?$/.exec(frame)?.[1];
    return place === undefined ? [] : [place.replaceAll('\\', '/')];
  });
}
