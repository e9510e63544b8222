import type { PatientContent } from '../../shared/schema/patient.ts';
import { seededRandom } from '../../shared/demo/random.ts';
import type { Connection } from '../../electron/storage/connection.ts';

export interface Person extends PatientContent {
  id: string;
  rev: string;
}

/** Patients from all over the database, the same ones in each run: neighbours would share the pages that are cached. */
export function somePeople(bare: Connection, count: number, seed: number): Person[] {
  const random = seededRandom(seed);
  const highest = bare.prepare('SELECT max(position) FROM patients').pluck().get() as number;
  const next = bare.prepare('SELECT id, rev, content FROM patients WHERE position >= ? AND deleted = 0 ORDER BY position LIMIT 1');
  return Array.from({ length: count }, (_, index) => {
    const { content, ...row } = next.get(1 + Math.floor(((index + random.below(1000) / 1000) * highest) / count)) as { id: string; rev: string; content: string };
    return { ...(JSON.parse(content) as PatientContent), ...row };
  });
}
