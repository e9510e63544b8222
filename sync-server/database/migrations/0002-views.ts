import type { Kind } from '../kind.ts';

/** The plain tables that analysts expect, over what is current and not deleted. */
export function views(kind: Kind): string[] {
  const field = (name: string) => (kind === 'sqlite' ? `json_extract(content, '$.${name}')` : `JSON_UNQUOTE(JSON_EXTRACT(content, '$.${name}'))`);
  // MySQL's parser takes less than JavaScript writes (half a surrogate pair); one such document must not break the view for all.
  const readable = kind === 'sqlite' ? '' : ' AND JSON_VALID(content)';
  const current = (collection: string) =>
    `FROM revisions WHERE collection = '${collection}' AND superseded_position IS NULL AND deleted = 0 AND content IS NOT NULL${readable}`;
  const columns = (pairs: Record<string, string>) => Object.entries(pairs).map(([name, expression]) => `${expression} AS ${name}`).join(', ');
  const patients = {
    id: 'document_id', name: field('name'), gender: field('gender'), age: ageIn(kind, field), birthday: field('birthday'), address: field('address'), phone: field('phone'),
  };
  const records = {
    id: 'document_id', patient_id: field('patientId'), doctor: field('doctorName'), department: field('department'), diagnosis: field('diagnosis'),
    treatment: field('treatment'), prescription: field('prescription'), admission_date: field('admissionDate'), discharge_date: field('dischargeDate'),
  };
  return [
    `CREATE VIEW patients AS SELECT ${columns(patients)} ${current('patients')}`,
    `CREATE VIEW medical_records AS SELECT ${columns(records)} ${current('medicalRecords')}`,
  ];
}

/** Completed years today; about so many where only the year of birth is estimated. */
function ageIn(kind: Kind, field: (name: string) => string): string {
  const birthday = field('birthday');
  const estimated = field('estimatedBirthYear');
  return kind === 'sqlite'
    ? `CASE WHEN ${birthday} IS NOT NULL
         THEN CAST(strftime('%Y', 'now') AS INTEGER) - CAST(substr(${birthday}, 1, 4) AS INTEGER) - (strftime('%m-%d', 'now') < substr(${birthday}, 6, 5))
         ELSE CAST(strftime('%Y', 'now') AS INTEGER) - ${estimated} END`
    : `CASE WHEN ${birthday} IS NOT NULL THEN TIMESTAMPDIFF(YEAR, ${birthday}, UTC_DATE()) ELSE YEAR(UTC_DATE()) - CAST(${estimated} AS SIGNED) END`;
}
