import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { choose, press, type } from '../fixtures/keyboard.ts';
import { textOfPdf } from '../fixtures/pdf.ts';
import { inspectHere } from '../fixtures/screens.ts';
import { addDoctor, admin, doctor, find, go, openChart, registerPatient, setUpClinic, signIn, signOut } from '../fixtures/steps.ts';
import { t } from '../fixtures/texts.ts';
import { inElectron, openWorkstation, type Workstation } from '../fixtures/workstation.ts';

const patient = { name: '王小明', gender: 'male', birthday: '1990-05-31', phone: '13800134567' } as const;
const complaint = 'Cough and fever since Tuesday';
const diagnosis = '急性支气管炎 Acute bronchitis';

test.describe.configure({ mode: 'serial' });

let profile: string;
let workstation: Workstation;
let page: Page;

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-e2e-'));
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

const chiefComplaint = () => page.getByRole('textbox', { name: t('records.field.chiefComplaint'), exact: true });
const record = () => page.getByRole('textbox', { name: t('records.field.diagnosis'), exact: true });

test('first run, a doctor is added, the doctor signs in', async () => {
  expect(await setUpClinic(page)).toMatch(/-/);
  await signIn(page, admin);
  expect(await call(page, 'app.status', {})).not.toHaveProperty('recoveryKeyUnconfirmed');
  await addDoctor(page);
  await signOut(page, admin.displayName);
  await signIn(page, doctor);
});

test('a screen that one’s role may not open has its name above what is missing', async () => {
  await go(page, '/users');
  await expect(page.getByRole('heading', { level: 1, name: t('users.title') })).toBeVisible();
  await expect(page.getByText(t('error.forbidden.title'))).toBeVisible();
  await inspectHere(page, 'not-permitted');
  await go(page, '/');
});

test('a patient is registered after a search, and found as people type', async () => {
  await registerPatient(page, patient);
  for (const query of ['wxm', 'xiaoming', patient.phone.slice(-4)]) {
    await find(page, query);
    await expect(page.getByRole('option', { name: patient.name })).toBeVisible();
  }
  await openChart(page, 'wxm', patient.name);
});

test('a record is written, signed and amended', async () => {
  await page.keyboard.press('Alt+N');
  await choose(page, page.getByRole('radiogroup', { name: t('records.field.kind') }), t('records.kind.outpatient'));
  await type(page, page.getByRole('textbox', { name: t('records.field.department'), exact: true }).or(page.getByRole('combobox', { name: t('records.field.department') })), 'Internal medicine');
  await type(page, chiefComplaint(), complaint);
  await type(page, record(), diagnosis);
  await page.keyboard.press('Alt+S');
  await press(page, page.getByRole('button', { name: t('records.view.sign'), exact: true }));
  await press(page, page.getByRole('button', { name: t('records.sign.confirm') }));
  await expect(page.getByText(t('records.status.signed'), { exact: true }).first()).toBeVisible();
  await press(page, page.getByRole('button', { name: t('records.view.amend'), exact: true }).or(page.getByRole('link', { name: t('records.view.amend'), exact: true })));
  await type(page, page.getByRole('textbox', { name: t('records.field.treatment'), exact: true }), 'Rest and fluids');
  await type(page, page.getByRole('textbox', { name: t('records.field.reason'), exact: true }), 'Treatment was missing');
  await press(page, page.getByRole('button', { name: t('records.editor.saveAmendment') }));
  await expect(page.getByText('Treatment was missing')).toBeVisible();
});

test('it prints to a PDF that has the text', async () => {
  await press(page, page.getByRole('button', { name: t('records.view.print'), exact: true }).or(page.getByRole('link', { name: t('records.view.print'), exact: true })));
  await expect(page.getByRole('button', { name: t('print.print'), exact: true })).toBeVisible();
  await expect(page.getByText(complaint)).toBeVisible();
  // Only a headless window prints for a test, which Electron's is not.
  const text = inElectron ? (await page.locator('main').innerText()).replace(/\s+/g, '') : await textOfPdf(await page.pdf({ format: 'A4' }));
  for (const expected of [patient.name, complaint, diagnosis, 'Treatment was missing', 'Upper Valley Clinic', doctor.displayName]) {
    expect(text).toContain(expected.replace(/\s+/g, ''));
  }
  await page.keyboard.press('Escape');
});

test('a locked screen gives the half-written form back, and hides it meanwhile', async () => {
  await openChart(page, 'wxm', patient.name);
  await page.keyboard.press('Alt+N');
  const field = chiefComplaint();
  await type(page, field, 'Half a sentence about');
  await page.keyboard.press('Alt+L');
  await expect(page.getByRole('button', { name: t('sessions.unlock') })).toBeVisible();
  await expect(field).toBeHidden();
  await type(page, page.getByRole('textbox', { name: t('common.password'), exact: true }), doctor.password);
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('Half a sentence about');
});

test('what was being typed when the power went is there after the restart', async ({ browser }) => {
  await type(page, chiefComplaint(), 'Typed just before the power cut');
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await page.waitForTimeout(600);
  await workstation.kill();
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
  await signIn(page, doctor);
  await openChart(page, 'wxm', patient.name);
  await page.keyboard.press('Alt+N');
  await expect(chiefComplaint()).toHaveValue('Typed just before the power cut');
});
