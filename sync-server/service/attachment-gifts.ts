import type { Queries } from '../database/index.ts';

/** Bytes that a document names. */
export interface Wanting {
  holderId: string;
  hash: string;
  /** As the document says. */
  size: number;
  carriedBy: string;
  /** Where the document named them first. */
  position: number;
}

/**
 * Under whom the site of a document's sender holds the same bytes whole: they need not be sent again for a copy that goes along with a
 * shared chart, nor for what is taken into a chart from one. Only what that site may read, or might when it named them, is looked at, whoever asks:
 * what anybody else has tells nothing and opens nothing. Bytes come after their documents, and a sharing may end in between: what was taken into
 * a chart before would wait for them for ever.
 */
export async function findAtSender(queries: Queries, organisationId: number, { holderId, hash, size, carriedBy, position }: Wanting): Promise<string | undefined> {
  // What is in quarantine is in nobody's scope.
  if (holderId === carriedBy) return undefined;
  const [source] = await queries.rows<{ holderId: string }>(
    `SELECT a.holder_id AS holderId FROM attachments a
       JOIN grants g ON g.organisation_id = a.organisation_id AND g.patient_id = a.holder_id AND (g.withdrawn_position IS NULL OR (g.position <= ? AND g.withdrawn_position > ?))
       JOIN devices d ON d.id = ? AND d.organisation_id = a.organisation_id AND d.site_id = g.site_id
       WHERE a.organisation_id = ? AND a.hash = ? AND a.size = ? AND a.complete = 1 AND a.holder_id <> ? LIMIT 1`,
    [position, position, carriedBy, organisationId, hash, size, holderId],
  );
  return source?.holderId;
}
