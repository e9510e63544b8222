import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import type { LibvirtHost } from '../../sync-server/providers/libvirt/connection.ts';
import { hasVirsh, writeSharedVirsh, writeTestHosts, type SharedVirsh, type TestHost } from '../../sync-server/testing/libvirt.ts';
import { startProcess, type ServerProcess } from '../../sync-server/testing/process.ts';
import { violations } from '../fixtures/accessibility.ts';
import { call } from '../fixtures/call.ts';
import { seededCloud } from '../fixtures/cloud.ts';
import { textOfPdf } from '../fixtures/pdf.ts';
import { chineseDark, englishLight, wear } from '../fixtures/screens.ts';
import { setUpWithServer } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { openWorkstation, type Workstation } from '../fixtures/workstation.ts';

const pictures = fileURLToPath(new URL('../screenshots', import.meta.url));
const seed = Number(process.env['SEED'] ?? 1);
const drained = 'host-07';

test.describe.configure({ mode: 'serial' });
test.skip(!hasVirsh, 'virsh (libvirt-clients) is not installed');

let folder: string;
let virsh: SharedVirsh;
let cloud: TestHost[];
let hosts: LibvirtHost[];
let server: ServerProcess;
let workstation: Workstation;
let page: Page;

test.beforeAll(async ({ browser }) => {
  process.stderr.write(`Seed of the cloud: ${seed}\n`);
  folder = mkdtempSync(join(tmpdir(), 'outpost-cloud-'));
  const made = seededCloud(seed, 40, 400);
  cloud = made.hosts;
  writeFileSync(join(folder, 'inventory.json'), made.file);
  hosts = writeTestHosts(cloud);
  writeFileSync(join(folder, 'hosts.txt'), hosts.map(({ name, uri }) => `${name} ${uri}`).join('\n'));
  virsh = writeSharedVirsh();
  server = await startProcess(undefined, ['--own-host', '--libvirt', join(folder, 'hosts.txt'), '--observe-every', '0', '--sample-every', '1'], { PATH: `${virsh.folder}:${process.env['PATH'] ?? ''}` });
  workstation = await openWorkstation(browser, join(folder, 'profile'));
  ({ page } = workstation);
  await setUpWithServer(page, server);
});
test.afterAll(async () => {
  await workstation.stop();
  await server.kill('SIGTERM');
  rmSync(folder, { recursive: true });
});

const visit = (hash: string) => page.evaluate((to) => (location.hash = to), hash);
const machinesOf = (name: string) => cloud.find((host) => host.name === name)?.machines.map((machine) => machine.name).sort() ?? [];

/** What virsh itself says runs on a host. */
async function runningOn(name: string): Promise<string[]> {
  const host = hosts.find((one) => one.name === name) as LibvirtHost;
  return [...(await virsh.ask(host, 'list')).matchAll(/(vm-\S+)\s+running/g)].map(([, machine = '']) => machine).sort();
}

async function picture(name: string): Promise<void> {
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(pictures, `cloud-${name}.png`) });
}

/** A picture, and no accessibility violation in it. */
async function inspect(name: string): Promise<void> {
  await picture(name);
  expect.soft(await violations(page), name).toEqual([]);
}

test('an inventory of 40 hosts and 400 machines is imported, and the heat map shows it', async () => {
  await visit('/cloud/inventory');
  await page.getByRole('button', { name: t('cloud.import') }).click();
  const dialog = page.getByRole('dialog', { name: t('cloud.importTitle') });
  await dialog.locator('input[type=file]').setInputFiles(join(folder, 'inventory.json'));
  await dialog.getByRole('button', { name: filled('cloud.importRun', { count: 440 }) }).click();
  await expect(dialog.getByText(filled('cloud.imported', { count: 440 }))).toBeVisible();
  await inspect('imported');
  await dialog.getByRole('button', { name: t('common.close'), exact: true }).last().click();
  await visit('/cloud');
  await expect(page.getByRole('img', { name: filled('cloud.heatMapLabel', { count: 40 }) })).toBeVisible();
  await picture('heat-map');
});

test('bars show what fills each host, and name the machine that is pointed at', async () => {
  const views = page.getByRole('radiogroup', { name: t('cloud.view.label') });
  await views.getByText(t('cloud.view.packing')).click();
  const bar = page.getByRole('grid').getByRole('row').filter({ hasText: drained }).locator('svg');
  // The room of the host and its edge are drawn with its machines.
  await expect(bar.locator('rect')).toHaveCount(machinesOf(drained).length + 2);
  for (const at of [1, 2]) await bar.locator('rect').nth(at).hover();
  await expect(bar.locator('title')).toHaveText(new RegExp(`^(${machinesOf(drained).join('|')}) · `));
  await picture('packing');
  await bar.hover({ position: { x: 5, y: -10 }, force: true });
  await expect(bar.locator('title')).toHaveCount(0);
  await views.getByText(t('cloud.view.heat')).click();
});

test('the server reads the real hosts, and knows them for those that were imported', async () => {
  await page.getByRole('button', { name: filled('providers.refreshOne', { name: 'libvirt' }) }).click();
  await expect(page.getByText(filled('providers.refreshed', { created: 40, updated: 440, unchanged: 0, vanished: 0 }))).toBeVisible();
  await page.getByRole('button', { name: filled('providers.refreshOne', { name: 'host' }) }).click();
  await expect.poll(async () => (await call(page, 'resources.overview', {})).counts).toMatchObject({ hosts: 41, virtualMachines: 400 });
  await inspect('providers');
});

test('three models place the machines with a host drained, side by side', async () => {
  await visit('/cloud/placement');
  const form = page.getByRole('region', { name: t('placements.solve') });
  await form.getByRole('combobox', { name: t('placements.objective') }).or(form.getByRole('textbox', { name: t('placements.objective') })).first().click();
  await page.getByRole('option', { name: t('placements.objectives.moves') }).click();
  await form.getByRole('checkbox', { name: t('placements.model.dp') }).uncheck();
  await form.getByRole('textbox', { name: t('placements.seconds') }).fill('3');
  await form.getByLabel(t('placements.drain')).first().fill(drained);
  await page.getByRole('option', { name: drained }).click();
  await page.keyboard.press('Escape');
  await form.getByRole('button', { name: t('placements.start') }).click();
  const compared = page.getByRole('table', { name: t('placements.compared') });
  for (const model of ['greedy', 'lp', 'portfolio'] as const) {
    const row = compared.getByRole('row').filter({ has: page.getByRole('rowheader', { name: t(`placements.model.${model}`) }) });
    await expect(row.getByText(t('placements.agrees'))).toBeVisible({ timeout: 30_000 });
  }
  await expect(compared.getByText(t('placements.statuses.optimal')).last()).toBeVisible();
  await picture('models');
  // With the server's providers the plan is another one than without: asked for before they are known it is drawn twice.
  const plans: string[] = [];
  page.on('request', (request) => request.url().endsWith('/placements.plan') && plans.push(request.postData() ?? ''));
  await page.reload();
  await expect(page.getByRole('button', { name: t('placements.carryOut') })).toBeVisible();
  expect(plans.filter((body) => !body.includes('movers'))).toEqual([]);
});

test('the plan is carried out, and virsh itself shows every machine elsewhere', async () => {
  const before = machinesOf(drained);
  expect(await runningOn(drained)).toEqual(before);
  await page.getByRole('button', { name: t('placements.carryOut') }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('placements.carryOut') }).click();
  const last = page.getByRole('region', { name: t('placements.lastPlan') });
  await expect(last.getByText(t('placements.runState.done'), { exact: true })).toBeVisible({ timeout: 30_000 });
  await last.scrollIntoViewIfNeeded();
  await inspect('carried-out');
  expect(await runningOn(drained)).toEqual([]);
  const run = await call(page, 'plans.run', {});
  for (const { move } of run?.steps ?? []) {
    if (move.kind !== 'migrate') throw new Error(`An unexpected move: ${move.kind}`);
    const machine = cloud.flatMap(({ machines }) => machines).find(({ uuid }) => uuid === move.machine)?.name;
    expect(await runningOn(move.to)).toContain(machine);
  }
  expect(run?.steps.length).toBeGreaterThanOrEqual(before.length);
});

test('it is taken back, and virsh itself shows every machine where it was', async () => {
  const last = page.getByRole('region', { name: t('placements.lastPlan') });
  await last.getByRole('button', { name: t('placements.takeBack') }).click();
  // Each step says so of itself before the plan is back as a whole.
  await expect.poll(async () => (await call(page, 'plans.run', {}))?.state).toBe('rolled-back');
  await expect(last.getByText(t('placements.runState.rolling-back'), { exact: true })).toBeHidden();
  await expect(last.getByText(t('placements.runState.rolled-back'), { exact: true }).first()).toBeVisible();
  await picture('taken-back');
  for (const { name } of cloud.slice(0, 10)) expect(await runningOn(name)).toEqual(machinesOf(name));
});

test('the report of all this is downloaded, and its figures stand in the PDF', async () => {
  await visit('/cloud/reports');
  await page.getByRole('button', { name: t('cloudReports.makeNow') }).click();
  const row = page.getByRole('table', { name: t('cloudReports.title') }).getByRole('row').nth(1);
  const pdf = row.getByRole('button', { name: t('cloudReports.pdf') });
  await expect(pdf).toBeVisible({ timeout: 60_000 });
  await inspect('reports');
  const [download] = await Promise.all([page.waitForEvent('download'), pdf.click()]);
  const text = await textOfPdf(readFileSync(await download.path()));
  const { allocation } = await call(page, 'resources.overview', {});
  const { rows: [report] } = await call(page, 'cloudReports.list', { offset: 0, limit: 1 });
  for (const { allocated, promised } of [allocation.cloud.cpu, allocation.cloud.memory]) {
    for (const figure of [allocated, promised]) expect(text).toContain(figure.toLocaleString('en'));
  }
  expect(text).toContain(report?.inputsDigest);
  // The machines that went and came back are among the moves of the period.
  for (const machine of machinesOf(drained)) expect(text).toContain(machine);
});

test('what was measured is drawn over time, and stands in figures beside it', async () => {
  await visit('/cloud/usage');
  const trends = page.getByRole('region', { name: t('usage.trends') });
  await expect(trends.getByRole('img', { name: filled('usage.chartLabel', { metric: t('usage.metric.cpu') }) })).toBeVisible();
  await expect(page.getByRole('region', { name: t('usage.jobs') })).toBeVisible();
  await inspect('usage');
  await trends.getByText(t('placements.view.figures')).click();
  await expect(trends.getByRole('grid', { name: t('usage.trends') }).getByRole('row').nth(1)).toContainText('iB');
});

test('a machine that is gone from its host ends a plan in the middle: which move, what stands and what to do is told', async () => {
  const gone = machinesOf(drained).at(-1) ?? '';
  const { rows: [host] } = await call(page, 'resources.list', { collection: 'hosts', search: drained, offset: 0, limit: 1 });
  const options = { objective: 'moves', bandwidth: 10_000, reserve: 'none', budget: null } as const;
  const { id: jobId } = await call(page, 'placements.solve', { options, models: ['greedy'], secondsPerModel: 5, whatIf: { drain: [host?.id ?? ''] } });
  await expect.poll(async () => (await call(page, 'jobs.get', { jobId })).state).toBe('done');
  await virsh.ask(hosts.find(({ name }) => name === drained) as LibvirtHost, `destroy ${gone}; undefine ${gone}`);
  await call(page, 'plans.begin', { jobId, model: 'greedy', threshold: 0, coolDown: 0 });
  await expect.poll(async () => (await call(page, 'plans.run', {}))?.state).toBe('failed');
  await visit('/cloud/placement');
  const told = page.getByRole('region', { name: t('placements.lastPlan') }).getByRole('alert');
  await expect(told).toContainText(gone);
  await expect(told).toContainText(t('placements.stepTodo'));
  for (const look of [chineseDark, englishLight]) {
    await wear(page, look);
    await page.getByRole('region').getByRole('alert').last().scrollIntoViewIfNeeded();
    await inspect(`failed-${look.language}-${look.theme}`);
  }
});
