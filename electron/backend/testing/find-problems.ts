import { patientTerms } from '../../../shared/search/patient-terms.ts';
import type { PatientContent } from '../../../shared/schema/patient.ts';
import type { Connection } from '../../storage/connection.ts';

/** Every version of every document that change sets write, wherever it is kept; audit entries are counted apart. */
const versions = `
  SELECT change_seq, 'users' AS collection, id, rev, base_rev FROM users
  UNION ALL SELECT change_seq, 'sites', id, rev, base_rev FROM sites
  UNION ALL SELECT change_seq, 'patients', id, rev, base_rev FROM patients
  UNION ALL SELECT change_seq, 'medicalRecords', id, rev, base_rev FROM medical_records
  UNION ALL SELECT change_seq, 'settings', id, rev, base_rev FROM settings
  UNION ALL SELECT change_seq, collection, document_id, rev, base_rev FROM revisions`;

/** Each query finds what must never be: it names the fault and answers the rows that show it. */
const faults: Record<string, string> = {
  'documents written differ from the count of their change set': `
    SELECT s.seq FROM change_sets AS s LEFT JOIN (SELECT change_seq, count(*) AS written FROM (${versions}) GROUP BY change_seq) AS v
    ON v.change_seq = s.seq WHERE s.document_count <> coalesce(v.written, 0)`,
  'a document belongs to no change set': `SELECT v.id FROM (${versions}) AS v LEFT JOIN change_sets AS s ON s.seq = v.change_seq WHERE s.seq IS NULL`,
  'an earlier version is missing': `
    SELECT v.id FROM (${versions}) AS v WHERE v.base_rev IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM revisions AS r WHERE r.collection = v.collection AND r.document_id = v.id AND r.rev = v.base_rev)`,
  'a change set has not exactly one audit entry': `
    SELECT s.seq FROM change_sets AS s LEFT JOIN audit_entries AS a ON a.change_seq = s.seq GROUP BY s.seq HAVING count(a.id) <> 1`,
  'an audit entry belongs to no change set': `
    SELECT a.id FROM audit_entries AS a LEFT JOIN change_sets AS s ON s.seq = a.change_seq
    WHERE s.seq IS NULL OR s.id <> a.content ->> '$.changeSetId'`,
  'a change set with something to send does not wait to be sent': `
    SELECT s.seq FROM change_sets AS s LEFT JOIN outbox AS o ON o.change_seq = s.seq WHERE o.change_seq IS NULL AND s.action <> 'settings.updated'`,
  'numbers of change sets have gaps': 'SELECT count(*) AS n FROM change_sets HAVING max(seq) <> count(*)',
  'the counter of medical record numbers lags': `
    SELECT max(medical_record_number) FROM patients
    HAVING CAST(substr(max(medical_record_number), 4) AS INTEGER) > (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'counter.medicalRecordNumber')`,
  'a patient is not in the full-text index, or somebody who is not there is': `
    SELECT * FROM (SELECT position FROM patients WHERE deleted = 0 EXCEPT SELECT id FROM patient_characters_docsize)
    UNION ALL SELECT * FROM (SELECT id FROM patient_characters_docsize EXCEPT SELECT position FROM patients WHERE deleted = 0)
    UNION ALL SELECT * FROM (SELECT position FROM patients WHERE deleted = 0 EXCEPT SELECT id FROM patient_trigrams_docsize)
    UNION ALL SELECT * FROM (SELECT id FROM patient_trigrams_docsize EXCEPT SELECT position FROM patients WHERE deleted = 0)`,
};

/** What does not agree in a database: half change sets, lost history, an index beside the truth, damaged pages. */
export function findProblems(connection: Connection): string[] {
  const integrity = connection.pragma('integrity_check', { simple: true }) as string;
  return [
    ...(integrity === 'ok' ? [] : [`integrity_check: ${integrity}`]),
    ...Object.entries(faults).flatMap(([fault, sql]) => {
      const rows = connection.prepare(sql).all();
      return rows.length === 0 ? [] : [`${fault}: ${JSON.stringify(rows.slice(0, 3))}`];
    }),
    ...termProblems(connection),
  ];
}

function termProblems(connection: Connection): string[] {
  connection.exec('CREATE VIRTUAL TABLE IF NOT EXISTS temp.stored_terms USING fts5vocab (main, patient_terms, instance)');
  const patients = connection.prepare('SELECT position, content FROM patients WHERE deleted = 0').all() as { position: number; content: string }[];
  const expected = patients.flatMap(({ position, content }) => patientTerms(JSON.parse(content) as PatientContent).prefixes.map((term) => `${term} ${position}`));
  const stored = connection.prepare("SELECT term || ' ' || doc FROM temp.stored_terms").pluck().all() as string[];
  const [wanted, found] = [new Set(expected), new Set(stored)];
  const differing = [...expected.filter((term) => !found.has(term)), ...stored.filter((term) => !wanted.has(term))];
  return differing.length === 0 ? [] : [`search terms differ from the patients: ${differing.slice(0, 3).join(', ')}`];
}
