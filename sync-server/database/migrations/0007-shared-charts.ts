import { statementsFor, typesOf, type Table } from './0001-tables.ts';
import type { Kind } from '../kind.ts';

/** When copies of charts end that other sites may read: looked at often, where to look for it in the documents would read them all. */
export function sharedCharts(kind: Kind): string[] {
  const { integer, uuid, word } = typesOf[kind];
  const table: Table = {
    name: 'shared_chart_expiries',
    columns: [`organisation_id ${integer} NOT NULL`, `document_id ${uuid} NOT NULL`, `expires_at ${word} NOT NULL`, 'PRIMARY KEY (organisation_id, document_id)'],
    indices: { shared_chart_expiries_by_time: 'expires_at' },
    ending: 'inOrder',
  };
  return statementsFor(kind, table);
}
