import { expect, test } from 'vitest';
import { codeSystems } from '../../shared/schema/fhir-types.ts';
import type { Caller } from './testing/running.ts';
import { twoWorkstations, until } from './testing/two-workstations.ts';

const system = codeSystems.icd10;
const table = (letter: string, count: number) => ['code,name', ...Array.from({ length: count }, (_, index) => `${letter}${String(index).padStart(4, '0')},Disease ${String(index)}`)].join('\n');
const ranges = (high: number) => `code,unit,low,high\n6690-2,10*9/L,4,${String(high)}\n`;
const names = async (caller: Caller) => (await caller.ask('codes.tables', {})).map(({ name, entries }) => `${name} ${String(entries)}`);
const codes = async (caller: Caller) => (await caller.ask('codes.search', { system, query: 'Disease', language: 'en' })).map(({ code }) => code.charAt(0));

test('of two tables that were loaded out of each other’s sight both workstations use the one that was loaded last, and nothing of the other', async () => {
  const { admin, second } = await twoWorkstations();
  const other = await second.signedIn('admin');
  await admin.ask('codes.load', { system, name: 'First', text: table('A', 1200) });
  await until(() => names(other), ([name]) => name === 'First 1200');
  await admin.ask('hub.stop', {});
  await admin.ask('codes.load', { system, name: 'Long', text: table('B', 1600) });
  await admin.ask('codes.loadRanges', { name: 'Valley', text: ranges(10) });
  await other.ask('codes.load', { system, name: 'Short', text: table('C', 700) });
  await other.ask('codes.loadRanges', { name: 'Hill', text: ranges(11) });
  await admin.ask('hub.start', {});
  for (const caller of [admin, other]) {
    await until(() => names(caller), (all) => all.join() === 'Short 700,Hill 1');
    expect(new Set(await codes(caller))).toEqual(new Set(['C']));
    expect(await caller.ask('codes.ranges', {})).toMatchObject({ name: 'Hill', ranges: [{ high: 11 }] });
    expect((await caller.ask('conflicts.list', { status: 'open', offset: 0, limit: 10 })).total).toBe(0);
  }
  await admin.ask('codes.load', { system, name: 'Last', text: table('D', 600) });
  await until(() => names(other), ([name]) => name === 'Last 600');
  await admin.ask('codes.removeRanges', {});
  await until(() => names(other), (all) => all.length === 1);
});
