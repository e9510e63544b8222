import type { Kind } from '../kind.ts';

export const typesOf = {
  sqlite: {
    serial: 'INTEGER PRIMARY KEY', integer: 'INTEGER', uuid: 'TEXT', word: 'TEXT', line: 'TEXT', long: 'TEXT', end: 'STRICT', inOrder: 'STRICT, WITHOUT ROWID',
  },
  mysql: {
    serial: 'INT NOT NULL AUTO_INCREMENT PRIMARY KEY',
    integer: 'BIGINT',
    uuid: 'CHAR(36) CHARACTER SET ascii COLLATE ascii_bin',
    word: 'VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin',
    line: 'VARCHAR(200)',
    long: 'LONGTEXT',
    end: 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    inOrder: 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  },
} as const;

/** MySQL has no `IF NOT EXISTS` for an index, so each one is a part of its table there. */
export interface Table {
  name: string;
  columns: string[];
  indices?: Record<string, string>;
  ending: 'end' | 'inOrder';
}

export function statementsFor(kind: Kind, { name, columns, indices = {}, ending }: Table): string[] {
  const inside = Object.entries(indices).map(([index, on]) => `INDEX ${index} (${on})`);
  const parts = kind === 'mysql' ? [...columns, ...inside] : columns;
  const outside = Object.entries(indices).map(([index, on]) => `CREATE INDEX ${index} ON ${name} (${on})`);
  const create = `CREATE TABLE ${name} (${parts.join(', ')}) ${typesOf[kind][ending]}`;
  return kind === 'mysql' ? [create] : [create, ...outside];
}

export function tables(kind: Kind): string[] {
  const { serial, integer, uuid, word, line, long } = typesOf[kind];
  const organisation = `organisation_id ${integer} NOT NULL`;
  const all: Table[] = [
    { name: 'organisations', columns: [`id ${serial}`, `public_id ${uuid} NOT NULL UNIQUE`, `name ${line} NOT NULL`, `created_at ${integer} NOT NULL`], ending: 'end' },
    {
      name: 'counters',
      columns: [`${organisation} PRIMARY KEY`, `position ${integer} NOT NULL`, `epoch ${uuid} NOT NULL`, `workstation_number ${integer} NOT NULL`, `names_version ${integer} NOT NULL`],
      ending: 'end',
    },
    {
      name: 'epochs',
      columns: [organisation, `number ${integer} NOT NULL`, `epoch ${uuid} NOT NULL`, `position ${integer} NOT NULL`, `begun_at ${integer} NOT NULL`, 'PRIMARY KEY (organisation_id, number)'],
      ending: 'inOrder',
    },
    {
      name: 'devices',
      columns: [
        `id ${uuid} NOT NULL PRIMARY KEY`, organisation, `site_id ${uuid} NOT NULL`, `name ${line} NOT NULL`, `public_key ${word} NOT NULL UNIQUE`, `counter ${integer} NOT NULL`,
        `state ${word} NOT NULL`, `may_administer ${integer} NOT NULL`, `workstation_number ${integer} NOT NULL`, `scope_version ${integer} NOT NULL`, `told_position ${integer} NOT NULL`,
        `lineage_id ${uuid} NOT NULL`, `replaces ${uuid}`, `app_version ${line} NOT NULL`, `enrolled_at ${integer} NOT NULL`, `seen_at ${integer}`, `clock_skew ${integer} NOT NULL`,
        `copy_found_at ${integer}`, `restore_found_at ${integer}`, `report ${long}`, `reported_at ${integer}`, `reported_position ${integer} NOT NULL`, `audience_id ${uuid}`,
      ],
      indices: { devices_of_audience: 'audience_id', devices_of_organisation: 'organisation_id, state, site_id, reported_position, id', devices_of_lineage: 'lineage_id' },
      ending: 'end',
    },
    { name: 'audiences', columns: [`id ${uuid} NOT NULL PRIMARY KEY`, `position ${integer} NOT NULL`], ending: 'end' },
    { name: 'device_sites', columns: [`device_id ${uuid} NOT NULL`, `site_id ${uuid} NOT NULL`, 'PRIMARY KEY (device_id, site_id)'], ending: 'inOrder' },
    {
      name: 'enrolment_codes',
      columns: [
        `code_hash ${word} NOT NULL PRIMARY KEY`, organisation, `site_id ${uuid}`, `may_administer ${integer} NOT NULL`, `created_at ${integer} NOT NULL`, `expires_at ${integer} NOT NULL`, `device_id ${uuid}`,
      ],
      ending: 'end',
    },
    { name: 'sessions', columns: [`device_id ${uuid} NOT NULL PRIMARY KEY`, `token_hash ${word} NOT NULL UNIQUE`, `expires_at ${integer} NOT NULL`], ending: 'end' },
    {
      name: 'change_sets',
      columns: [
        organisation, `position ${integer} NOT NULL`, `id ${uuid} NOT NULL`, `action ${line} NOT NULL`, `actor_id ${line} NOT NULL`, `device_id ${uuid} NOT NULL`, `carried_by ${uuid} NOT NULL`,
        `wall_time ${word} NOT NULL`, `size ${integer} NOT NULL`, `reaches_back ${integer} NOT NULL`, `landing_id ${uuid} NOT NULL`, 'PRIMARY KEY (organisation_id, position)',
      ],
      indices: { change_sets_by_id: 'organisation_id, id' },
      ending: 'inOrder',
    },
    {
      name: 'revisions',
      columns: [
        organisation, `position ${integer} NOT NULL`, `ordinal ${integer} NOT NULL`, `collection ${word} NOT NULL`, `document_id ${uuid} NOT NULL`, `rev ${uuid} NOT NULL`, `base_rev ${uuid}`,
        `compartment ${word} NOT NULL`, `bucket ${integer} NOT NULL`, `deleted ${integer} NOT NULL`, `created_at ${word} NOT NULL`, `updated_at ${word} NOT NULL`, `updated_by ${line} NOT NULL`,
        `content ${long}`, `device_id ${uuid} NOT NULL`, `landed_rev ${uuid}`, `merged ${integer} NOT NULL`, `superseded_position ${integer}`,
        'PRIMARY KEY (organisation_id, position, ordinal)', 'UNIQUE (organisation_id, rev, document_id, collection)',
      ],
      indices: {
        revisions_of_document: 'organisation_id, document_id, superseded_position',
        revisions_of_compartment: 'organisation_id, compartment, superseded_position',
        revisions_of_bucket: 'organisation_id, collection, bucket, superseded_position',
      },
      ending: 'end',
    },
    {
      name: 'grants',
      columns: [
        organisation, `site_id ${uuid} NOT NULL`, `patient_id ${word} NOT NULL`, `position ${integer} NOT NULL`, `withdrawn_position ${integer}`, `existed ${integer} NOT NULL`,
        'PRIMARY KEY (organisation_id, site_id, patient_id, position)',
      ],
      indices: {
        grants_of_patient: 'organisation_id, patient_id',
        grants_of_existing: 'organisation_id, site_id, existed, position',
        grants_by_withdrawal: 'organisation_id, site_id, withdrawn_position',
      },
      ending: 'inOrder',
    },
    {
      name: 'aliases',
      columns: [
        organisation, `holder_id ${uuid} NOT NULL`, `collection ${word} NOT NULL`, `id ${uuid} NOT NULL`, `alias ${uuid} NOT NULL`,
        'PRIMARY KEY (organisation_id, holder_id, collection, id)',
      ],
      ending: 'inOrder',
    },
    {
      // Where to look for what may be in a document's way. Rows stay when their document moves on: they are asked for, never believed.
      name: 'exclusions',
      columns: [organisation, `exclusion_key ${uuid} NOT NULL`, `document_id ${uuid} NOT NULL`, 'PRIMARY KEY (organisation_id, exclusion_key, document_id)'],
      ending: 'inOrder',
    },
    {
      name: 'digests',
      columns: [
        organisation, `site_id ${word} NOT NULL`, `collection ${word} NOT NULL`, `bucket ${integer} NOT NULL`, `documents ${integer} NOT NULL`, `rev_sum ${integer} NOT NULL`,
        'PRIMARY KEY (organisation_id, site_id, collection, bucket)',
      ],
      ending: 'inOrder',
    },
    {
      name: 'quarantine',
      columns: [
        organisation, `device_id ${uuid} NOT NULL`, `change_set_id ${uuid} NOT NULL`, `refusal ${word} NOT NULL`, `received_at ${integer} NOT NULL`, `sequence ${integer} NOT NULL`,
        `origin_device_id ${uuid}`, `action ${line}`, `actor_id ${line}`, `wall_time ${word}`, `document_count ${integer} NOT NULL`, `size ${integer} NOT NULL`, `content ${long} NOT NULL`,
        'PRIMARY KEY (organisation_id, device_id, change_set_id)',
      ],
      indices: { quarantine_in_order: 'organisation_id, received_at, sequence' },
      ending: 'end',
    },
    {
      name: 'quarantined_documents',
      columns: [
        organisation, `device_id ${uuid} NOT NULL`, `change_set_id ${uuid} NOT NULL`, `ordinal ${integer} NOT NULL`, `collection ${word} NOT NULL`, `document_id ${uuid} NOT NULL`,
        `patient_id ${uuid}`, 'PRIMARY KEY (organisation_id, device_id, change_set_id, ordinal)',
      ],
      indices: { quarantined_documents_by_id: 'organisation_id, document_id' },
      ending: 'inOrder',
    },
    {
      name: 'reports',
      columns: [`device_id ${uuid} NOT NULL`, `received_at ${integer} NOT NULL`, `behind ${integer} NOT NULL`, `unsent ${integer} NOT NULL`, 'PRIMARY KEY (device_id, received_at)'],
      ending: 'inOrder',
    },
  ];
  return all.flatMap((table) => statementsFor(kind, table));
}
