import { statementsFor, typesOf, type Table } from './0001-tables.ts';
import type { Kind } from '../kind.ts';

/** What the server does about the cloud by itself: one row of settings an organisation, what it proposed, and what alarmed it. */
export function automation(kind: Kind): string[] {
  const { integer, uuid, word, line, long } = typesOf[kind];
  const organisation = `organisation_id ${integer} NOT NULL`;
  const all: Table[] = [
    { name: 'automations', columns: [`${organisation} PRIMARY KEY`, `settings ${long} NOT NULL`, `look_at ${integer}`, `outcome ${word}`], ending: 'end' },
    {
      name: 'proposals',
      columns: [`id ${uuid} NOT NULL PRIMARY KEY`, organisation, `state ${word} NOT NULL`, `content ${long} NOT NULL`, `created_at ${integer} NOT NULL`, `decided_at ${integer}`, `decided_by ${line}`, `run_id ${uuid}`],
      indices: { proposals_of_organisation: 'organisation_id, created_at' },
      ending: 'end',
    },
    {
      name: 'alarms',
      columns: [
        `id ${uuid} NOT NULL PRIMARY KEY`, organisation, `state ${word} NOT NULL`, `content ${long} NOT NULL`, `raised_at ${integer} NOT NULL`,
        `acknowledged_at ${integer}`, `acknowledged_by ${line}`, `cleared_at ${integer}`,
      ],
      indices: { alarms_of_organisation: 'organisation_id, cleared_at, raised_at' },
      ending: 'end',
    },
  ];
  return all.flatMap((table) => statementsFor(kind, table));
}
