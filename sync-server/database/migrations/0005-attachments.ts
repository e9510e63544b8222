import { statementsFor, typesOf, type Table } from './0001-tables.ts';
import type { Kind } from '../kind.ts';

/**
 * The bytes of attachments. `attachment_references`: which documents name which bytes. `position` and `ordinal`: where that was said first. `holder_id` is the patient whose documents they are, or,
 * for what is in quarantine, the device that sent it: bytes are kept for each holder by itself, so that nobody learns by a hash
 * what others have. `attachments`: how many chunks of them are there. `upstream_attachments`: what a server that follows another one has to send there.
 */
export function attachments(kind: Kind): string[] {
  const { integer, uuid, word } = typesOf[kind];
  const organisation = `organisation_id ${integer} NOT NULL`;
  const all: Table[] = [
    {
      name: 'attachment_references',
      columns: [
        organisation, `document_id ${uuid} NOT NULL`, `hash ${word} NOT NULL`, `holder_id ${uuid} NOT NULL`, `size ${integer} NOT NULL`, `carried_by ${uuid} NOT NULL`,
        `position ${integer} NOT NULL`, `ordinal ${integer} NOT NULL`,
        'PRIMARY KEY (organisation_id, document_id, hash, holder_id)',
      ],
      indices: { attachment_references_of_holder: 'organisation_id, holder_id, hash' },
      ending: 'inOrder',
    },
    {
      name: 'attachments',
      columns: [
        organisation, `holder_id ${uuid} NOT NULL`, `hash ${word} NOT NULL`, `size ${integer} NOT NULL`, `chunks ${integer} NOT NULL`, `complete ${integer} NOT NULL`,
        'PRIMARY KEY (organisation_id, holder_id, hash)',
      ],
      indices: { attachments_lacking: 'organisation_id, complete' },
      ending: 'inOrder',
    },
    {
      name: 'attachment_chunks',
      columns: [
        organisation, `holder_id ${uuid} NOT NULL`, `hash ${word} NOT NULL`, `number ${integer} NOT NULL`, `bytes ${kind === 'mysql' ? 'MEDIUMBLOB' : 'BLOB'} NOT NULL`,
        'PRIMARY KEY (organisation_id, holder_id, hash, number)',
      ],
      ending: 'end',
    },
    {
      name: 'upstream_attachments',
      columns: [organisation, `document_id ${uuid} NOT NULL`, `hash ${word} NOT NULL`, `holder_id ${uuid} NOT NULL`, 'PRIMARY KEY (organisation_id, document_id, hash)'],
      ending: 'inOrder',
    },
  ];
  return all.flatMap((table) => statementsFor(kind, table));
}
