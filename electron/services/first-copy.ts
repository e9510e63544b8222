import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { toStorageError } from '../storage/sqlite-errors.ts';

const schema = z.object({ received: z.int().min(0), total: z.int().min(0) });

/** Counts of documents of a first copy that is under way. */
export type FirstCopy = z.infer<typeof schema>;

const pathOf = (profile: string) => join(profile, 'first-copy.json');

/** How far a first copy was when it was last noted. Kept beside the database, which says nothing before somebody has signed in. */
export function readFirstCopy(profile: string): FirstCopy | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(pathOf(profile), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Notes it, or with undefined that there is none. It is for people to read only: a full disk must not stop the copy itself. */
export function noteFirstCopy(profile: string, copy: FirstCopy | undefined): void {
  try {
    if (copy === undefined) rmSync(pathOf(profile), { force: true });
    else writeFileAtomic(pathOf(profile), JSON.stringify({ received: copy.received, total: copy.total }));
  } catch (error) {
    if (toStorageError(error) === undefined) throw error;
  }
}
