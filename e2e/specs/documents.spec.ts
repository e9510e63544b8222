import { expect, test, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { press, type } from '../fixtures/keyboard.ts';
import type { Line } from '../fixtures/line.ts';
import { admin, doctor, openChart, signIn } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { allSent, openTwo, serveOverLine, type TwoWorkstations } from '../fixtures/two-workstations.ts';

test.describe.configure({ mode: 'serial' });

let two: TwoWorkstations;
/** `here` serves the other workstation, which reaches it over the line. */
let here: Page;
let there: Page;
let line: Line;
const name = '王小明';
const words = 'Dear colleague, please see this patient about her cough.';
const title = 'Letter of referral';

test.beforeAll(async ({ browser }) => {
  two = await openTwo(browser);
  ({ here, there } = two);
  await call(here, 'setup.createClinic', { site: { organisationName: 'Hill Country Health', name: 'Upper Valley Clinic', departments: ['Medicine'] }, admin });
  await call(here, 'sessions.signIn', { username: admin.username, password: admin.password });
  await call(here, 'users.create', { ...doctor, role: 'doctor' });
  const { line: opened, ...invitation } = await serveOverLine(here);
  line = opened;
  await call(there, 'enrolment.join', { ...invitation, name: 'Room 2' });
  // Users come with the first sync: until then every name is unknown.
  await allSent(there);
  await call(here, 'sessions.signOut', {});
  for (const page of [here, there]) {
    await page.reload();
    await expect(page.getByRole('textbox', { name: t('common.username'), exact: true })).toBeVisible({ timeout: 60_000 });
    await signIn(page, doctor);
  }
});
test.afterAll(async () => {
  await two.stop();
  await line.close();
});

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
