import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { demoPatient } from '../../shared/demo/patient.ts';
import { seededRandom } from '../../shared/demo/random.ts';
import { chunkBytes } from '../../shared/contract/exchange.ts';
import { openConnection } from '../../electron/storage/connection.ts';
import type { Figure } from './report.ts';
import type { Call } from './workstation.ts';

const rows = 20_000;

function csv(): { text: string; contents: string[] } {
  const random = seededRandom(44);
  const people = Array.from({ length: rows }, () => demoPatient(random, '2026-01-01'));
  const lines = people.map(({ name, gender, birthday, phone, address }) => [name, gender, birthday ?? '', phone ?? '', address ?? ''].join(','));
  return { text: ['name,gender,birthday,phone,address', ...lines].join('\n'), contents: people.map((person) => JSON.stringify(person)) };
}

/** Rows a second from bytes to durable, searchable patients; beside bare inserts of the same rows, a thousand a transaction. */
export async function importFigures(call: Call, key: Uint8Array, profile: string): Promise<Figure[]> {
  const { text, contents } = csv();
  const bytes = Buffer.from(text);
  const began = performance.now();
  const { importId } = await call('imports.begin', { fileName: 'bench.csv', size: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
    await call('imports.append', { importId, base64: bytes.subarray(offset, offset + chunkBytes).toString('base64') });
  }
  const { encoding, suggestedMapping } = await call('imports.inspect', { importId });
  const job = await call('imports.run', { importId, encoding, mapping: suggestedMapping });
  await finished(call, job.id);
  const seconds = (performance.now() - began) / 1000;
  const { batchId } = await call('imports.report', { importId });
  if (batchId !== undefined) await finished(call, (await call('imports.undo', { batchId, evenIfChanged: true })).id);
  await call('imports.close', { importId });
  const bare = { what: 'bare SQLite inserts', value: bareInserts(contents, key, profile) };
  return [{ what: 'bulk import from CSV', unit: 'rows/s', value: rows / seconds, bare }];
}

async function finished(call: Call, jobId: string): Promise<void> {
  for (;;) {
    const job = await call('jobs.get', { jobId });
    if (job.state === 'done') return;
    if (job.state !== 'running') throw new Error(`${job.kind} ${job.state}: ${JSON.stringify(job.error)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function bareInserts(contents: string[], key: Uint8Array, profile: string): number {
  const folder = mkdtempSync(join(profile, 'bare-'));
  const peer = openConnection(join(folder, 'bare.db'), key);
  peer.exec('CREATE TABLE document (position INTEGER PRIMARY KEY, content TEXT) STRICT');
  const insert = peer.prepare('INSERT INTO document (content) VALUES (?)');
  const began = performance.now();
  for (let start = 0; start < contents.length; start += 1000) {
    peer.transaction(() => {
      for (const content of contents.slice(start, start + 1000)) insert.run(content);
    }).immediate();
  }
  const seconds = (performance.now() - began) / 1000;
  peer.close();
  rmSync(folder, { recursive: true });
  return contents.length / seconds;
}
