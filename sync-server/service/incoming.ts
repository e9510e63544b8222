import { changeSetSchema, type ChangeSet, type Refusal } from '../../shared/sync/protocol.ts';
import { validateContent } from '../../shared/sync/validate.ts';
import { idSchema } from '../../shared/schema/document.ts';
import { refuse } from './failure.ts';

/** A change set as it came: whole and valid, or why not. */
export interface Incoming {
  id: string;
  raw: unknown;
  changeSet: ChangeSet | undefined;
  refusal: Refusal | undefined;
}

/** Deeper than any form; a document nested thousands deep would exhaust the stack of whoever walks it later. */
const maxDepth = 40;

/** Looks at one change set by itself. Without an id there is nobody to answer about: then the message is malformed. */
export function readIncoming(raw: unknown): Incoming {
  const id = idSchema.safeParse((raw as { id?: unknown } | null)?.id);
  if (!id.success) return refuse('malformed-message');
  if (!isShallow(raw, maxDepth)) return { id: id.data, raw, changeSet: undefined, refusal: 'invalid-document' };
  const parsed = changeSetSchema.safeParse(raw);
  if (!parsed.success) return { id: id.data, raw, changeSet: undefined, refusal: 'invalid-document' };
  const { documents } = parsed.data;
  // A change set writes a document once: two versions of it would each be decided as if the other were not there.
  const isTwice = new Set(documents.map(({ collection, id: documentId }) => `${collection} ${documentId}`)).size < documents.length;
  const refusal = isTwice ? 'invalid-document' : documents.map(validateContent).find((found) => found !== undefined);
  return { id: id.data, raw, changeSet: parsed.data, refusal };
}

function isShallow(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (levels === 0) return false;
  return (Array.isArray(value) ? value : Object.values(value)).every((inner) => isShallow(inner, levels - 1));
}

/** JSON of what was refused, for the quarantine; of what is nested too deep to be written, only that. */
export function textOf(raw: unknown): string {
  try {
    return JSON.stringify(raw);
  } catch (error) {
    if (error instanceof RangeError) return '{"nestedTooDeep":true}';
    throw error;
  }
}
