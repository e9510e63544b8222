import type { Connection } from '../connection.ts';

/**
 * `position` is the row number that search tables point at. `change_seq` names the change set that wrote this
 * version; superseded versions move to `revisions`, so each version is stored once. `server_rev` is the rev that the
 * document is known to have on the server and `server_position` where that stands in the order of commits there;
 * `snapshot_number` is the snapshot that last told it.
 */
export const collectionTable = (name: string, columns: string[] = []) => `
  CREATE TABLE ${name} (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    rev TEXT NOT NULL,
    base_rev TEXT,
    change_seq INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    server_rev TEXT,
    server_position INTEGER,
    snapshot_number INTEGER,
    content TEXT NOT NULL CHECK (json_valid(content))
    ${columns.map((column) => `, ${column}`).join('\n')}
  ) STRICT;
  CREATE INDEX ${name}_by_change ON ${name} (change_seq);`;

export const generated = (column: string, path: string) =>
  `${column} TEXT GENERATED ALWAYS AS (content ->> '$.${path}') VIRTUAL`;

export function collections(connection: Connection): void {
  connection.exec(`
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE change_sets (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      action TEXT NOT NULL,
      actor_id TEXT NOT NULL,
      device_id TEXT NOT NULL,
      wall_time TEXT NOT NULL,
      document_count INTEGER NOT NULL,
      server_position INTEGER,
      -- Came from the server: its wall time is another clock's, and says nothing of this workstation's.
      received INTEGER NOT NULL DEFAULT 0 CHECK (received IN (0, 1))
    ) STRICT;
    CREATE INDEX change_sets_by_wall_time ON change_sets (wall_time) WHERE received = 0;
    CREATE INDEX change_sets_by_place ON change_sets (server_position, received) WHERE server_position IS NOT NULL;
    CREATE INDEX change_sets_saved_here ON change_sets (seq) WHERE received = 0 AND document_count > 0;

    -- Offered: the server had it in another epoch, and is asked whether it still does before it is sent again.
    CREATE TABLE outbox (
      change_seq INTEGER PRIMARY KEY REFERENCES change_sets (seq),
      offered INTEGER NOT NULL DEFAULT 0 CHECK (offered IN (0, 1))
    ) STRICT;
    CREATE INDEX outbox_offered ON outbox (change_seq) WHERE offered = 1;

    CREATE TABLE revisions (
      collection TEXT NOT NULL,
      document_id TEXT NOT NULL,
      rev TEXT NOT NULL,
      base_rev TEXT,
      change_seq INTEGER NOT NULL,
      saved_at TEXT NOT NULL,
      saved_by TEXT NOT NULL,
      deleted INTEGER NOT NULL,
      server_position INTEGER,
      content TEXT NOT NULL,
      PRIMARY KEY (collection, document_id, rev)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX revisions_by_change ON revisions (change_seq);

    ${collectionTable('users', [generated('username', 'username')])}
    -- Not unique, nor are medical record numbers: two sites may give one each offline, and what arrives must not stop on it.
    CREATE INDEX users_by_username ON users (username);

    ${collectionTable('sites')}

    ${collectionTable('patients', [
      'name_sort TEXT NOT NULL',
      `replaced_by TEXT NOT NULL DEFAULT ''`,
      generated('gender', 'gender'),
      generated('phone', 'phone'),
      generated('national_id', 'nationalId'),
      generated('insurance_number', 'insuranceNumber'),
      generated('medical_record_number', 'medicalRecordNumber'),
      `birth TEXT GENERATED ALWAYS AS (coalesce(content ->> '$.birthday', content ->> '$.estimatedBirthYear')) VIRTUAL`,
    ])}
    -- The lists sort by the second column; the filter's columns stand behind it, so that counting and skipping touch no document.
    CREATE INDEX patients_by_name ON patients (deleted, replaced_by, name_sort, gender, birth);
    CREATE INDEX patients_by_commit ON patients (deleted, replaced_by, change_seq, gender, birth);
    CREATE INDEX patients_by_birth ON patients (deleted, replaced_by, birth, gender);
    CREATE INDEX patients_by_number ON patients (deleted, replaced_by, medical_record_number, gender, birth);
    CREATE INDEX patients_replaced ON patients (replaced_by) WHERE replaced_by <> '';
    CREATE INDEX patients_by_medical_record_number ON patients (medical_record_number);

    ${collectionTable('medical_records', [
      generated('patient_id', 'patientId'),
      generated('doctor_id', 'doctorId'),
      generated('status', 'status'),
      generated('admission_date', 'admissionDate'),
    ])}
    CREATE INDEX medical_records_by_patient ON medical_records (patient_id, deleted, admission_date, position);
    CREATE INDEX medical_records_unsigned ON medical_records (doctor_id, admission_date) WHERE status = 'draft';
    CREATE INDEX medical_records_deleted ON medical_records (change_seq) WHERE deleted = 1;

    ${collectionTable('conflicts', [generated('status', 'status'), generated('document_id', 'documentId'), generated('patient_id', 'patientId')])}
    CREATE INDEX conflicts_by_status ON conflicts (status, deleted);
    CREATE INDEX conflicts_by_document ON conflicts (document_id);
    CREATE INDEX conflicts_by_patient ON conflicts (patient_id) WHERE patient_id IS NOT NULL;

    ${collectionTable('drafts', [generated('user_id', 'userId')])}
    CREATE INDEX drafts_by_user ON drafts (user_id, updated_at);

    ${collectionTable('audit_entries', [
      generated('action', 'action'),
      generated('actor_id', 'actorId'),
      generated('patient_id', 'patientId'),
    ])}
    CREATE INDEX audit_entries_by_patient ON audit_entries (patient_id) WHERE patient_id IS NOT NULL;
    CREATE INDEX audit_entries_by_action ON audit_entries (action);
    CREATE INDEX audit_entries_by_time ON audit_entries (created_at);
    CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id);

    ${collectionTable('settings')}

    ${collectionTable('hosts')}
    ${collectionTable('virtual_machines', [generated('host_id', 'hostId')])}
    CREATE INDEX virtual_machines_by_host ON virtual_machines (host_id) WHERE host_id IS NOT NULL;
    ${collectionTable('storage_pools')}
    ${collectionTable('databases')}
    ${collectionTable('compute_nodes')}
    ${collectionTable('tasks', [generated('state', 'state')])}
    CREATE INDEX tasks_by_state ON tasks (state, deleted);
  `);
}
