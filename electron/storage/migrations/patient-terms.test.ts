import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { searchPatients } from '../search.ts';
import { migrations } from './index.ts';

test('patients who were there before the terms became a full-text index are found as before, the newest first', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-terms-'));
  const connection = openConnection(join(folder, 'outpost.db'), new Uint8Array(32).fill(1));
  for (const step of migrations.slice(0, 3)) step(connection);
  connection.pragma('user_version = 3');
  const patient = connection.prepare(`INSERT INTO patients (position, id, rev, change_seq, created_at, updated_at, updated_by, name_sort, content)
    VALUES (@position, 'p' || @position, 'r', 1, '2026', '2026', 'x', 'wang', json_object('name', @name, 'gender', 'male', 'medicalRecordNumber', '01-' || @position))`);
  const term = connection.prepare('INSERT INTO patient_terms (term, position) VALUES (?, ?)');
  for (const [position, name, ...terms] of [[1, '王伟', '王伟', 'wangwei', 'wei', 'ww'], [2, '王薇', '王薇', 'wangwei', 'wei', 'ww']] as const) {
    patient.run({ position, name });
    for (const each of terms) term.run(each, position);
  }
  migrate(connection);
  const names = (query: string) => searchPatients(connection, query, 10).map(({ name }) => name);
  expect(['wangw', 'ww', '王', '王伟', 'zhang'].map(names)).toEqual([['王薇', '王伟'], ['王薇', '王伟'], ['王薇', '王伟'], ['王伟'], []]);
  connection.close();
  rmSync(folder, { recursive: true });
});
