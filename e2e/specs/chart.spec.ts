import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { press, reach, type } from '../fixtures/keyboard.ts';
import { textOfPdf } from '../fixtures/pdf.ts';
import { admin, doctor, openChart, signIn } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { inElectron, openWorkstation, type Workstation } from '../fixtures/workstation.ts';

const name = '王小明';

test.describe.configure({ mode: 'serial' });

let profile: string;
let workstation: Workstation;
let page: Page;

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-chart-'));
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
  const site = { organisationName: 'Hill Country Health', name: 'Upper Valley Clinic', departments: ['Medicine'] };
  await call(page, 'setup.createClinic', { site, admin });
  await call(page, 'sessions.signIn', { username: admin.username, password: admin.password });
  await call(page, 'users.create', { ...doctor, role: 'doctor' });
  await call(page, 'codes.loadRanges', { name: 'Valley laboratory', text: 'name,unit,low,high,source\nLeukocytes,×10^9/L,3,11,Analyser B\n' });
  await call(page, 'sessions.signOut', {});
  await page.reload();
  await signIn(page, doctor);
  await call(page, 'patients.create', { patient: { name, gender: 'male', birthday: '1990-05-31', phone: '13800134567' } });
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

const box = (label: string): Locator => page.getByRole('textbox', { name: label, exact: true });
const dock = (title: string): Locator => page.getByRole('complementary', { name: title });

/** Opens a tab by its number, from wherever the focus is outside a field. */
async function tab(number: number, title: string): Promise<void> {
  await page.locator('[data-page-title]').last().focus();
  await page.keyboard.press(String(number));
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
}

test('vital signs, a problem and an allergy are written down by keyboard', async () => {
  await openChart(page, 'wxm', name);
  await tab(2, t('chart.tab.vitals'));
  await type(page, box(`${t('chart.vital.systolic')} mmHg`), '185');
  await type(page, box(`${t('chart.vital.diastolic')} mmHg`), '95');
  await type(page, box(`${t('chart.vital.temperature')} °C`), '38,6');
  await page.keyboard.press('Enter');
  const grid = page.getByRole('table', { name: t('chart.tab.vitals') });
  await expect(grid.getByRole('row', { name: t('chart.vital.systolic') })).toContainText('185');
  await expect(grid.getByRole('img', { name: t('chart.flag.HH') })).toBeVisible();
  await expect(grid.getByRole('row', { name: t('chart.vital.temperature') })).toContainText('38.6');

  await tab(3, t('chart.tab.problems'));
  await page.keyboard.press('Alt+N');
  const problem = dock(t('drafts.form.condition.new'));
  await type(page, problem.getByLabel(t('chart.condition.problem')), 'hypertens');
  // Once the table has answered to what is typed: until then nothing of it can be taken.
  await expect(page.getByRole('option', { name: 'I10 · Essential (primary) hypertension' })).toBeEnabled();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(problem.getByLabel(t('chart.condition.problem'))).toHaveValue('I10 · Essential (primary) hypertension');
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('row', { name: 'Essential (primary) hypertension' })).toContainText('I10');
  await expect(page.getByRole('heading', { name: t('chart.tab.problems') })).toBeFocused();

  await tab(4, t('chart.tab.allergies'));
  await page.keyboard.press('Alt+N');
  await type(page, dock(t('drafts.form.allergyIntolerance.new')).getByLabel(t('chart.allergy.substance')), 'Penicillins');
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('group', { name: t('chart.allergy.label') }).first()).toContainText('Penicillins');
});

test('Alt+N in the very moment that a tab is shown opens its form, and not the form of the tab before', async () => {
  await tab(3, t('chart.tab.problems'));
  // A key may come between the painting of a screen and what runs after it; no key press from outside is ever that quick.
  await page.evaluate((title) => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('h2[data-page-title]')?.textContent !== title) return;
      observer.disconnect();
      window.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyN', key: 'n', altKey: true }));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, t('chart.tab.allergies'));
  await tab(4, t('chart.tab.allergies'));
  const form = dock(t('drafts.form.allergyIntolerance.new'));
  await expect(form).toBeVisible();
  await press(page, form.getByRole('button', { name: t('common.close') }));
  await expect(form).toBeHidden();
  await expect(page.getByRole('heading', { name: t('chart.tab.allergies') })).toBeFocused();
});

test('the allergy stops a penicillin; another drug and a test are signed in one basket and printed', async () => {
  await tab(5, t('chart.tab.medication'));
  await page.keyboard.press('Alt+N');
  const basket = dock(t('drafts.form.orderBasket.new'));
  const drug = basket.getByLabel(t('chart.order.drug'));
  await type(page, drug, 'Amoxicillin');
  await expect(basket.getByRole('alert').filter({ hasText: t('chart.issue.stop') })).toContainText('Penicillins');
  await press(page, basket.getByRole('button', { name: t('chart.basket.addPrescription') }));
  await expect(basket.getByText(t('chart.basket.reasonNeeded'))).toBeVisible();
  await expect(basket.getByText(t('chart.basket.empty'))).toBeVisible();

  // Whoever goes around the screen is refused by the backend.
  const { rows: [patient] } = await call(page, 'patients.list', { offset: 0, limit: 1, sort: 'name', direction: 'ascending', filter: {} });
  const order = { medicationCodeableConcept: { text: 'Amoxicillin' }, doseQuantity: { value: 500, unit: 'mg' }, route: 'oral', frequency: 'TID', days: 7 } as const;
  await expect(call(page, 'orders.sign', { patientId: patient?.id ?? '', medicationRequests: [order], serviceRequests: [] })).rejects.toThrow();

  await page.locator('[data-path="drug"]').focus();
  await type(page, drug, 'Azithromycin');
  await expect(basket.getByRole('status').filter({ hasText: '6 tablets' })).toBeVisible();
  await press(page, basket.getByRole('button', { name: t('chart.basket.addPrescription') }));
  await type(page, basket.getByLabel(t('chart.basket.test')), 'Complete blood count');
  await press(page, basket.getByRole('button', { name: t('chart.basket.addTest') }));
  const gathered = basket.getByRole('list', { name: t('chart.basket.title') });
  await expect(gathered.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Alt+S');
  const confirm = page.getByRole('dialog').getByRole('button', { name: filled('chart.basket.signConfirm', { count: 2 }) });
  await reach(page, confirm);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('button', { name: t('print.print'), exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: /Azithromycin — 6 tablets/ })).toBeVisible();
  const text = inElectron ? (await page.locator('main').innerText()).replace(/\s+/g, '') : await textOfPdf(await page.pdf({ format: 'A4' }));
  for (const expected of [name, 'Azithromycin', '6 tablets', 'once a day', 'Complete blood count', 'Essential (primary) hypertension', 'Penicillins', doctor.displayName, 'Upper Valley Clinic']) {
    expect(text).toContain(expected.replace(/\s+/g, ''));
  }
  expect(text).not.toContain('Amoxicillin');
});

test('results of the order are entered beside the chart, with their flags, and the summary shows it all', async () => {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: t('chart.tab.medication') })).toBeVisible();
  await tab(6, t('chart.tab.laboratory'));
  await press(page, page.getByRole('button', { name: filled('chart.laboratory.enterOf', { name: 'Complete blood count' }) }));
  const results = dock(t('drafts.form.observation.edited'));
  await type(page, results.getByLabel('Leukocytes'), '14.2');
  await type(page, results.getByLabel('Haemoglobin'), '142');
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  // Put aside and taken up again: what was typed is there.
  await page.keyboard.press('Escape');
  await press(page, page.getByRole('button', { name: t('drafts.form.observation.edited'), exact: true }));
  await expect(results.getByLabel('Leukocytes')).toHaveValue('14.2');
  await page.keyboard.press('Alt+S');
  await expect(page.getByText(t('chart.saved'), { exact: true }).last()).toBeVisible();
  const row = (test: string) => page.getByRole('table', { name: t('chart.laboratory.results') }).getByRole('row', { name: test });
  for (const said of ['↑', '3–11', 'Valley laboratory · Analyser B']) await expect(row('Leukocytes')).toContainText(said);
  await expect(row('Haemoglobin')).toContainText(`130–175${t('chart.ranges.builtIn')}`);
  await tab(1, t('chart.tab.summary'));
  for (const [card, content] of [['chart.tab.problems', 'Essential'], ['chart.tab.medication', 'Azithromycin'], ['chart.tab.laboratory', '14.2'], ['chart.alerts', '185/95']] as const) {
    await expect(page.getByRole('region', { name: t(card), exact: true })).toContainText(content);
  }
});
