import type { AuditAction } from '../../schema/audit-entry.ts';
import type { Content } from '../content.ts';
import type { WireDocument } from '../protocol.ts';

/** What an action makes of one document. Content of null: purged. */
export type Change = Pick<WireDocument, 'collection' | 'id'> & {
  content: Content | null;
  deleted?: boolean;
  /** The copy of a document that this one is made of: whoever does so has no bytes of it but what has come. */
  takenFrom?: string;
};
/** What somebody does, as the program is told it. */
export interface Deed {
  action: AuditAction;
  /** An instant by the workstation's own clock. */
  at: string;
  changes: Change[];
}
