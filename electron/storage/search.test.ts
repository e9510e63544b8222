import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PatientContent, PatientInput } from '../../shared/schema/patient.ts';
import { openConnection } from './connection.ts';
import { environmentWith, systemClock } from './environment.ts';
import { migrate } from './migrate.ts';
import { rebuildSearchIndex } from './search-index.ts';
import { searchPatients } from './search.ts';
import { Store } from './store.ts';

const actor = { id: '01890000-0000-7000-8000-000000000001', name: 'Nurse' };
let folder: string;
let store: Store;
let registered = 0;

const register = (input: Partial<PatientInput> & { name: string }) =>
  store.commit({ actor, action: 'patient.created' }, (transaction) => {
    registered += 1;
    return transaction.create('patients', { gender: 'female', medicalRecordNumber: `01-${String(registered).padStart(6, '0')}`, ...input });
  });
const names = (query: string) => searchPatients(store.connection, query, 50).map((hit) => hit.name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-search-'));
  const connection = openConnection(join(folder, 'outpost.db'), new Uint8Array(32).fill(1));
  migrate(connection);
  store = new Store(connection, environmentWith(systemClock));
  register({ name: '王小明', phone: '138 0013 4567', nationalId: '11010519491231002X' });
  register({ name: '王晓敏', phone: '13900009999' });
  register({ name: '欧阳明' });
  register({ name: 'José García', insuranceNumber: 'YB-778899' });
  register({ name: "O'Brien <b>Ann</b>" });
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

describe('searchPatients', () => {
  test.each([
    ['王小明', ['王小明']],
    ['小明', ['王小明']],
    ['明', ['欧阳明', '王小明']],
    ['wxm', ['王晓敏', '王小明']],
    ['wangxiaoming', ['王小明']],
    ['xiaoming', ['王小明']],
    ['wang小', ['王小明']],
    ['王 4567', ['王小明']],
    ['4567', ['王小明']],
    ['13', ['王晓敏', '王小明']],
    ['138-0013', ['王小明']],
    ['002x', ['王小明']],
    ['01-000003', ['欧阳明']],
    ['01000003', ['欧阳明']],
    ['ouyang', ['欧阳明']],
    ['jose', ['José García']],
    ['arci', ['José García']],
    ['778899', ['José García']],
    ['brien', ["O'Brien <b>Ann</b>"]],
    ['ＷＡＮＧＸＩＡＯＭＩＮＧ', ['王小明']],
    ['nobody', []],
    ['', []],
    ['*', []],
  ])('%j finds %j', (query, expected) => {
    expect(names(query).sort()).toEqual([...expected].sort());
  });

  test('an exact name stands before those that only contain it, and each hit says what matched', () => {
    register({ name: '小明' });
    expect(names('小明')[0]).toBe('小明');
    expect(searchPatients(store.connection, '4567', 50)[0]?.matched).toBe('phone');
    expect(searchPatients(store.connection, 'xiaoming', 50)[0]?.matched).toBe('pinyin');
  });

  test('any input has an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (query) => Array.isArray(names(query))), { numRuns: 500 });
    for (const query of ['"', '""', "'; DROP TABLE patients; --", 'NEAR(a b)', 'a*', '-王', '{x}:y', '😀', '%', '\u0000']) expect(Array.isArray(names(query))).toBe(true);
  });
});

test('the index follows a change of name, the trash, and what comes back out of it', () => {
  const before = register({ name: '赵旧名' });
  const { id } = before;
  const after = store.commit({ actor, action: 'patient.updated' }, (t) =>
    t.update('patients', id, { name: '赵新名', gender: 'female', medicalRecordNumber: before.medicalRecordNumber }, { over: before.rev }),
  );
  expect([names('旧名'), names('新名'), names('zhaojiu'), names('zhaoxin')]).toEqual([[], ['赵新名'], [], ['赵新名']]);
  store.commit({ actor, action: 'patient.deleted' }, (t) => t.remove('patients', id, { over: after.rev }));
  expect(names('zhaoxinming')).toEqual([]);
  const trashed = store.get('patients', id);
  store.commit({ actor, action: 'patient.restored' }, (t) => t.restore('patients', id, { over: trashed?.rev ?? '' }));
  expect(names('zhaoxinming')).toEqual(['赵新名']);
});

test.each([
  ['name', '卫青云', 'weiqingyun'],
  ['phone', '15512345678', '45678'],
  ['nationalId', '110105194912310038', '310038'],
  ['insuranceNumber', 'QX-445566', 'qx4455'],
  ['medicalRecordNumber', '77-123456', '77123456'],
] as const)('an edit of nothing but %s is found by it, and no more by what stood there; another edit hides nobody', (field, value, query) => {
  const { id, rev, ...first } = register({ name: '蔺相如', phone: '18600001111', nationalId: '110105194912310046', insuranceNumber: 'ZZ-1' });
  const content = { name: first.name, gender: first.gender, phone: first.phone, nationalId: first.nationalId, insuranceNumber: first.insuranceNumber, medicalRecordNumber: first.medicalRecordNumber };
  const update = (over: string, next: object) => store.commit({ actor, action: 'patient.updated' }, (t) => t.update('patients', id, { ...content, ...next } as PatientContent, { over }));
  const found = (text: string) => searchPatients(store.connection, text, 50).some((hit) => hit.id === id);
  const noted = update(rev, { notes: 'a note' });
  expect([found(content[field] as string), found(query)]).toEqual([true, false]);
  const changed = update(noted.rev, { [field]: value });
  expect([found(content[field] as string), found(query)]).toEqual([false, true]);
  update(changed.rev, {});
  expect([found(content[field] as string), found(query)]).toEqual([true, false]);
});

test('a rebuilt index finds what the old one found', () => {
  const queries = ['wxm', '明', '4567', 'arci', '01-000003'];
  const before = queries.map(names);
  store.connection.exec("INSERT INTO patient_terms (patient_terms) VALUES ('delete-all')");
  expect(names('wxm')).toEqual([]);
  rebuildSearchIndex(store.connection);
  expect(queries.map(names)).toEqual(before);
});

test('a name is found behind a number that everybody has, whatever stands first', () => {
  const person = register({ name: '尹一鸣', phone: '13700002222' });
  store.commit({ actor, action: 'patient.created' }, (transaction) => {
    for (let index = 0; index < 1200; index += 1) {
      registered += 1;
      transaction.create('patients', { name: '孙大海', gender: 'male', phone: `138${index}5555`, medicalRecordNumber: `01-${String(registered).padStart(6, '0')}` });
    }
  });
  for (const query of ['01 尹一鸣', '1 尹', 'yin 13', 'sun 大海 2222 尹']) {
    expect([query, names(query)]).toEqual([query, query.startsWith('sun') ? [] : [person.name]]);
  }
  expect(names('13 孙')).toHaveLength(50);
});
