import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listBackups } from '../storage/backup.ts';
import { openConnection } from '../storage/connection.ts';
import { environmentWith, systemClock } from '../storage/environment.ts';
import { Keyring } from '../storage/keyring.ts';
import { migrations, schemaVersion } from '../storage/migrations/index.ts';
import { openDatabase } from './open-database.ts';

let profile: string;
let path: string;
let key: Uint8Array;
beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-open-'));
  path = join(profile, 'outpost.db');
  const admin = { userId: '01890000-0000-7000-8000-00000000000a', username: 'admin', password: 'correct horse' };
  ({ databaseKey: key } = await Keyring.create(profile, systemClock, admin));
  const connection = openConnection(path, key);
  migrations[0]?.(connection);
  connection.pragma('user_version = 1');
  connection.close();
});
afterEach(() => rmSync(profile, { recursive: true }));

const open = (backupFolder: string) => openDatabase({ profile, path, backupFolder }, key, environmentWith(systemClock)).close();

test('an older database is backed up before it is brought to this version, and only then', () => {
  const folder = join(profile, 'chosen');
  open(folder);
  open(folder);
  expect(listBackups(folder)).toMatchObject([{ schemaVersion: 1, verified: true }]);
  const connection = openConnection(path, key, { readonly: true });
  expect(connection.pragma('user_version', { simple: true })).toBe(schemaVersion);
  connection.close();
});

test('into the profile where the chosen folder cannot be reached', () => {
  writeFileSync(join(profile, 'drive'), '');
  open(join(profile, 'drive', 'backups'));
  expect(readdirSync(join(profile, 'backups'))).toHaveLength(1);
});

test('a database cut to nothing is damaged, not new', () => {
  writeFileSync(path, '');
  expect(() => open(profile)).toThrow('database-damaged');
});
