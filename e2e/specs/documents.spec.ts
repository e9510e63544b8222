import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { startHost, type Host } from '../fixtures/host.ts';
import { press, type } from '../fixtures/keyboard.ts';
import { openLine, type Line } from '../fixtures/line.ts';
import { admin, doctor, openChart, signIn } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';

test.describe.configure({ mode: 'serial' });

let folder: string;
let hosts: { here: Host; there: Host };
/** `here` serves the other workstation, which reaches it over the line. */
let here: Page;
let there: Page;
let line: Line;
const name = '王小明';
const words = 'Dear colleague, please see this patient about her cough.';
const title = 'Letter of referral';

test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-documents-'));
  hosts = { here: await startHost(join(folder, 'here')), there: await startHost(join(folder, 'there')) };
  here = await opened(browser, hosts.here);
  there = await opened(browser, hosts.there);
  await call(here, 'setup.createClinic', { site: { organisationName: 'Hill Country Health', name: 'Upper Valley Clinic', departments: ['Medicine'] }, admin });
  await call(here, 'sessions.signIn', { username: admin.username, password: admin.password });
  await call(here, 'users.create', { ...doctor, role: 'doctor' });
  const { port, fingerprint } = await call(here, 'hub.start', { port: 0 });
  await expect.poll(async () => (await call(here, 'sync.state', {})).phase, { timeout: 60_000 }).toBe('idle');
  line = await openLine(Number(port));
  const siteId = (await call(here, 'fleet.list', {})).sites[0]?.id as string;
  const { code } = await call(here, 'fleet.createCode', { siteId });
  await call(there, 'enrolment.join', { address: `https://${line.near}`, fingerprint: String(fingerprint), code, name: 'Room 2' });
  // Users come with the first sync: until then every name is unknown.
  await expect.poll(async () => (await call(there, 'sync.state', {})).phase, { timeout: 60_000 }).toBe('idle');
  await call(here, 'sessions.signOut', {});
  for (const page of [here, there]) {
    await page.reload();
    await expect(page.getByRole('textbox', { name: t('common.username'), exact: true })).toBeVisible({ timeout: 60_000 });
    await signIn(page, doctor);
  }
});
test.afterAll(async () => {
  await hosts.there.stop();
  await hosts.here.stop();
  await line.close();
  rmSync(folder, { recursive: true });
});

async function opened(browser: Browser, host: Host): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(host.address);
  return page;
}

const row = (page: Page) => page.getByRole('row', { name: title });
async function documentsOf(page: Page): Promise<void> {
  await openChart(page, 'wxm', name);
  await press(page, page.getByRole('navigation', { name: t('chart.tabs') }).getByRole('link', { name: t('documents.title') }));
  await expect(page.getByRole('heading', { name: t('documents.title') })).toBeVisible();
}
async function look(page: Page): Promise<void> {
  await press(page, row(page).getByRole('button', { name: filled('documents.openOf', { title }) }));
  const dialog = page.getByRole('dialog', { name: title });
  await expect(dialog).toContainText(words, { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

test('a letter is put into the chart, described and read', async () => {
  await call(here, 'patients.create', { patient: { name, gender: 'female', birthday: '1990-05-17' } });
  await documentsOf(here);
  await here.locator('input[type=file]').setInputFiles({ name: 'scan0001.txt', mimeType: 'text/plain', buffer: Buffer.from(words) });
  const dialog = here.getByRole('dialog', { name: t('documents.addTitle') });
  await type(here, dialog.getByRole('textbox', { name: t('documents.field.title'), exact: true }), title);
  await press(here, dialog.getByRole('button', { name: t('documents.save'), exact: true }));
  await expect(row(here)).toBeVisible();
  await look(here);
});

test('another workstation finds it, and opens it again where the line is down', async () => {
  await expect.poll(async () => (await call(there, 'patients.list', { offset: 0, limit: 1, sort: 'name', direction: 'ascending', filter: {} })).total, { timeout: 30_000 }).toBe(1);
  await documentsOf(there);
  await expect(row(there)).toBeVisible({ timeout: 30_000 });
  await look(there);
  line.cut();
  await there.reload();
  await expect(there.getByRole('region', { name: t('patients.banner.label') })).toContainText(name);
  await look(there);
});
