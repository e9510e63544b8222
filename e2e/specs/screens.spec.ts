import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { resourceCollections } from '../../shared/schema/resource.ts';
import { call } from '../fixtures/call.ts';
import { filledRecordRoom } from '../fixtures/closed-chart.ts';
import { filledAnalytics } from '../fixtures/filled-analytics.ts';
import { filledCorrespondence } from '../fixtures/filled-correspondence.ts';
import { filledDesk } from '../fixtures/filled-desk.ts';
import { filledChart } from '../fixtures/filled-chart.ts';
import { openWorkstation, type Workstation } from '../fixtures/workstation.ts';

const pictures = fileURLToPath(new URL('../screenshots', import.meta.url));
const password = 'outpost-demo';
const englishLight = { language: 'en', theme: 'light' } as const;
const chineseDark = { language: 'zh', theme: 'dark' } as const;
const onlyPictured = [
  { language: 'zh', theme: 'light' },
  { language: 'en', theme: 'dark' },
] as const;
type Look = typeof englishLight | typeof chineseDark | (typeof onlyPictured)[number];
/** Between them they have both languages and both themes, which is all that rules of accessibility can differ by. */
const examined: readonly Look[] = [englishLight, chineseDark];
/**
 * `PICTURES=all` examines every screen in both looks and at both sizes, and pictures it in the other two. Without it each is examined once in
 * each look: large in one, small in the other.
 */
const everything = process.env['PICTURES'] === 'all';
const looks = everything ? [...examined, ...onlyPictured] : examined;

test.describe.configure({ mode: 'serial' });

let profile: string;
let workstation: Workstation;
let page: Page;
const complaints: string[] = [];

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-screens-'));
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  // Once more, so that complaints of the first page are heard.
  await page.reload();
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

/** Milliseconds that a screen takes to come to rest. */
const settling = 300;

/** A picture of what is on screen, and no accessibility violation in it. */
async function inspect(name: string, look: Look): Promise<void> {
  const { language, theme } = look;
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.waitForTimeout(settling);
  await page.screenshot({ path: join(pictures, `${name}-${language}-${theme}.png`) });
  if (!examined.includes(look)) return;
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect.soft(violations.map(({ id, nodes }) => `${name} ${language} ${theme}: ${id}: ${nodes.map(({ target }) => String(target)).join(' | ')}`)).toEqual([]);
}

async function wear({ language, theme }: Look): Promise<void> {
  await call(page, 'preferences.update', { language, theme });
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
}

/** Cut-off text and buttons out of the window: what is wider than its place, where it does not scroll by design. */
async function widerThanTheirPlace(): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main > *, main section, main form, header, footer')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ tagName, className }) => `${tagName} ${String(className)}`),
  );
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

/** The screens of a doctor, with a chart that has signed and unsigned records, some amended. */
async function doctorsScreens(): Promise<[name: string, hash: string][]> {
  const { rows } = await call(page, 'patients.list', { offset: 0, limit: 50, sort: 'name', direction: 'ascending', filter: {} });
  const charts = await Promise.all(rows.map(async ({ id }) => ({ id, records: (await call(page, 'records.listForPatient', { patientId: id, offset: 0, limit: 10 })).rows })));
  const chart = charts.find(({ records }) => ['signed', 'draft'].every((wanted) => records.some(({ status }) => status === wanted)));
  const at = `/patients/${chart?.id ?? ''}`;
  const recordWith = (wanted: string) => `${at}/records/${chart?.records.find(({ status }) => status === wanted)?.id ?? ''}`;
  return [
    ['patients', '/patients'],
    ['register', '/patients/new'],
    ['chart', at],
    ['patient-edit', `${at}/edit`],
    ['patient-history', `${at}/history`],
    ['record', recordWith('signed')],
    ['record-unsigned', recordWith('draft')],
    ['record-new', `${at}/records/new`],
    ['record-edit', `${recordWith('draft')}/edit`],
    ['record-amend', `${recordWith('signed')}/amend`],
    ['record-history', `${recordWith('signed')}/history`],
    ['record-print', `${recordWith('signed')}/print`],
    ['summary-print', `${at}/print`],
    ...(await filledChart(page, chart?.id ?? '')),
    ...(await filledDesk(page)),
    ...(await filledCorrespondence(page, chart?.id ?? '')),
    ...(await filledRecordRoom(page)),
    ...(await filledAnalytics(page)),
    ['conflicts', '/conflicts'],
    ['sync', '/sync'],
    ['trash', '/trash'],
    ['settings', '/settings'],
  ];
}

test('what a doctor sees', async () => {
  test.setTimeout(900_000);
  await enterAs('doctor');
  const screens = await doctorsScreens();
  for (const look of everything ? looks : [englishLight]) {
    await wear(look);
    for (const [name, hash] of screens) {
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

test('a small window cuts nothing off, and all that scrolls is reached by keyboard', async () => {
  test.setTimeout(900_000);
  await enterAs('doctor');
  await page.setViewportSize({ width: 1024, height: 600 });
  const screens = await doctorsScreens();
  for (const look of examined) {
    await wear(look);
    for (const [name, hash] of screens) {
      await visit(hash);
      if (everything || look === chineseDark) await inspect(`small-${name}`, look);
      else await page.waitForTimeout(settling);
      // A printed sheet keeps the width of its paper.
      if (!name.endsWith('-print') && name !== 'slip') expect.soft(await widerThanTheirPlace(), `${name} ${look.language}`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 1366, height: 800 });
});

const cloud = ['cloud', 'cloud/placement', 'cloud/tasks', 'cloud/usage', 'cloud/maintenance', 'cloud/reports', ...resourceCollections.map((collection) => `cloud/inventory/${collection}`)];

test('what an admin sees', async () => {
  test.setTimeout(900_000);
  await enterAs('admin');
  for (const look of looks) {
    await wear(look);
    for (const name of ['users', 'audit', 'backups', 'imports', 'exports', 'settings', 'sync', 'fleet', ...cloud]) {
      await visit(`/${name}`);
      await inspect(`admin-${name.replaceAll('/', '-')}`, look);
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
