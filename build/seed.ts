import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { v7 } from 'uuid';
import { seededRandom } from '../shared/demo/random.ts';
import { demoClinic } from '../electron/services/demo-clinic.ts';
import { writeDemoData } from '../electron/services/demo-data.ts';
import { foundClinic } from '../electron/services/found-clinic.ts';
import { openConnection } from '../electron/storage/connection.ts';
import { Keyring } from '../electron/storage/keyring.ts';
import { migrate } from '../electron/storage/migrate.ts';
import { noteRecoveryKeyKept } from '../electron/storage/recovery-key-confirmation.ts';
import { Store, type Actor } from '../electron/storage/store.ts';
import { defaultProfile } from '../electron/web/arguments.ts';

const { values } = parseArgs({
  options: {
    patients: { type: 'string', default: '1000' },
    records: { type: 'string', default: '9000' },
    seed: { type: 'string', default: '1' },
    language: { type: 'string', default: 'zh' },
    profile: { type: 'string', default: defaultProfile(process.platform, process.env) },
    username: { type: 'string', default: 'admin' },
    password: { type: 'string', default: 'outpost-demo' },
  },
});
const seed = Number(values.seed);
const language = values.language === 'en' ? 'en' : 'zh';
const profile = resolve(values.profile);

/** Ids out of the seed and a clock that stands, so that the same seed writes the same documents. */
const startedAt = Date.UTC(2026, 0, 1, 8);
const chance = seededRandom(seed ^ 0x5eed);
let minted = 0;
const environment = {
  clock: { now: () => new Date(startedAt) },
  newId: () => v7({ msecs: startedAt + Math.floor((minted += 1) / 100), random: Uint8Array.from({ length: 16 }, () => chance.below(256)) }),
};

/** A clinic with one user per role, for an empty profile: whole, or not there at all after a kill. */
async function createClinic(): Promise<void> {
  const { site, accounts: [admin, ...others] } = demoClinic(language);
  const { password } = values;
  const accounts = [{ ...admin, username: values.username, password }, ...others.map((account) => ({ ...account, password }))] as const;
  const { recoveryKey } = await foundClinic(profile, environment, { site, accounts, action: 'clinic.created' });
  console.log(`New clinic in ${profile}: ${accounts.map(({ username }) => username).join(', ')}, password ${password}, recovery key ${recoveryKey}`);
}

async function openClinic(): Promise<{ store: Store; actor: Actor }> {
  const { userId, databaseKey } = await Keyring.open(profile, { now: () => new Date() }).unsealWithPassword(values.username, values.password);
  const connection = openConnection(join(profile, 'outpost.db'), databaseKey, { mustExist: true });
  migrate(connection);
  const store = new Store(connection, isNew ? environment : { clock: { now: () => new Date() }, newId: () => v7() });
  return { store, actor: { id: userId, name: store.get('users', userId)?.displayName ?? values.username } };
}

function digest(store: Store): string {
  const hash = createHash('sha256');
  for (const table of ['patients', 'medical_records']) {
    for (const content of store.connection.prepare(`SELECT id || content FROM ${table} ORDER BY position`).pluck().iterate()) hash.update(content as string);
  }
  return hash.digest('hex').slice(0, 16);
}

mkdirSync(profile, { recursive: true, mode: 0o700 });
const isNew = !existsSync(join(profile, 'outpost.db'));
if (isNew) await createClinic();
const { store, actor } = await openClinic();
// Printed above: nobody need be asked for it.
if (isNew) noteRecoveryKeyKept(store.connection);
const [doctor] = store.connection.prepare(`SELECT id, content ->> '$.displayName' AS name FROM users WHERE content ->> '$.role' = 'doctor'`).all() as { id: string; name: string }[];
const began = performance.now();
const total = Number(values.patients) + Number(values.records);
await writeDemoData(
  store,
  { patients: Number(values.patients), records: Number(values.records), seed, language, actor, doctors: [doctor ?? actor] },
  {
    progress: (done) => process.stdout.write(`\r${done} / ${total} documents, ${Math.round((done / (performance.now() - began)) * 1000)} a second `),
    pause: async () => undefined,
  },
);
console.log(`\nDigest of patients and records: ${digest(store)}`);
store.close();
