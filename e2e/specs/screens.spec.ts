import { expect, test, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { filledRecordRoom } from '../fixtures/closed-chart.ts';
import { filledAnalytics } from '../fixtures/filled-analytics.ts';
import { filledChart } from '../fixtures/filled-chart.ts';
import { filledCorrespondence } from '../fixtures/filled-correspondence.ts';
import { filledDesk } from '../fixtures/filled-desk.ts';
import { chineseDark, englishLight, enterAs, everything, examined, inspect, looks, makeDemo, openScreens, visit, wear, type Screens } from '../fixtures/screens.ts';

test.describe.configure({ mode: 'serial' });

let screens: Screens;
let page: Page;

test.beforeAll(async ({ browser }) => {
  screens = await openScreens(browser);
  ({ page } = screens);
});
test.afterAll(() => screens.stop());

/** Cut-off text and buttons out of the window: what is wider than its place, where it does not scroll by design. */
async function widerThanTheirPlace(): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main > *, main section, main form, header, footer')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ tagName, className }) => `${tagName} ${String(className)}`),
  );
}

test('first run and sign-in', async () => {
  for (const look of looks) {
    await wear(page, look);
    await inspect(screens, 'first-run', look);
  }
  await makeDemo(page);
  for (const look of looks) {
    await wear(page, look);
    await inspect(screens, 'sign-in', look);
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
  await enterAs(page, 'doctor');
  const places = await doctorsScreens();
  for (const look of everything ? looks : [englishLight]) {
    await wear(page, look);
    for (const [name, hash] of places) {
      await visit(page, hash);
      await inspect(screens, name, look);
    }
    await visit(page, '/patients');
    await page.getByRole('combobox').first().fill('wang');
    await inspect(screens, 'search', look);
    await page.keyboard.press('F1');
    await inspect(screens, 'help', look);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+K');
    await inspect(screens, 'palette', look);
    await page.keyboard.press('Escape');
  }
});

test('a small window cuts nothing off, and all that scrolls is reached by keyboard', async () => {
  test.setTimeout(900_000);
  await enterAs(page, 'doctor');
  await page.setViewportSize({ width: 1024, height: 600 });
  const places = await doctorsScreens();
  for (const look of examined) {
    await wear(page, look);
    for (const [name, hash] of places) {
      await visit(page, hash);
      if (everything || look === chineseDark) await inspect(screens, `small-${name}`, look);
      else await screens.rest();
      // A printed sheet keeps the width of its paper.
      if (!name.endsWith('-print') && name !== 'slip') expect.soft(await widerThanTheirPlace(), `${name} ${look.language}`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 1366, height: 800 });
});

test('nothing was refused by the content security policy or thrown on the way', () => {
  expect(screens.complaints).toEqual([]);
});
