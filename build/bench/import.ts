import { chunkBytes } from '../../shared/contract/exchange.ts';
import { demoPatient } from '../../shared/demo/patient.ts';
import { seededRandom } from '../../shared/demo/random.ts';
import { bareWriter } from './bare-write.ts';
import type { Figure } from './report.ts';
import { touch, type Call, type Workstation } from './workstation.ts';

const rows = 20_000;
const rowsOfATransaction = 500;

/** Rows a second from a file's bytes to durable, searchable, audited patients; beside bare inserts of the same rows. */
export async function importFigures(workstation: Workstation): Promise<Figure[]> {
  await touch(workstation);
  const { text, contents } = file();
  const bare = bareInserts(workstation, contents);
  const { admin } = workstation;
  const bytes = Buffer.from(text);
  const began = performance.now();
  const { importId } = await admin('imports.begin', { fileName: 'bench.csv', size: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
    await admin('imports.append', { importId, base64: bytes.subarray(offset, offset + chunkBytes).toString('base64') });
  }
  const { encoding, suggestedMapping } = await admin('imports.inspect', { importId });
  await finished(admin, (await admin('imports.run', { importId, encoding, mapping: suggestedMapping })).id);
  const seconds = (performance.now() - began) / 1000;
  const { imported } = await admin('imports.report', { importId });
  if (imported !== rows) throw new Error(`${imported} of ${rows} rows were imported`);
  return [{ what: `bulk import of ${rows} rows from CSV`, unit: 'rows/s', measured: rows / seconds, bare: { what: `bare inserts, ${rowsOfATransaction} a transaction`, measured: bare } }];
}

function file(): { text: string; contents: string[] } {
  const random = seededRandom(44);
  const people = Array.from({ length: rows }, () => demoPatient(random, '2026-01-01'));
  const lines = people.map(({ name, gender, birthday, estimatedBirthYear, phone, nationalId, address }) =>
    [name, gender, birthday ?? '', estimatedBirthYear ?? '', phone ?? '', nationalId ?? '', address ?? ''].join(','),
  );
  return {
    text: ['name,gender,birthday,estimatedBirthYear,phone,nationalId,address', ...lines].join('\n'),
    contents: people.map((person) => JSON.stringify(person)),
  };
}

async function finished(call: Call, jobId: string): Promise<void> {
  for (;;) {
    const job = await call('jobs.get', { jobId });
    if (job.state === 'done') return;
    if (job.state !== 'running') throw new Error(`${job.kind} ${job.state}: ${JSON.stringify(job.error)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function bareInserts({ profile, databaseKey }: Workstation, contents: string[]): number {
  const writer = bareWriter(profile, databaseKey);
  const insert = writer.connection.prepare('INSERT INTO documents VALUES (?, ?)');
  const batch = writer.connection.transaction((from: number) => {
    contents.slice(from, from + rowsOfATransaction).forEach((content, index) => insert.run(`${from + index}`, content));
  });
  const began = performance.now();
  for (let from = 0; from < contents.length; from += rowsOfATransaction) batch.immediate(from);
  const seconds = (performance.now() - began) / 1000;
  writer.remove();
  return contents.length / seconds;
}
