import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../shared/errors.ts';
import { writeFileAtomic } from './atomic-file.ts';
import type { Clock } from './environment.ts';
import { toStorageError } from './sqlite-errors.ts';

const failuresSchema = z.object({ count: z.int().min(1), at: z.number() });
const stateSchema = z.object({ overall: failuresSchema.optional(), byKey: z.record(z.string(), failuresSchema) });
type Failures = z.infer<typeof failuresSchema>;
type State = z.infer<typeof stateSchema>;

/** Failures without a delay: for one user, and for the whole workstation, where colleagues mistype too. */
const freeFailures = 3;
const freeFailuresOverall = 12;
const longestDelaySeconds = 300;

/** Seconds to wait after so many failures: 2, 4, 8 … from the first that is not free, at most 5 minutes. */
export const delaySeconds = (failures: number, free: number): number =>
  failures <= free ? 0 : Math.min(longestDelaySeconds, 2 ** Math.min(failures - free, 20));

/**
 * Slows guessing down. Each attempt counts as a failure from before it is made, so that killing the program during
 * one is no free guess; the count is on disk, so that a restart is none either. Sign-in and restore each have an
 * instance and count together: the file is read anew for each attempt.
 */
export class SignInDelays {
  private readonly path: string;
  private readonly clock: Clock;
  private state: State = { byKey: {} };
  /** Whether the state could not be written: then the file is behind. */
  private unsaved = false;

  constructor(profile: string, clock: Clock) {
    this.path = join(profile, 'sign-in-delays.json');
    this.clock = clock;
  }

  /** Counts an attempt under a user's key. Fails with `sign-in-delayed`, uncounted, while a delay runs. */
  begin(key: string): void {
    const now = this.clock.now().getTime();
    this.reload();
    this.forgetTheFuture(now);
    const overall = this.state.overall;
    const own = this.state.byKey[key];
    const wait = Math.max(remaining(overall, freeFailuresOverall, now), remaining(own, freeFailures, now));
    if (wait > 0) fail({ code: 'sign-in-delayed', retryAfterSeconds: Math.ceil(wait) });
    this.save({ overall: oneMore(overall, now), byKey: { ...this.state.byKey, [key]: oneMore(own, now) } });
  }

  /** A success clears the user's failures and the workstation's. */
  succeeded(key: string): void {
    this.reload();
    const { [key]: _cleared, ...byKey } = this.state.byKey;
    this.save({ byKey });
  }

  /** After the clock was set back, a delay runs from now: waiting for the old time could take years. */
  private forgetTheFuture(now: number): void {
    const everything = [this.state.overall, ...Object.values(this.state.byKey)];
    if (!everything.some((failures) => failures !== undefined && failures.at > now)) return;
    const capped = (failures: Failures): Failures => ({ ...failures, at: Math.min(failures.at, now) });
    this.save({
      ...(this.state.overall && { overall: capped(this.state.overall) }),
      byKey: Object.fromEntries(Object.entries(this.state.byKey).map(([key, failures]) => [key, capped(failures)])),
    });
  }

  private reload(): void {
    if (!this.unsaved) this.state = readState(this.path);
  }

  private save(state: State): void {
    this.state = state;
    try {
      writeFileAtomic(this.path, JSON.stringify(state));
      this.unsaved = false;
    } catch (error) {
      // A full or read-only disk must not keep people from signing in to read; the count goes on in memory.
      if (toStorageError(error) === undefined) throw error;
      this.unsaved = true;
    }
  }
}

const oneMore = (failures: Failures | undefined, now: number): Failures => ({ count: (failures?.count ?? 0) + 1, at: now });

const remaining = (failures: Failures | undefined, free: number, now: number): number =>
  failures === undefined ? 0 : delaySeconds(failures.count, free) - (now - failures.at) / 1000;

/** A damaged file is no reason to keep anybody out: whoever can write it could as well delete it. */
function readState(path: string): State {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { byKey: {} };
  }
}
