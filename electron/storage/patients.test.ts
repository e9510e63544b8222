import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../shared/demo/random.ts';
import type { PatientContent } from '../../shared/schema/patient.ts';
import { openConnection } from './connection.ts';
import { environmentWith, systemClock } from './environment.ts';
import { migrate } from './migrate.ts';
import { nameSortKey } from './name-sort-key.ts';
import { listPatients, type PatientListQuery } from './patients.ts';
import { Store } from './store.ts';

const seed = 20260302;
const random = seededRandom(seed);
const actor = { id: 'a', name: 'A' };
const folder = mkdtempSync(join(tmpdir(), 'outpost-list-'));
let store: Store;
let present: (PatientContent & { id: string; place: number })[];

const two = (number: number) => String(number).padStart(2, '0');
const made = (index: number): PatientContent => ({
  name: random.pick(['王小明', '李芳', '欧阳雪', 'Anna', 'zoë', '张伟', '吕布', 'Émile', 'de la Cruz']) + random.pick(['', '', '2']),
  gender: random.pick(['male', 'female', 'other', 'unknown']),
  medicalRecordNumber: `01-${String(index).padStart(6, '0')}`,
  ...(random.chance(0.7)
    ? { birthday: `${1970 + random.below(8)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}` }
    : random.chance(0.7) && { estimatedBirthYear: 1970 + random.below(8) }),
});

beforeAll(() => {
  const connection = openConnection(join(folder, 'outpost.db'), new Uint8Array(32).fill(7));
  migrate(connection);
  store = new Store(connection, environmentWith(systemClock));
  const created = Array.from({ length: 400 }, (_, index) =>
    store.commit({ actor, action: 'patient.created' }, (t) => t.create('patients', made(index))),
  );
  const removed = new Set(created.filter(() => random.chance(0.1)));
  for (const { id, rev } of removed) store.commit({ actor, action: 'patient.deleted' }, (t) => t.remove('patients', id, { over: rev }));
  present = created.map((patient, place) => ({ ...patient, place })).filter((_, place) => !removed.has(created[place] as never));
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const birthOf = (patient: PatientContent) => patient.birthday ?? (patient.estimatedBirthYear === undefined ? undefined : String(patient.estimatedBirthYear));

/** The same list, worked out the slow way. */
function expected({ sort, direction, filter }: PatientListQuery): string[] {
  const keyOf = (patient: (typeof present)[number]): (string | number)[] => {
    const birth = birthOf(patient) ?? '';
    const last = [patient.gender, birth, patient.place];
    if (sort === 'name') return [nameSortKey(patient.name), ...last];
    if (sort === 'medicalRecordNumber') return [patient.medicalRecordNumber];
    return sort === 'birthday' ? [birth, patient.gender, patient.place] : [patient.place];
  };
  const compare = (a: (string | number)[], b: (string | number)[]): number => {
    const at = a.findIndex((value, index) => value !== b[index]);
    return at === -1 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
  };
  const inRange = (patient: PatientContent) => {
    const birth = birthOf(patient);
    if (filter.bornFrom === undefined && filter.bornTo === undefined) return true;
    if (birth === undefined) return false;
    const [first, last] = birth.length === 4 ? [`${birth}-01-01`, `${birth}-12-31`] : [birth, birth];
    return (filter.bornFrom === undefined || last >= filter.bornFrom) && (filter.bornTo === undefined || first <= filter.bornTo);
  };
  const rows = present.filter((patient) => (filter.gender === undefined || patient.gender === filter.gender) && inRange(patient));
  rows.sort((a, b) => compare(keyOf(a), keyOf(b)));
  if (direction === 'descending') rows.reverse();
  return rows.map(({ id }) => id);
}

const filters: PatientListQuery['filter'][] = [
  {},
  { gender: 'female' },
  { bornFrom: '1972-06-15' },
  { bornTo: '1974-03-01' },
  { gender: 'male', bornFrom: '1971-02-03', bornTo: '1976-10-10' },
  { bornFrom: '2100-01-01' },
];
const sorts = ['name', 'medicalRecordNumber', 'birthday', 'updatedAt'] as const;
const queries = sorts.flatMap((sort) => (['ascending', 'descending'] as const).flatMap((direction) => filters.map((filter) => ({ sort, direction, filter }))));

test.each(queries)(`every page of the list is that of the whole list: %o (seed ${seed})`, (query) => {
  const whole = expected({ ...query, offset: 0, limit: 1 });
  for (const limit of [7, 100, 500]) {
    const ids: string[] = [];
    for (let offset = 0; offset < whole.length; offset += limit) {
      const { rows, total } = listPatients(store.connection, { ...query, offset, limit });
      expect(total).toBe(whole.length);
      ids.push(...rows.map(({ id }) => id));
    }
    expect(ids).toEqual(whole);
  }
  expect(listPatients(store.connection, { ...query, offset: whole.length + 5, limit: 10 })).toEqual({ rows: [], total: whole.length });
});

test('Chinese and Latin names stand in one alphabet', () => {
  const { rows } = listPatients(store.connection, { sort: 'name', direction: 'ascending', filter: {}, offset: 0, limit: 500 });
  expect([...new Set(rows.map(({ name }) => name.replace('2', '')))]).toEqual(['Anna', 'de la Cruz', 'Émile', '李芳', '吕布', '欧阳雪', '王小明', '张伟', 'zoë']);
});

test('the total follows each save, and each way of leaving and coming back', () => {
  const query = { sort: 'name', direction: 'ascending', filter: {}, offset: 0, limit: 1 } as const;
  const total = () => listPatients(store.connection, query).total;
  const before = total();
  const { id, rev } = store.commit({ actor, action: 'patient.created' }, (t) => t.create('patients', made(1000)));
  expect(total()).toBe(before + 1);
  store.commit({ actor, action: 'patient.deleted' }, (t) => t.remove('patients', id, { over: rev }));
  expect(total()).toBe(before);
  store.commit({ actor, action: 'patient.restored' }, (t) => t.restore('patients', id, { over: store.get('patients', id)?.rev ?? '' }));
  expect(total()).toBe(before + 1);
});

test('no page reads documents to skip or sort: the plan is one index walked in order', () => {
  for (const { sort, direction, filter } of queries) {
    const seen: string[] = [];
    const spied = new Proxy(store.connection, {
      get: (target, property) => {
        if (property !== 'prepare') return Reflect.get(target, property) as unknown;
        return (sql: string) => {
          seen.push(sql);
          return target.prepare(sql);
        };
      },
    });
    listPatients(spied, { sort, direction, filter, offset: 3, limit: 1 });
    const sql = seen.find((text) => text.includes('LIMIT'))!;
    const values = { ...filter, count: 1, skip: 3 };
    const plan = (store.connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[]).map(({ detail }) => detail);
    const index = { name: 'name', medicalRecordNumber: 'number', birthday: 'birth', updatedAt: 'commit' }[sort];
    expect(plan.find((detail) => /^SEARCH patients/.test(detail))).toContain(`patients_by_${index}`);
  }
});
