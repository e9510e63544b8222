import { expect, test } from 'vitest';
import { errorOf } from '../../shared/testing/error-of.ts';
import type { Context } from './context.ts';
import { readExport } from './exports.ts';
import { appendToImport, beginImport } from './imports.ts';
import { inventoryOf } from './inventory.ts';
import { exportResources } from './resource-exports.ts';
import { checkResourceImport, importResources, mostResources } from './resource-imports.ts';
import { saveResource } from './resources.ts';
import { openClinic } from './testing/clinic.ts';

const amounts = { cpu: 4, memory: 8192, disk: 40, bandwidth: 100 };
const inventory = {
  hosts: [
    { name: 'host-1', failureDomain: 'rack-1', cpu: 32, memory: 131072, disk: 2000, bandwidth: 10000, cpuOvercommit: 4 },
    { name: '=host-2', cpu: 16, memory: 65536 },
  ],
  virtualMachines: [
    { name: 'machine 1', host: 'host-1', ...amounts, antiAffinityGroup: 'database', allowedHosts: ['host-1', '=host-2'], applications: 2 },
    { name: '虚拟机二', state: 'planned', ...amounts, profit: 7 },
  ],
  storagePools: [{ name: 'pool', kind: 'ceph', capacity: 900, used: 12, replicas: 3 }],
  databases: [{ name: 'central', engine: 'MariaDB', version: '10.11', host: 'host-1', virtualMachine: 'machine 1', size: 512, copies: 2 }],
  computeNodes: [{ name: 'node', host: '=host-2', processors: 4, speed: 1.5 }],
  tasks: [{ name: 'report', work: 60, releaseAt: '2026-03-02T09:00:00.000Z', computeNode: 'node' }],
};

function opened(context: Context, text: string): string {
  const bytes = Buffer.from(text);
  const { importId } = beginImport(context, { fileName: 'inventory', size: bytes.length });
  appendToImport(context, { importId, base64: bytes.toString('base64') });
  return importId;
}

async function finished(context: Context, jobId: string): Promise<void> {
  await expect.poll(() => context.jobs.get(jobId).state).toBe('done');
}

async function bringIn(context: Context, text: string, plan: { format: 'csv' | 'json'; collection?: 'hosts' | 'virtualMachines' }) {
  const importId = opened(context, text);
  const report = checkResourceImport(context, { importId, ...plan });
  await finished(context, importResources(context, { importId, ...plan }).id);
  return report;
}

async function exported(context: Context, wanted: Parameters<typeof exportResources>[1]): Promise<string> {
  const { id } = exportResources(context, wanted);
  await finished(context, id);
  return (await readExport(context, { jobId: id, part: 0 })).text;
}

const named = (context: Context) => {
  const all = inventoryOf(context.store);
  return Object.fromEntries(Object.entries(all).map(([collection, list]) => [collection, list.map(({ name }) => name)]));
};

test('an inventory of every kind comes in, goes out, and comes in elsewhere as the same', async () => {
  const context = (await openClinic()).context('admin');
  expect(await bringIn(context, JSON.stringify(inventory), { format: 'json' })).toMatchObject({ rows: 8, created: 8, bad: 0, ignored: [] });
  const [machine] = inventoryOf(context.store).virtualMachines;
  const hosts = new Map(inventoryOf(context.store).hosts.map(({ name, id }) => [name, id]));
  expect(machine).toMatchObject({ name: 'machine 1', state: 'running', hostId: hosts.get('host-1'), demand: amounts, allowedHostIds: [hosts.get('host-1'), hosts.get('=host-2')] });
  expect(inventoryOf(context.store).hosts.find(({ name }) => name === '=host-2')?.overcommit).toEqual({ cpu: 1, memory: 1 });

  const text = await exported(context, { format: 'json' });
  const elsewhere = (await openClinic()).context('admin');
  await bringIn(elsewhere, text, { format: 'json' });
  expect(await exported(elsewhere, { format: 'json' })).toBe(text);
  expect(await bringIn(elsewhere, text, { format: 'json' })).toMatchObject({ created: 0, updated: 0, unchanged: 8 });
});

test('a CSV file that was exported reads back, a name that looks like a formula too', async () => {
  const context = (await openClinic()).context('admin');
  await bringIn(context, JSON.stringify(inventory), { format: 'json' });
  for (const collection of ['hosts', 'virtualMachines'] as const) {
    const text = await exported(context, { format: 'csv', collection });
    expect(await bringIn(context, text, { format: 'csv', collection })).toMatchObject({ rows: 2, unchanged: 2 });
  }
});

test('a resource that is known by its name is changed where the file speaks of it and left alone elsewhere', async () => {
  const context = (await openClinic()).context('admin');
  await bringIn(context, JSON.stringify(inventory), { format: 'json' });
  const report = await bringIn(context, 'name,cpu,memory\nhost-1,64,131072\nhost-3,8,1024\n', { format: 'csv', collection: 'hosts' });
  expect(report).toMatchObject({ rows: 2, created: 1, updated: 1, bad: 0 });
  const changed = inventoryOf(context.store).hosts.find(({ name }) => name === 'host-1');
  expect(changed).toMatchObject({ capacity: { cpu: 64, memory: 131072, disk: 2000, bandwidth: 10000 }, overcommit: { cpu: 4, memory: 1 }, failureDomain: 'rack-1' });
});

test('rows that cannot be are listed with their column, and the others come in', async () => {
  const context = (await openClinic()).context('admin');
  const rows = ['name,host,cpu,memory,colour', 'good,,1,1,red', 'nowhere,host-9,1,1,', 'negative,,-1,1,', 'huge,,1,99999999999,', 'unit,,1,4 GB,', ',,1,1,', 'good,,2,2,', 'NaN,,NaN,1,'];
  const report = await bringIn(context, rows.join('\n'), { format: 'csv', collection: 'virtualMachines' });
  expect(report).toMatchObject({ rows: 8, created: 1, bad: 7, ignored: ['virtualMachines.colour'] });
  expect(report.problems.map(({ row, issues }) => [row, issues[0]?.path, issues[0]?.code])).toEqual([
    [2, 'host', 'unknown-name'], [3, 'cpu', 'out-of-range'], [4, 'memory', 'out-of-range'], [5, 'memory', 'invalid-number'],
    [6, 'name', 'required'], [7, 'name', 'repeated-name'], [8, 'cpu', 'invalid-number'],
  ]);
  expect(named(context)['virtualMachines']).toEqual(['good']);
});

test('a name that two hosts bear is not guessed', async () => {
  const context = (await openClinic()).context('admin');
  const host = { name: 'twin', state: 'available', capacity: amounts, overcommit: { cpu: 1, memory: 1 } };
  saveResource(context, { collection: 'hosts', content: host });
  saveResource(context, { collection: 'hosts', content: host });
  const report = await bringIn(context, 'name,host,cpu,memory\nmachine,twin,1,1\n', { format: 'csv', collection: 'virtualMachines' });
  expect(report.problems).toEqual([{ collection: 'virtualMachines', row: 1, issues: [{ path: 'host', code: 'ambiguous-name' }] }]);
});

test.each([
  ['a CSV file without its columns', 'name,colour\na,b\n', { format: 'csv', collection: 'hosts' }, { code: 'file-wrong-columns', missing: ['cpu', 'memory'] }],
  ['JSON of something else', '{"patients":[]}', { format: 'json' }, { code: 'file-not-inventory' }],
  ['no JSON', 'name,cpu', { format: 'json' }, { code: 'file-not-inventory' }],
  ['CSV of nobody knows what', 'name,cpu,memory\na,1,1\n', { format: 'csv' }, { code: 'invalid-input', issues: [{ path: 'collection', code: 'required' }] }],
] as const)('%s is refused by name', async (_what, text, plan, error) => {
  const context = (await openClinic()).context('admin');
  const importId = opened(context, text);
  expect(await errorOf(() => importResources(context, { importId, ...plan }))).toEqual(error);
});

test('a file of more resources than a cloud has is refused before it is taken apart, as CSV and as JSON', async () => {
  const context = (await openClinic()).context('admin');
  const names = Array.from({ length: mostResources + 1 }, (_, index) => `task ${index}`);
  const csv = opened(context, `name,work\n${names.map((name) => `${name},1`).join('\n')}\n`);
  expect(await errorOf(() => checkResourceImport(context, { importId: csv, format: 'csv', collection: 'tasks' }))).toEqual({ code: 'file-too-many-rows', limit: mostResources });
  const json = opened(context, JSON.stringify({ tasks: names.map((name) => ({ name, work: 1 })) }));
  expect(await errorOf(() => importResources(context, { importId: json, format: 'json' }))).toEqual({ code: 'file-too-many-rows', limit: mostResources });
  expect(inventoryOf(context.store).tasks).toEqual([]);
});
