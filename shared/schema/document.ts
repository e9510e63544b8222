import { z } from 'zod';

export const idSchema = z.uuid();

/** A calendar day, `YYYY-MM-DD`, without a time zone: a birthday is the same day everywhere. */
export const calendarDaySchema = z.iso.date({ error: 'invalid-date' });

/** An instant in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const instantSchema = z.iso.datetime({ error: 'invalid-date' });

/** What the store adds to every document. Content fields sit beside these in one flat object. */
export interface DocumentMeta {
  /** UUIDv7, minted where the document was created. */
  id: string;
  /** A new id per write; a write names the rev it was written over. */
  rev: string;
  createdAt: string;
  updatedAt: string;
  /** User id of the last writer. */
  updatedBy: string;
  deleted: boolean;
}
export type Stored<Content> = Content & DocumentMeta;

/** Trimmed text within a length; over-long text is refused by name and never cut in silence. */
export const text = (max: number) => z.string({ error: 'required' }).trim().max(max, { error: 'too-long' });
export const requiredText = (max: number) => text(max).min(1, { error: 'required' });
/** Optional text: empty after trimming means absent. */
export const optionalText = (max: number) =>
  text(max).transform((value) => (value === '' ? undefined : value)).optional();
