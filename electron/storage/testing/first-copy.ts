import { demoRecord } from '../../../shared/demo/medical-record.ts';
import { demoPatient } from '../../../shared/demo/patient.ts';
import { seededRandom } from '../../../shared/demo/random.ts';
import type { PositionedDocument } from '../../../shared/sync/protocol.ts';
import { openConnection, type Connection } from '../connection.ts';
import { environmentWith, systemClock } from '../environment.ts';
import { isWorkDeferred, worthDeferring } from '../deferred-work.ts';
import { migrate } from '../migrate.ts';
import { StoreReplica } from '../replica/replica.ts';
import { searchPatients } from '../search.ts';
import { Store } from '../store.ts';

const ofAPage = 120;
const at = '2026-03-02T09:00:00.000Z';
const idOf = (kind: string, number: number) => `0198a000-0000-7000-8000-${kind}${String(number).padStart(11, '0')}`;
const doctor = { id: idOf('d', 1), name: 'Dr Test' };

/** Patients and records in the order of their commits: some patients after what was written of them or replaced by one another, some documents deleted, purged, or told again by a later page. */
export function documentsOf(seed: number, count = 600): PositionedDocument[] {
  const random = seededRandom(seed);
  const people = Math.ceil(count / 6);
  return Array.from({ length: count }, (_, index) => {
    const number = random.chance(0.15) ? random.below(index + 1) : index;
    const isPatient = number % 6 === 0;
    const patient = { ...demoPatient(random, '2026-03-02'), medicalRecordNumber: `90-${number}`, ...(number % 12 === 0 && random.chance(0.5) && { link: [{ type: 'replaced-by', other: idOf('a', 2 * random.below(people / 2) + 1) }] }) };
    const content = isPatient ? patient : demoRecord(random, { patientId: idOf('a', random.below(people)), today: '2026-03-02', language: 'zh', doctors: [doctor] });
    return {
      collection: isPatient ? 'patients' : 'medicalRecords', id: isPatient ? idOf('a', number / 6) : idOf('b', number), rev: idOf('e', index), baseRev: null,
      deleted: random.chance(0.05), createdAt: at, updatedAt: at, updatedBy: doctor.id, position: index + 1,
      content: random.chance(0.01) ? null : (JSON.parse(JSON.stringify(content)) as PositionedDocument['content']),
    };
  });
}

export const databaseKey = new Uint8Array(32).fill(3);

export function openReplica(path: string): { connection: Connection; store: Store; replica: StoreReplica } {
  const connection = openConnection(path, databaseKey);
  migrate(connection);
  const store = new Store(connection, environmentWith(systemClock));
  return { connection, store, replica: new StoreReplica(store) };
}

/** Begins a first copy, or goes on with it, as the driver does with nobody signed in; `done` hears of each transaction. */
export function takeFirstCopy(replica: StoreReplica, documents: readonly PositionedDocument[], done: () => void = () => undefined): void {
  if (replica.state().epoch === null) replica.adoptEpoch(idOf('f', 1), null);
  replica.adoptScope({ siteId: idOf('c', 1), scopeVersion: 1, workstationNumber: 1 });
  for (let { snapshot } = replica.state(); snapshot !== null; { snapshot } = replica.state()) {
    const from = Number(snapshot.cursor ?? 0);
    const page = documents.slice(from, from + ofAPage).map((document) => ({ ...document, content: document.content === null ? null : Buffer.from(JSON.stringify(document.content)) }));
    const cursor = from + ofAPage < documents.length ? String(from + ofAPage) : null;
    replica.deferWorkFor({ total: worthDeferring });
    const isTakenAhead = cursor === null && replica.hasDeferredWork;
    if (isTakenAhead) {
      replica.takeAhead({ documents: page });
      done();
      while (replica.doDeferredWork()) done();
    }
    replica.applySnapshotPage({ at: documents.length, documents: isTakenAhead ? [] : page, cursor, total: worthDeferring });
    done();
  }
}

/** Of one way to be told: which change set a document came with, its place here, and what was superseded before it came. */
const ofTheWay = ['change_seq', 'snapshot_number'];
const elsewhere = /^(change_sets|replica_state|meta|revisions|sqlite_.*|patient_.*_.*)$/;

/** Everything that is the same however it came: rows, indices, digests, and what is found. */
export function stateOf(connection: Connection) {
  const schema = connection.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2').all() as { type: string; name: string; sql: string }[];
  const tables = schema.filter(({ type, name, sql }) => type === 'table' && !elsewhere.test(name) && !sql.startsWith('CREATE VIRTUAL'));
  const rows = tables.map(({ name }) => {
    const found = connection.prepare(`SELECT * FROM ${name}`).all() as Record<string, unknown>[];
    const kept = found.filter(({ visits }) => visits !== 0).map((row) => JSON.stringify(Object.entries(row).filter(([column]) => !ofTheWay.includes(column))));
    return [name, kept.sort()];
  });
  const names = connection.prepare("SELECT DISTINCT content ->> '$.name' AS name FROM patients WHERE content <> 'null' LIMIT 60").pluck().all() as string[];
  return {
    schema, rows, deferred: isWorkDeferred(connection), integrity: connection.pragma('integrity_check', { simple: true }),
    found: [...names, 'wang', 'zh', '90-1', '138'].map((query) => [query, searchPatients(connection, query, 50).map(({ id }) => id)]),
  };
}
