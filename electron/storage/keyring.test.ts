import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import argon2 from 'argon2';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { errorOf } from '../../shared/testing/error-of.ts';
import { sealWithKeychain, unsealWithKeychain, type Keychain } from './keychain.ts';
import { keyringState } from './keyring-file.ts';
import { Keyring } from './keyring.ts';
import { newCredentials } from './unseal.ts';

const clock = { now: () => new Date('2026-01-31T08:00:00Z') };
const admin = { userId: '01890000-0000-7000-8000-00000000000a', username: 'admin', password: 'correct horse' };
const nurse = { userId: '01890000-0000-7000-8000-00000000000b', username: '护士.li', password: 'battery staple' };
let profile: string;
let keyring: Keyring;
let databaseKey: Uint8Array;
let recoveryKey: string;

const reopened = () => Keyring.open(profile, clock);
const file = (name: string) => join(profile, name);
const damage = (name: string) => writeFileSync(file(name), readFileSync(file(name)).subarray(0, 100));

beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-keyring-'));
  ({ keyring, databaseKey, recoveryKey } = await Keyring.create(profile, clock, admin));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(profile, { recursive: true });
});

describe('passwords', () => {
  test('each user’s own opens the database key, after a restart too', async () => {
    await keyring.addUser(nurse, databaseKey);
    expect(await reopened().unsealWithPassword('admin', admin.password)).toEqual({ userId: admin.userId, databaseKey });
    expect(await reopened().unsealWithPassword(' 护士.LI', nurse.password)).toEqual({ userId: nurse.userId, databaseKey });
    expect(await errorOf(() => reopened().unsealWithPassword('admin', nurse.password))).toEqual({ code: 'wrong-credentials' });
  });

  test('an unknown name costs the same work and gets the same answer as a wrong password', async () => {
    const hash = vi.spyOn(argon2, 'hash');
    const known = await errorOf(() => keyring.unsealWithPassword('admin', 'wrong wrong'));
    const unknown = await errorOf(() => keyring.unsealWithPassword('nobody', 'wrong wrong'));
    expect(unknown).toEqual(known);
    const [first, second] = hash.mock.calls.map(([, options]) => ({ ...options, salt: options?.salt?.length }));
    expect(hash).toHaveBeenCalledTimes(2);
    expect(second).toEqual(first);
  });

  test('unknown names are delayed like known ones', async () => {
    for (const name of ['admin', 'nobody']) {
      const codes = [];
      for (let n = 0; n < 5; n += 1) codes.push((await errorOf(() => keyring.unsealWithPassword(name, 'wrong wrong')))?.code);
      expect(codes.slice(3)).toEqual(['wrong-credentials', 'sign-in-delayed']);
    }
  });

  test('guesses made all at once are delayed like guesses made in turn', async () => {
    const codes = await Promise.all(
      Array.from({ length: 6 }, () => errorOf(() => keyring.unsealWithPassword('admin', 'wrong wrong'))),
    );
    expect(codes.filter((error) => error?.code === 'sign-in-delayed')).toHaveLength(2);
  });

  test('a changed password replaces the old one and clears the delay', async () => {
    for (let n = 0; n < 4; n += 1) await errorOf(() => keyring.unsealWithPassword('admin', 'wrong wrong'));
    keyring.changePassword(await newCredentials({ ...admin, password: 'new password' }), databaseKey);
    expect(await errorOf(() => reopened().unsealWithPassword('admin', admin.password))).toEqual({ code: 'wrong-credentials' });
    expect((await reopened().unsealWithPassword('admin', 'new password')).databaseKey).toEqual(databaseKey);
  });

  test('a removed user opens nothing, and stays removed in the second copy', async () => {
    await keyring.addUser(nurse, databaseKey);
    keyring.removeUser(nurse.userId);
    damage('keyring.json');
    expect(await errorOf(() => reopened().unsealWithPassword(nurse.username, nurse.password))).toEqual({ code: 'wrong-credentials' });
  });

  test('a name belongs to one user, in any case', async () => {
    expect(await errorOf(() => keyring.addUser({ ...nurse, username: 'ADMIN' }, databaseKey))).toEqual({ code: 'username-taken' });
  });

  test('a user can be given the key without the password, by public key alone', async () => {
    keyring.sealFor(await newCredentials(nurse), databaseKey);
    expect((await reopened().unsealWithPassword(nurse.username, nurse.password)).databaseKey).toEqual(databaseKey);
  });

  test('one user’s wrap under another’s name opens nothing', async () => {
    await keyring.addUser(nurse, databaseKey);
    const path = file('keyring.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(nurse.userId, admin.userId));
    rmSync(file('keyring.json.bak'));
    expect(await errorOf(() => reopened().unsealWithPassword(nurse.username, nurse.password))).toEqual({ code: 'wrong-credentials' });
  });
});

describe('the recovery key', () => {
  test('opens the database key, however sloppily typed', () => {
    expect(reopened().unsealWithRecoveryKey(` ${recoveryKey.toLowerCase().replaceAll('-', ' ')}`)).toEqual(databaseKey);
  });

  test('a typing error is told from a wrong key', async () => {
    const last = recoveryKey.at(-1) === '7' ? '8' : '7';
    expect(await errorOf(() => keyring.unsealWithRecoveryKey(recoveryKey.slice(0, -1) + last))).toEqual({
      code: 'invalid-input',
      issues: [{ path: 'recoveryKey', code: 'mistyped-recovery-key' }],
    });
    const renewed = keyring.renewRecoveryKey(databaseKey);
    expect(await errorOf(() => reopened().unsealWithRecoveryKey(recoveryKey))).toEqual({ code: 'wrong-recovery-key' });
    expect(reopened().unsealWithRecoveryKey(renewed)).toEqual(databaseKey);
  });
});

describe('the file', () => {
  test('shows neither key, passwords nor recovery key, and only its owner reads it', () => {
    for (const name of readdirSync(profile)) {
      const bytes = readFileSync(file(name));
      const text = bytes.toString('utf8');
      for (const encoding of ['hex', 'base64'] as const) expect(text).not.toContain(Buffer.from(databaseKey).toString(encoding));
      expect(text).not.toContain(admin.password);
      expect(text).not.toContain(recoveryKey);
      if (process.platform !== 'win32') expect(statSync(file(name)).mode & 0o077).toBe(0);
    }
  });

  test('a password typed as the name is not kept', async () => {
    await errorOf(() => keyring.unsealWithPassword('my-secret-password', 'x'));
    for (const name of readdirSync(profile)) expect(readFileSync(file(name), 'utf8')).not.toContain('my-secret-password');
  });

  test('losing either copy loses nothing', async () => {
    for (const name of ['keyring.json', 'keyring.json.bak']) {
      damage(name);
      expect((await reopened().unsealWithPassword('admin', admin.password)).databaseKey).toEqual(databaseKey);
      rmSync(file(name));
      expect(reopened().unsealWithRecoveryKey(recoveryKey)).toEqual(databaseKey);
      await reopened().addUser(nurse, databaseKey);
    }
  });

  test('a flipped bit in one wrap is mended from the second copy, and costs that wrap alone where both have it', async () => {
    await keyring.addUser(nurse, databaseKey);
    const text = readFileSync(file('keyring.json'), 'utf8');
    const { sealed } = keyring.wraps.users[0]!;
    const flipped = text.replace(sealed, sealed.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')));
    writeFileSync(file('keyring.json'), flipped);
    expect((await reopened().unsealWithPassword('admin', admin.password)).databaseKey).toEqual(databaseKey);
    writeFileSync(file('keyring.json.bak'), flipped);
    expect(await errorOf(() => reopened().unsealWithPassword('admin', admin.password))).toEqual({ code: 'wrong-credentials' });
    expect((await reopened().unsealWithPassword(nurse.username, nurse.password)).databaseKey).toEqual(databaseKey);
    expect(reopened().unsealWithRecoveryKey(recoveryKey)).toEqual(databaseKey);
  });

  test('both gone: a new profile is not set up, a profile with a database has lost its key', async () => {
    damage('keyring.json');
    damage('keyring.json.bak');
    expect([keyringState(profile), await errorOf(reopened)]).toEqual(['absent', { code: 'not-set-up' }]);
    writeFileSync(file('outpost.db'), 'x');
    expect([keyringState(profile), await errorOf(reopened)]).toEqual(['lost', { code: 'database-key-lost' }]);
  });

  test('making a new one is refused beside a database, and otherwise keeps the old one under another name', async () => {
    const second = await Keyring.create(profile, clock, nurse);
    expect(second.databaseKey).not.toEqual(databaseKey);
    const kept = readdirSync(profile).find((name) => name.startsWith('replaced-'));
    writeFileSync(file('keyring.json'), readFileSync(join(file(kept!), 'keyring.json')));
    expect((await reopened().unsealWithPassword('admin', admin.password)).databaseKey).toEqual(databaseKey);
    writeFileSync(file('outpost.db'), 'x');
    expect(await errorOf(() => Keyring.create(profile, clock, admin))).toEqual({ code: 'already-set-up' });
  });

  test('another database’s key cannot be sealed in', async () => {
    await expect(keyring.addUser(nurse, new Uint8Array(32))).rejects.toThrow('another database key');
    expect(() => keyring.renewRecoveryKey(new Uint8Array(32))).toThrow('another database key');
  });
});

describe('the keychain', () => {
  const mask = (bytes: Uint8Array) => Promise.resolve(bytes.map((byte) => byte ^ 0x5a));
  const keychain: Keychain = { wrap: mask, unwrap: mask };
  const reset: Keychain = { wrap: mask, unwrap: () => Promise.reject(new Error('no such item')) };
  const another: Keychain = { wrap: mask, unwrap: (bytes) => Promise.resolve(bytes) };

  test('opens the database key, even with the keyring gone', async () => {
    expect(await unsealWithKeychain(profile, keychain)).toBeUndefined();
    await sealWithKeychain(profile, keychain, databaseKey);
    rmSync(file('keyring.json'));
    rmSync(file('keyring.json.bak'));
    expect(await unsealWithKeychain(profile, keychain)).toEqual(databaseKey);
  });

  test('of another account or after a reset opens nothing and breaks nothing', async () => {
    await sealWithKeychain(profile, keychain, databaseKey);
    expect(await unsealWithKeychain(profile, reset)).toBeUndefined();
    expect(await unsealWithKeychain(profile, another)).toBeUndefined();
    damage('keychain.json');
    writeFileSync(file('keychain.json'), readFileSync(file('keychain.json')).subarray(0, 20));
    expect(await unsealWithKeychain(profile, keychain)).toBeUndefined();
  });

  test('is asked again only for another key', async () => {
    const wrap = vi.fn(mask);
    await sealWithKeychain(profile, { ...keychain, wrap }, databaseKey);
    await sealWithKeychain(profile, { ...keychain, wrap }, databaseKey);
    expect(wrap).toHaveBeenCalledTimes(1);
    const other = Buffer.alloc(32, 3);
    await sealWithKeychain(profile, { ...keychain, wrap }, other);
    expect(await unsealWithKeychain(profile, keychain)).toEqual(other);
  });
});
