import type { PatientInput } from '../../shared/schema/patient.ts';
import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

/** What tells one person from another. */
export type Identity = Pick<PatientInput, 'name' | 'phone' | 'nationalId' | 'birthday'>;

type Fields = [name: string, phone: string | null, nationalId: string | null, birthday: string | null];

const pageSize = 1000;

/**
 * Who is in the store, a thousand at a time, so that calls can be answered in between. Reading everybody once takes as
 * long as asking the search index for a few per cent of them one by one.
 */
export function* identities(connection: Connection): Generator<Identity[], void, undefined> {
  const next = statement<{ position: number; fields: string }>(
    connection,
    `SELECT position, json_extract(content, '$.name', '$.phone', '$.nationalId', '$.birthday') AS fields
     FROM patients WHERE deleted = 0 AND position > @after ORDER BY position LIMIT ${pageSize}`,
  );
  for (let page = next.all({ after: 0 }); page.length > 0; page = next.all({ after: page.at(-1)?.position })) {
    yield page.map(({ fields }) => {
      const [name, phone, nationalId, birthday] = JSON.parse(fields) as Fields;
      return { name, phone: phone ?? undefined, nationalId: nationalId ?? undefined, birthday: birthday ?? undefined };
    });
  }
}
