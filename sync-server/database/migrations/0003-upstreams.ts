import { statementsFor, typesOf, type Table } from './0001-tables.ts';
import type { Kind } from '../kind.ts';

/**
 * What a server keeps of the one that it follows. `upstreams`: who that is and how far it got, one row an organisation.
 * `upstream_change_sets`: what became there of each change set of this server, by its position here. `upstream_documents`:
 * what is known of where a document stands there. `upstream_workstations`, `upstream_sites`: what that server tells of the others.
 * `served_workstations`, `served_sites`: what servers that follow this one tell of those behind them.
 */
export function upstreams(kind: Kind): string[] {
  const { integer, uuid, word, line, long } = typesOf[kind];
  const organisation = `organisation_id ${integer} NOT NULL`;
  const all: Table[] = [
    {
      name: 'upstreams',
      columns: [
        `${organisation} PRIMARY KEY`, `address ${line} NOT NULL`, `certificate ${long}`, `fingerprint ${line}`, `organisation_name ${line} NOT NULL`,
        `private_key ${line} NOT NULL`, `next_private_key ${line}`, `device_id ${uuid}`, `site_id ${uuid}`, `counter ${integer} NOT NULL`, `epoch ${uuid}`,
        `position ${integer} NOT NULL`, `known_position ${integer} NOT NULL`, `head ${integer} NOT NULL`, `scope_version ${integer}`, `snapshot_number ${integer} NOT NULL`,
        `snapshot_under_way ${integer} NOT NULL`, `snapshot_at ${integer}`, `snapshot_cursor ${line}`, `snapshot_received ${integer} NOT NULL`, `snapshot_total ${integer} NOT NULL`,
        `verified_position ${integer}`, `locked ${integer} NOT NULL`, `noted_position ${integer} NOT NULL`, `last_number ${integer} NOT NULL`, `numbered ${integer} NOT NULL`,
        `success_at ${integer}`, `attempt_at ${integer}`, `failure ${word}`, `holder_id ${uuid}`, `held_until ${integer} NOT NULL`,
        `clock_skew ${integer} NOT NULL`, `names_tag ${line}`, `told_names ${word}`,
      ],
      ending: 'end',
    },
    {
      name: 'upstream_change_sets',
      columns: [
        organisation, `position ${integer} NOT NULL`, `part ${integer} NOT NULL`, `id ${uuid} NOT NULL`, `state ${word} NOT NULL`, `upstream_position ${integer}`, `refusal ${word}`,
        `refused_at ${integer}`, 'PRIMARY KEY (organisation_id, position, part)',
      ],
      indices: { upstream_change_sets_by_id: 'organisation_id, id', upstream_change_sets_by_state: 'organisation_id, state, position, part', upstream_change_sets_by_place: 'organisation_id, upstream_position' },
      ending: 'inOrder',
    },
    {
      name: 'upstream_documents',
      columns: [
        organisation, `collection ${word} NOT NULL`, `document_id ${uuid} NOT NULL`, `rev ${uuid}`, `position ${integer}`, `snapshot_number ${integer} NOT NULL`,
        `skipped_position ${integer}`, `to_fetch ${integer} NOT NULL`, 'PRIMARY KEY (organisation_id, document_id, collection)',
      ],
      indices: { upstream_documents_by_position: 'organisation_id, position', upstream_documents_to_fetch: 'organisation_id, to_fetch' },
      ending: 'inOrder',
    },
    {
      name: 'upstream_workstations',
      columns: [organisation, `device_id ${uuid} NOT NULL`, `name ${line} NOT NULL`, `site_id ${uuid} NOT NULL`, 'PRIMARY KEY (organisation_id, device_id)'],
      ending: 'inOrder',
    },
    { name: 'upstream_sites', columns: [organisation, `site_id ${uuid} NOT NULL`, `position ${integer} NOT NULL`, 'PRIMARY KEY (organisation_id, site_id)'], ending: 'inOrder' },
    {
      name: 'served_workstations',
      columns: [organisation, `hub_id ${uuid} NOT NULL`, `device_id ${uuid} NOT NULL`, `name ${line} NOT NULL`, `site_id ${uuid} NOT NULL`, 'PRIMARY KEY (organisation_id, hub_id, device_id)'],
      ending: 'inOrder',
    },
    {
      name: 'served_sites',
      columns: [organisation, `hub_id ${uuid} NOT NULL`, `site_id ${uuid} NOT NULL`, `position ${integer} NOT NULL`, 'PRIMARY KEY (organisation_id, hub_id, site_id)'],
      ending: 'inOrder',
    },
    { name: 'upstream_withdrawals', columns: [organisation, `patient_id ${uuid} NOT NULL`, 'PRIMARY KEY (organisation_id, patient_id)'], ending: 'inOrder' },
  ];
  return all.flatMap((table) => statementsFor(kind, table));
}
