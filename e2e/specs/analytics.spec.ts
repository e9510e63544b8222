import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { textOfPdf } from '../fixtures/pdf.ts';
import { inspectHere, inspectInBoth } from '../fixtures/screens.ts';
import { filled, t } from '../fixtures/texts.ts';
import { openWorkstation, type Workstation } from '../fixtures/workstation.ts';

const password = 'a quiet evening';
const departments = ['Medicine', 'Surgery'];
/** Visits by department; patients come in turn. */
const visits = [['Medicine', 'Acute bronchitis'], ['Medicine', 'Hypertension'], ['Surgery', 'Sprain of ankle'], ['Medicine', 'Acute bronchitis'], ['Medicine', 'Gout']] as const;

test.describe.configure({ mode: 'serial' });

let profile: string;
let workstation: Workstation;
let page: Page;

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-analytics-'));
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
  await call(page, 'setup.createClinic', { site: { organisationName: 'Hill Country Health', name: 'Upper Valley Clinic', departments }, admin: { username: 'admin', displayName: 'Admin An', password } });
  await call(page, 'sessions.signIn', { username: 'admin', password });
  await call(page, 'users.create', { username: 'doctor', displayName: 'Dr Chen', password, role: 'doctor' });
  await call(page, 'sessions.signIn', { username: 'doctor', password });
  const people: string[] = [];
  for (const [name, birthday] of [['王小明', '1990-05-17'], ['Li Hua', '2019-01-01'], ['Zhang Wei', '1950-02-03']] as const) {
    people.push((await call(page, 'patients.create', { patient: { name, gender: 'male', birthday, phone: '138 0013 8000' } })).id);
  }
  // By the browser's day, which is that of the dashboards' periods.
  const day = await page.evaluate(() => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10));
  for (const [index, [department, diagnosis]] of visits.entries()) {
    await call(page, 'records.create', { patientId: people[index % people.length] ?? '', record: { kind: 'outpatient', department, diagnosis, chiefComplaint: 'Cough', admissionDate: day } });
  }
  await page.reload();
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

/** Keys alone; that Tab reaches everything is what the other specs find out. */
async function press(target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await target.focus();
  await page.keyboard.press('Enter');
}

const section = (name: string): Locator => page.getByRole('region', { name, exact: true });

test('the figures on the dashboards are those of the records, and lead by keyboard to the patients behind them', async () => {
  await press(page.getByRole('link', { name: t('analytics.title') }));
  await expect(page.getByRole('heading', { name: t('analytics.title') })).toBeVisible();
  await expect(section(t('analytics.byDepartment')).getByRole('img')).toBeVisible();
  await page.getByText(t('analytics.view.figures'), { exact: true }).click();
  const rowsOf = (name: string) => section(name).getByRole('table', { name, exact: true }).getByRole('row');
  await expect(rowsOf(t('analytics.byDepartment'))).toHaveText([/Visits/, 'Medicine4', 'Surgery1']);
  await expect(rowsOf(t('analytics.diagnoses')).nth(1)).toHaveText('Acute bronchitis2');
  await expect(page.getByRole('definition').first()).toHaveText('5');
  await press(page.getByRole('button', { name: filled('analytics.open', { name: 'Acute bronchitis' }) }));
  const grid = page.getByRole('grid', { name: t('analytics.listTitle') });
  // The first and the fourth visit are of one patient.
  await expect(grid.getByRole('row')).toHaveCount(2);
  await expect(grid.getByRole('row').nth(1)).toContainText('王小明');
  await inspectHere(page, 'analytics-patients');
  await grid.focus();
  await expect(grid.getByRole('row').nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: t('patients.banner.label') })).toContainText('王小明');
});

test('a report of one department has its figures in the PDF, and comes out the same again', async () => {
  await press(page.getByRole('link', { name: t('analytics.title') }));
  await press(page.getByRole('combobox', { name: t('analytics.department') }).or(page.getByRole('textbox', { name: t('analytics.department'), exact: true })).first());
  await page.getByRole('option', { name: 'Medicine' }).click();
  await expect(page.getByRole('definition').first()).toHaveText('4');
  await press(page.getByRole('button', { name: t('analytics.makeReport') }));
  await expect(page.getByText(t('analytics.reportMade'))).toBeVisible();
  await press(page.getByRole('link', { name: t('analytics.toReports') }));
  const row = page.getByRole('table', { name: t('analytics.reports') }).getByRole('row').nth(1);
  await expect(row).toContainText('Medicine');
  const pdf = row.getByRole('button', { name: /PDF/ });
  const [download] = await Promise.all([page.waitForEvent('download'), press(pdf)]);
  const text = await textOfPdf(readFileSync(await download.path()));
  for (const said of ['Visits4', 'Patientsseen2', 'Acutebronchitis2', 'Gout1', 'Hypertension1']) expect(text).toContain(said);
  expect(text).not.toContain('Sprainofankle');
  const again = row.getByRole('button', { name: /Make again/ });
  await press(again);
  await expect(row.getByRole('status')).toHaveText(t('analytics.checked.equal'));
});

test('what is to be mended is shown first, mended in a batch, and given back', async () => {
  await press(page.getByRole('link', { name: t('quality.title') }));
  const rule = t('quality.rule.phone-format');
  const row = page.getByRole('table', { name: t('quality.rules') }).getByRole('row', { name: rule });
  await expect(row).toContainText('3');
  await press(row.getByRole('button', { name: filled('quality.mendAll', { name: rule }) }));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('table', { name: t('quality.preview') }).getByRole('row').nth(1)).toContainText('13800138000');
  await inspectInBoth(page, 'quality-preview');
  await press(dialog.getByRole('button', { name: t('quality.apply') }));
  await expect(dialog.getByText(t('quality.cleaned'), { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(row).toHaveCount(0);
  await press(page.getByRole('table', { name: t('quality.former') }).getByRole('button'));
  await expect(page.getByText(t('quality.undone'), { exact: true })).toBeVisible();
  await expect(row).toContainText('3');
});
