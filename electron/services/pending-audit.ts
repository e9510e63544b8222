import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { auditActions } from '../../shared/schema/audit-entry.ts';
import { collectionNames } from '../../shared/schema/collections.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { toStorageError } from '../storage/sqlite-errors.ts';
import type { Actor, Change, Store } from '../storage/store.ts';

const aboutSchema = z.object({ collection: z.enum(collectionNames), documentId: z.string(), patientId: z.string() });
const noteSchema = z.object({ action: z.enum(auditActions), actorId: z.string(), occurredAt: z.string(), about: aboutSchema.optional() });
type Note = z.infer<typeof noteSchema>;

/** Something that was done and wrote no document. */
export type Happening = Pick<Change, 'actor' | 'action'> & { about?: z.infer<typeof aboutSchema> };

/** Beyond this many the oldest are dropped: sign-in delays make it days of guessing. */
const mostNotes = 1000;

/** Stands for the program itself, and for a username that nobody has: people type passwords into that field. */
export const nobody: Actor = { id: '00000000-0000-7000-8000-000000000000', name: '' };

/**
 * What happened while it could not be written: the database was shut, or the disk full. It is kept in the profile, as
 * ids and times only, and written to the audit as soon as that can be done. A full disk keeps nobody from signing in
 * to read.
 */
export class PendingAudit {
  private readonly path: string;
  private notes: Note[];

  constructor(profile: string) {
    this.path = join(profile, 'pending-audit.json');
    this.notes = readNotes(this.path);
  }

  /** Records at once or as soon as possible; without a store it waits for {@link flush}. */
  record(store: Store | undefined, happening: Happening, now: Date): void {
    if (store !== undefined && this.flush(store) && tryToRecord(store, happening)) return;
    const { actor, action, about } = happening;
    const note: Note = { action, actorId: actor.id, occurredAt: now.toISOString(), ...(about && { about }) };
    this.keep([...this.notes, note].slice(-mostNotes));
  }

  /** Writes what was kept, and answers whether all of it is written now. */
  flush(store: Store): boolean {
    if (this.notes.length === 0) return true;
    const nameOf = (id: string) => store.get('users', id)?.displayName ?? '';
    const failing = this.notes.findIndex(({ actorId, about, ...note }) =>
      !tryToRecord(store, { ...note, actor: { id: actorId, name: nameOf(actorId) }, ...(about && { about }) }),
    );
    this.keep(failing === -1 ? [] : this.notes.slice(failing));
    return failing === -1;
  }

  private keep(notes: Note[]): void {
    this.notes = notes;
    try {
      if (notes.length === 0) rmSync(this.path, { force: true });
      else writeFileAtomic(this.path, JSON.stringify(notes));
    } catch (error) {
      if (toStorageError(error) === undefined) throw error;
    }
  }
}

/** Whether it is written. A failure of the disk is no reason to stop; anything else is a bug. */
function tryToRecord(store: Store, change: Change): boolean {
  try {
    store.record(change);
    return true;
  } catch (error) {
    if (toStorageError(error) === undefined) throw error;
    return false;
  }
}

function readNotes(path: string): Note[] {
  try {
    return z.array(noteSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return [];
  }
}
