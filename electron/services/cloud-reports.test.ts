import { expect, test, vi } from 'vitest';
import type { HostContent } from '../../shared/schema/host.ts';
import type { VirtualMachineContent } from '../../shared/schema/virtual-machine.ts';
import { inputsDigest } from '../../shared/resources/report/inputs.ts';
import { errorOf } from '../../shared/testing/error-of.ts';
import { checkCloudReport, cloudReportFile, cloudReports, makeCloudReport } from './cloud-reports.ts';
import type { Context } from './context.ts';
import { makeDueReports } from './make-cloud-report.ts';
import { cloudReportSchedule } from './report-schedules.ts';
import { solvePlacement } from './placements.ts';
import { inventoryAt, movesBetween } from '../storage/cloud-reports.ts';
import { pdfTexts } from './reports/testing/pdf-text.ts';
import { saveResource } from './resources.ts';
import { openClinic, type TestClinic } from './testing/clinic.ts';

const amounts = (cpu: number) => ({ cpu, memory: cpu * 1024, disk: 0, bandwidth: 0 });
const host = (context: Context, name: string, rest: Partial<HostContent> = {}) =>
  saveResource(context, { collection: 'hosts', content: { name, state: 'available', capacity: amounts(8), overcommit: { cpu: 1, memory: 1 }, ...rest } });
const machine = (context: Context, name: string, hostId: string, rest: Partial<VirtualMachineContent> = {}) =>
  saveResource(context, { collection: 'virtualMachines', content: { name, state: 'running', hostId, demand: amounts(3), ...rest } });

const settled = async (context: Context) => context.jobs.settled();
const all = { offset: 0, limit: 100 };
const bytesOf = async (context: Context, id: string, format: 'pdf' | 'csv') => Buffer.from((await cloudReportFile(context, { id, format })).bytes, 'base64');

/** Two hosts with one machine each at nine in the morning of the second of March. */
async function smallCloud(): Promise<{ clinic: TestClinic; context: Context; hosts: string[]; moved: ReturnType<typeof machine> }> {
  const clinic = await openClinic();
  const context = clinic.context('admin');
  const hosts = ['rack-a', 'rack-b'].map((name) => host(context, name).id);
  machine(context, 'pacs', hosts[0] as string);
  return { clinic, context, hosts, moved: machine(context, 'laboratory', hosts[1] as string) };
}

test('a report by hand says what the cloud is, as PDF and CSV, and comes out the same again', async () => {
  const { clinic, context, hosts, moved } = await smallCloud();
  clinic.clock.pass(3_600_000);
  const moveTo = (hostId: string | undefined, rev: string) => saveResource(context, { collection: 'virtualMachines', id: moved.id, rev, content: { name: 'laboratory', state: 'running', hostId, demand: amounts(3) } });
  const { rev } = moveTo(hosts[0], moved.rev);
  clinic.clock.pass(60_000);
  const prepare = vi.spyOn(context.store.connection, 'prepare');
  const job = makeCloudReport(context);
  expect(await errorOf(() => makeCloudReport(context))).toEqual({ code: 'job-running' });
  expect(await errorOf(() => solvePlacement(context, { options: { objective: 'hosts', bandwidth: 1, reserve: 'none', budget: null }, models: ['greedy'], secondsPerModel: 1, seed: 1, whatIf: { drain: [], lose: [], add: [], growthPercent: 0 } }))).toEqual({ code: 'job-running' });
  await settled(context);
  expect(context.jobs.get(job.id)).toMatchObject({ state: 'done' });
  // A report over tens of thousands of machines reads them in its worker: here every call would wait meanwhile.
  expect(prepare.mock.calls.map(([sql]) => sql).filter((sql) => /FROM (virtual_machines|hosts|revisions)/.test(sql))).toEqual([]);
  const [row] = cloudReports(context, all).rows;
  const period = { from: row?.from ?? '', to: row?.to ?? '' };
  const inventory = inventoryAt(context.store.connection, period.to);
  expect(row?.inputsDigest).toBe(inputsDigest({ ...period, inventory, moves: movesBetween(context.store.connection, period), earlier: [], seed: 1 }));
  expect(row).toMatchObject({ period: 'moment', counts: { hosts: 2, virtualMachines: 2 }, placement: { present: 1, value: 1, bound: 1, gap: 0, status: 'optimal', model: 'portfolio' } });
  const id = row?.id ?? '';
  const pdf = await bytesOf(context, id, 'pdf');
  const text = (await pdfTexts(pdf)).join(' ');
  for (const said of ['rack-b', 'laboratory', row?.inputsDigest]) expect(text).toContain(said);
  expect((await bytesOf(context, id, 'csv')).toString('utf8')).toContain('laboratory,rack-b,rack-a');
  expect(Buffer.compare(await bytesOf(context, id, 'pdf'), pdf)).toBe(0);
  // Long after, when the cloud is another one.
  clinic.clock.pass(86_400_000);
  host(context, 'rack-c');
  moveTo(hosts[1], rev);
  expect(await checkCloudReport(context, { id })).toEqual({ outcome: 'equal' });
});

test('days that are over get one report each, those on which it was off too, and none twice', async () => {
  const { clinic, context } = await smallCloud();
  const { workstation } = clinic;
  const made = async () => {
    makeDueReports(workstation);
    await settled(context);
    return cloudReports(context, all).rows.map(({ period, day }) => `${period} ${day}`);
  };
  expect(await made()).toEqual([]);
  clinic.clock.set('2026-03-03T09:00:00.000Z');
  expect(await made()).toEqual(['daily 2026-03-02']);
  expect(await made()).toEqual(['daily 2026-03-02']);
  // Off for a day.
  clinic.clock.set('2026-03-05T09:00:00.000Z');
  expect(await made()).toEqual(['daily 2026-03-04', 'daily 2026-03-03', 'daily 2026-03-02']);
  const [newest] = cloudReports(context, all).rows;
  expect((await bytesOf(context, newest?.id ?? '', 'csv')).toString('utf8')).not.toContain('three reports');
  cloudReportSchedule.set(context, { schedule: 'monthly' });
  clinic.clock.set('2026-04-01T09:00:00.000Z');
  expect((await made()).slice(0, 2)).toEqual(['monthly 2026-03-01', 'daily 2026-03-04']);
  cloudReportSchedule.set(context, { schedule: 'off' });
  clinic.clock.set('2026-05-01T09:00:00.000Z');
  expect(await made()).toHaveLength(4);
}, 60_000);

test('a report of a day speaks of the end of that day, and says when its history was changed since', async () => {
  const { clinic, context, hosts } = await smallCloud();
  clinic.clock.set('2026-03-03T09:00:00.000Z');
  host(context, 'bought the day after');
  makeDueReports(clinic.workstation);
  await settled(context);
  const [report] = cloudReports(context, all).rows;
  expect(report).toMatchObject({ day: '2026-03-02', counts: { hosts: 2, virtualMachines: 2 } });
  // A colleague's move of that day arrives late.
  clinic.clock.set('2026-03-02T10:00:00.000Z');
  machine(context, 'late', hosts[0] as string);
  expect(await checkCloudReport(context, { id: report?.id ?? '' })).toEqual({ outcome: 'inputs-differ' });
  expect(await errorOf(() => cloudReportFile(context, { id: context.environment.newId(), format: 'pdf' }))).toEqual({ code: 'not-found', collection: 'cloudReports' });
});
