import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createBackup } from '../backup.ts';
import { openConnection } from '../connection.ts';
import { environmentWith, systemClock } from '../environment.ts';
import { openLog } from '../log.ts';
import { Store } from '../store.ts';

/**
 * Works with planted strings until it is killed: `node planter.ts <profile> <key as hex> <in-transaction | in-backup> <strings as JSON>`.
 * Says so on its output once it is in the middle of that.
 */
const [profile = '', key = '', where = '', planted = '[]'] = process.argv.slice(2);
const names = JSON.parse(planted) as string[];
const databaseKey = Buffer.from(key, 'hex');
const connection = openConnection(join(profile, 'outpost.db'), databaseKey, { mustExist: true });
// A small cache makes the transaction spill to disk before it is committed.
connection.pragma('cache_size = -64');
const store = new Store(connection, environmentWith(systemClock));
const actor = { id: '01890000-0000-7000-8000-00000000000a', name: names[0] ?? '' };
const log = openLog(profile, systemClock);

store.commit({ actor, action: 'import.batch' }, (transaction) => {
  names.forEach((name, index) => {
    const patient = { name, gender: 'other' as const, medicalRecordNumber: `P-${index}-${process.pid}`, notes: `${name} `.repeat(50), address: name };
    transaction.create('patients', patient);
  });
  connection.prepare("SELECT content, hex(randomblob(2000)) AS padding FROM patients ORDER BY content ->> '$.notes' || padding").all();
  log.error('save-failed', new Error(names.join(' ')));
  if (where === 'in-transaction') sayAndWait();
});
store.saveLocal('drafts', { userId: actor.id, kind: 'patient', key: 'new', values: { names } }, actor.id);
const work = { signal: new AbortController().signal, progress: () => void writeSync(1, 'in the middle\n') };
for (;;) await createBackup({ profile, databaseKey, folder: join(profile, 'backups'), origin: 'manual', clock: systemClock }, work);

function sayAndWait(): void {
  writeSync(1, 'in the middle\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
