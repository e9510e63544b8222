import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { startHost, type Host } from '../fixtures/host.ts';

const pictures = fileURLToPath(new URL('../screenshots', import.meta.url));
const password = 'outpost-demo';
const looks = [
  { language: 'en', theme: 'light' },
  { language: 'zh', theme: 'light' },
  { language: 'en', theme: 'dark' },
  { language: 'zh', theme: 'dark' },
] as const;

test.describe.configure({ mode: 'serial' });

let profile: string;
let host: Host;
let page: Page;
const complaints: string[] = [];

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-screens-'));
  host = await startHost(profile);
  page = await (await browser.newContext()).newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(host.address);
});
test.afterAll(async () => {
  await host.stop();
  rmSync(profile, { recursive: true });
});

/** A picture of what is on screen, and no accessibility violation in it. */
async function inspect(name: string, { language, theme }: (typeof looks)[number]): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(pictures, `${name}-${language}-${theme}.png`) });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect.soft(violations.map(({ id, nodes }) => `${name} ${language} ${theme}: ${id}: ${nodes.map(({ target }) => String(target)).join(' | ')}`)).toEqual([]);
}

async function wear({ language, theme }: (typeof looks)[number]): Promise<void> {
  await call(page, 'preferences.update', { language, theme });
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
}

async function visit(hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

async function enterAs(username: string): Promise<void> {
  await call(page, 'sessions.signOut', {}).catch(() => undefined);
  await call(page, 'sessions.signIn', { username, password });
  await page.reload();
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

test('first run and sign-in', async () => {
  for (const look of looks) {
    await wear(look);
    await inspect('first-run', look);
  }
  const { job } = await call(page, 'setup.createDemo', { language: 'zh' });
  await call(page, 'sessions.signIn', { username: 'admin', password });
  await expect.poll(async () => (await call(page, 'jobs.get', { jobId: job.id })).state, { timeout: 60_000 }).toBe('done');
  await call(page, 'sessions.signOut', {});
  await page.reload();
  for (const look of looks) {
    await wear(look);
    await inspect('sign-in', look);
  }
});

test('what a doctor sees', async () => {
  test.setTimeout(400_000);
  await enterAs('doctor');
  const { rows } = await call(page, 'patients.list', { offset: 0, limit: 50, sort: 'name', direction: 'ascending', filter: {} });
  const charts = await Promise.all(rows.map(async ({ id }) => ({ id, records: (await call(page, 'records.listForPatient', { patientId: id, offset: 0, limit: 10 })).rows })));
  const chart = charts.find(({ records }) => records.some(({ status }) => status === 'signed'));
  const record = chart?.records.find(({ status }) => status === 'signed');
  const at = `/patients/${chart?.id ?? ''}`;
  for (const look of looks) {
    await wear(look);
    for (const [name, hash] of [
      ['patients', '/patients'],
      ['register', '/patients/new'],
      ['chart', at],
      ['record', `${at}/records/${record?.id ?? ''}`],
      ['record-new', `${at}/records/new`],
      ['record-history', `${at}/records/${record?.id ?? ''}/history`],
      ['record-print', `${at}/records/${record?.id ?? ''}/print`],
      ['summary-print', `${at}/print`],
      ['trash', '/trash'],
      ['settings', '/settings'],
    ] as const) {
      await visit(hash);
      await inspect(name, look);
    }
    await visit('/patients');
    await page.getByRole('combobox').first().fill('wang');
    await inspect('search', look);
    await page.keyboard.press('F1');
    await inspect('help', look);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+K');
    await inspect('palette', look);
    await page.keyboard.press('Escape');
  }
});

test('what an admin sees', async () => {
  test.setTimeout(300_000);
  await enterAs('admin');
  for (const look of looks) {
    await wear(look);
    for (const name of ['users', 'audit', 'backups', 'imports', 'exports', 'settings']) {
      await visit(`/${name}`);
      await inspect(`admin-${name}`, look);
    }
    await page.keyboard.press('Alt+L');
    await inspect('locked', look);
    await call(page, 'sessions.unlock', { password });
    await page.reload();
  }
});

test('nothing was refused by the content security policy or thrown on the way', () => {
  expect(complaints).toEqual([]);
});
