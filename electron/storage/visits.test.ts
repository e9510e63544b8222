import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom, type Random } from '../../shared/demo/random.ts';
import { openConnection, type Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import { insertArrived, readAnyRow, replaceByArrived, withText } from './replica/documents.ts';
import { enteringVisits } from './visits.ts';

const people = 60;
const idOf = (kind: string, number: number) => `0198a000-0000-7000-8000-${kind}${String(number).padStart(11, '0')}`;

/** Patients, some of whom are one of the first forty or one who is such a one in turn, and records in any order, some of them twice, some deleted, some of nobody that is here. */
function arrival(random: Random, position: number) {
  const isPatient = random.chance(0.25);
  // Those who stand for others come after them, and after what was written of them.
  const patient = position <= 150 ? 40 + random.below(20) : random.below(people);
  const content = isPatient
    ? { name: '王', gender: random.pick(['male', 'female']), birthday: random.pick(['1980', '1980-02-03', '2026-01-02']), ...(patient >= 40 && random.chance(0.5) && { link: [{ type: 'replaced-by', other: idOf('a', random.below(patient < 50 ? 40 : 50)) }] }) }
    : { patientId: idOf('a', patient), siteId: 's', department: random.pick(['内科', '外科']), kind: random.pick(['outpatient', 'inpatient']), admissionDate: random.pick(['2026-01-05', '2026-02-06']), diagnosis: random.pick(['感冒\n多喝水', '高血压', '']) };
  return {
    collection: isPatient ? ('patients' as const) : ('medicalRecords' as const), id: isPatient ? idOf('a', patient) : idOf('b', random.below(150)), rev: `rev ${position}`, baseRev: null,
    deleted: random.chance(0.15), createdAt: 't', updatedAt: 't', updatedBy: 'u', position, content: Buffer.from(JSON.stringify(content)),
  };
}

function open(): Connection {
  const connection = openConnection(join(mkdtempSync(join(tmpdir(), 'visits-')), 'x.db'), randomBytes(32));
  onTestFinished(() => void connection.close());
  migrate(connection);
  return connection;
}

function take(connection: Connection, told: ReturnType<typeof arrival>): void {
  const { document, text } = withText(told);
  const taken = { document, text, seq: 1, snapshotNumber: 1 };
  if (!insertArrived(connection, told.collection, taken)) replaceByArrived(connection, told.collection, readAnyRow(connection, told.collection, told.id) as never, taken);
}

const counted = (connection: Connection) => [
  connection.prepare('SELECT * FROM visits ORDER BY day, record').all(),
  ...['visit_tallies', 'diagnosis_tallies'].map((table) => connection.prepare(`SELECT * FROM ${table} WHERE visits <> 0 ORDER BY 1, 2, 3, 4, 5, 6`).all()),
];

test('many that are entered at once count as they do one by one', () => {
  let seen = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seededRandom(seed);
      const [one, many] = [open(), open()];
      for (let page = 0; page < 2; page += 1) {
        const arrivals = Array.from({ length: 150 }, (_, index) => arrival(random, page * 150 + index + 1));
        for (const told of arrivals) take(one, told);
        many.transaction(() => enteringVisits(many, arrivals.length, () => arrivals.forEach((told) => take(many, told))))();
        expect(counted(many)).toEqual(counted(one));
      }
      seen += (counted(one)[0] ?? []).length;
      const schema = (connection: Connection) => connection.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2').all();
      expect(schema(many)).toEqual(schema(one));
    }),
    { numRuns: 4 },
  );
  expect(seen).toBeGreaterThan(100);
});
