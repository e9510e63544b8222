import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { violations } from '../fixtures/accessibility.ts';
import { call } from '../fixtures/call.ts';
import { closedChart } from '../fixtures/closed-chart.ts';
import { press, reach, type } from '../fixtures/keyboard.ts';
import { inspectInBoth } from '../fixtures/screens.ts';
import { addDoctor, admin, doctor, setUpClinic, signIn } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { openWorkstation, type Workstation } from '../fixtures/workstation.ts';

test.describe.configure({ mode: 'serial' });

let profile: string;
let workstation: Workstation;
let page: Page;
let patientId: string;
let encounterId: string;
const name = '王小明';

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-record-room-'));
  workstation = await openWorkstation(browser, profile);
  page = workstation.page;
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

const go = (path: string) => page.evaluate((hash) => (window.location.hash = hash), path);
const heading = () => page.getByRole('heading', { level: 1 });

async function openClosedChart(): Promise<void> {
  await press(page, page.getByRole('link', { name: t('recordRoom.title') }));
  const list = page.getByRole('grid', { name: t('recordRoom.list') });
  await expect(list.getByText(name)).toBeVisible();
  await reach(page, list);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(heading()).toContainText(name);
}

test('a chart whose visit is over is listed with what is missing', async () => {
  await setUpClinic(page);
  await signIn(page, admin);
  await addDoctor(page);
  await call(page, 'sessions.signOut', {});
  await page.goto(`${new URL(page.url()).origin}/`);
  await signIn(page, doctor);
  ({ id: patientId } = await call(page, 'patients.create', { patient: { name, gender: 'male' } }));
  ({ encounterId } = await closedChart(page, patientId));
  await openClosedChart();
  await expect(page.getByText(filled('recordRoom.checkMissing', { count: 2 }))).toBeVisible();
  await expect(page.getByRole('button', { name: t('recordRoom.seal') })).toBeHidden();
  expect(await violations(page)).toEqual([]);
});

test('what is missing is mended where the list leads to, and the chart is sealed', async () => {
  await press(page, page.getByRole('link', { name: `${t('recordRoom.mend')}: ${t('recordRoom.rule.record-unsigned')}` }));
  await press(page, page.getByRole('button', { name: t('records.view.sign') }));
  await press(page, page.getByRole('dialog').getByRole('button', { name: t('records.sign.confirm') }));
  await expect(page.getByRole('dialog')).toBeHidden();
  await openClosedChart();
  await press(page, page.getByRole('link', { name: `${t('recordRoom.mend')}: ${t('recordRoom.rule.allergies-unasked')}` }));
  await press(page, page.getByRole('button', { name: t('chart.allergy.assertNone') }));
  await expect(page.getByRole('cell', { name: t('chart.allergy.none') }).first()).toBeVisible();
  await openClosedChart();
  await expect(page.getByText(t('recordRoom.checkComplete'))).toBeVisible();
  await page.keyboard.press('Alt+S');
  await type(page, page.getByRole('dialog').getByRole('textbox', { name: t('recordRoom.location') }), 'Shelf 4');
  await inspectInBoth(page, 'record-room-seal');
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('alert').filter({ hasText: 'Shelf 4' })).toContainText(doctor.displayName);
  await expect(page.getByText(t('recordRoom.standing.as-sealed'))).toHaveCount(3);
  expect(await violations(page)).toEqual([]);
});

test('an edit of what is sealed is refused, and so is throwing the record away', async () => {
  await go(`/patients/${patientId}/documents`);
  await press(page, page.getByRole('button', { name: filled('documents.editOf', { title: 'School letter' }) }));
  const dialog = page.getByRole('dialog', { name: t('documents.editTitle') });
  await type(page, dialog.getByRole('textbox', { name: t('documents.field.title') }), 'Something else');
  await page.keyboard.press('Alt+S');
  await expect(dialog.getByText(t('error.chart-sealed.title'))).toBeVisible();
  await page.keyboard.press('Escape');
  const [record] = (await call(page, 'records.listForPatient', { patientId, offset: 0, limit: 1 })).rows;
  await go(`/patients/${patientId}/records/${record?.id ?? ''}`);
  await press(page, page.getByRole('button', { name: t('records.view.remove') }));
  await press(page, page.getByRole('dialog').getByRole('button', { name: t('records.remove.confirm') }));
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(`${String(new Date().getFullYear() + 15)}-`);
  await page.keyboard.press('Escape');
});

test('the paper is lent and comes back', async () => {
  await go(`/record-room/${encounterId}`);
  await press(page, page.getByRole('button', { name: t('recordRoom.lend') }));
  const dialog = page.getByRole('dialog', { name: t('recordRoom.lendTitle') });
  await type(page, dialog.getByRole('textbox', { name: t('recordRoom.borrower') }), 'Dr Li');
  await type(page, dialog.getByRole('textbox', { name: t('recordRoom.dueDate') }), '2099-12-31');
  await inspectInBoth(page, 'record-room-lend');
  await page.keyboard.press('Alt+S');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('alert').filter({ hasText: 'Shelf 4' })).toContainText(filled('recordRoom.onLoan', { name: 'Dr Li', day: '2099-12-31' }));
  await press(page, page.getByRole('button', { name: t('recordRoom.return') }));
  await expect(page.getByRole('button', { name: t('recordRoom.return') })).toBeHidden();
  await expect(page.getByRole('cell', { name: 'Dr Li' })).toBeVisible();
  await press(page, page.getByRole('button', { name: t('recordRoom.move') }));
  const place = page.getByRole('dialog').getByRole('textbox', { name: t('recordRoom.location') });
  await type(page, place, 'Shelf 5');
  await inspectInBoth(page, 'record-room-move');
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('alert').filter({ hasText: 'Shelf 5' })).toBeVisible();
});

test('a sealed copy leaves as a file that is genuine, and one that was altered says what is not', async () => {
  const saved = page.waitForEvent('download');
  await press(page, page.getByRole('button', { name: t('recordRoom.copy') }));
  const text = readFileSync(await (await saved).path(), 'utf8');
  await go('/record-room/verify');
  await expect(heading()).toHaveText(t('recordRoom.verify'));
  const choose = (content: string) => page.locator('input[type=file]').setInputFiles({ name: 'chart.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await choose(text);
  await expect(page.getByText(t('recordRoom.genuine'))).toBeVisible();
  await choose(text.replace('"Acute bronchitis"', '"Nothing"'));
  await expect(page.getByText(t('recordRoom.notGenuine'))).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Cough for three days' })).toContainText(t('recordRoom.problem.altered'));
  expect(await violations(page)).toEqual([]);
});
