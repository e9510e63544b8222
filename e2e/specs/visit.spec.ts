import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { press, reach, type } from '../fixtures/keyboard.ts';
import { pageSizesOfPdf, textOfPdf } from '../fixtures/pdf.ts';
import { admin, doctor, openChart, signIn } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { inElectron, openWorkstation, type Workstation } from '../fixtures/workstation.ts';

const name = '王小明';
const cold = { kind: 'snippet', title: 'Common cold', shortcut: 'cold', text: 'Runny nose and cough for three days, no fever.' } as const;
/** Seconds from check-in to the printed prescription. */
const longest = 60;

let profile: string;
let workstation: Workstation;
let page: Page;

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-visit-'));
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
  const site = { organisationName: 'Hill Country Health', name: 'Upper Valley Clinic', departments: ['Medicine'] };
  await call(page, 'setup.createClinic', { site, admin });
  await call(page, 'sessions.signIn', { username: admin.username, password: admin.password });
  await call(page, 'users.create', { ...doctor, role: 'doctor', department: 'Medicine' });
  await call(page, 'sessions.signOut', {});
  await page.reload();
  await signIn(page, doctor);
  await call(page, 'patients.create', { patient: { name, gender: 'male', birthday: '1990-05-31', phone: '13800134567' } });
  await call(page, 'textTemplates.create', { template: cold });
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

/** Counts what a hand at the mouse would cause, and the prints. */
const watch = () =>
  page.evaluate(() => {
    const seen = { pointer: 0, printed: 0 };
    Object.assign(window, { seen });
    for (const event of ['pointerdown', 'mousedown', 'wheel']) window.addEventListener(event, () => (seen.pointer += 1), true);
    window.addEventListener('beforeprint', () => (seen.printed += 1));
    // What opens is the system's own dialogue, and no page has a hand in it.
    window.print = () => window.dispatchEvent(new Event('beforeprint'));
  });
const seen = () => page.evaluate(() => (window as unknown as { seen: { pointer: number; printed: number } }).seen);

async function checkIn(): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  const palette = page.getByRole('dialog', { name: t('app.commands') });
  await type(page, palette.getByRole('combobox').or(palette.getByRole('textbox')).first(), t('encounters.title'));
  await expect(page.getByRole('option', { name: t('encounters.title') })).toHaveAttribute('data-combobox-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('encounters.empty'))).toBeVisible();
  await page.keyboard.press('Alt+N');
  const dialog = page.getByRole('dialog', { name: t('encounters.checkInTitle') });
  await type(page, dialog.getByRole('combobox', { name: t('appointments.patient') }), 'wxm');
  await expect(page.getByRole('option', { name })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('heading', { name: t('encounters.slipTitle') })).toBeVisible();
  await page.keyboard.press('Escape');
}

async function callToRoom(): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: name });
  await reach(page, row);
  await page.keyboard.press('Enter');
  await type(page, page.getByRole('dialog').getByRole('combobox', { name: t('encounters.room') }), 'Room 3');
  await page.keyboard.press('Alt+S');
  await expect(row).toContainText(t('encounters.status.in-progress'));
}

/** The chief complaint is a ready text behind a shortcut, typed before the list of them has come, and a slip is taken back with one key. */
async function writeRecord(): Promise<void> {
  await openChart(page, 'wxm', name);
  const typed = Promise.withResolvers<null>();
  const list = '**/api/call/textTemplates.list';
  await page.route(list, (route) => typed.promise.then(() => route.continue()));
  await page.keyboard.press('Alt+N');
  const complaint = page.getByRole('textbox', { name: t('records.field.chiefComplaint') });
  await expect(complaint).toBeFocused();
  await page.keyboard.type(`.${cold.shortcut} `);
  await expect(complaint).toHaveValue(`.${cold.shortcut} `);
  typed.resolve(null);
  await expect(complaint).toHaveValue(cold.text);
  await page.unroute(list);
  await type(page, page.getByRole('textbox', { name: t('records.field.diagnosis') }), 'Common cold');
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('button', { name: t('habits.undo') })).toBeVisible();
  await expect(page.getByRole('article').or(page.getByRole('main')).first()).toContainText(cold.text);
}

async function prescribe(): Promise<void> {
  await page.locator('[data-page-title]').last().focus();
  await page.keyboard.press('5');
  await expect(page.getByRole('heading', { name: t('chart.tab.medication') })).toBeVisible();
  await page.keyboard.press('Alt+N');
  const basket = page.getByRole('complementary', { name: t('drafts.form.orderBasket.new') });
  await type(page, basket.getByLabel(t('chart.order.drug')), 'Paracetamol');
  await press(page, basket.getByRole('button', { name: t('chart.basket.addPrescription') }));
  await expect(basket.getByRole('list', { name: t('chart.basket.title') }).getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('dialog').getByRole('button', { name: filled('chart.basket.signConfirm', { count: 1 }) })).toBeVisible();
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('heading', { name: /Paracetamol — / })).toBeVisible();
}

test('a visit by keyboard, from check-in to the printed prescription', async () => {
  await watch();
  const began = Date.now();
  await checkIn();
  await callToRoom();
  await writeRecord();
  await prescribe();
  await press(page, page.getByRole('button', { name: t('print.print'), exact: true }));
  const seconds = (Date.now() - began) / 1000;
  expect(await seen()).toEqual({ pointer: 0, printed: 1 });
  test.info().annotations.push({ type: 'seconds', description: seconds.toFixed(1) });
  expect(seconds).toBeLessThan(longest);
  const text = inElectron ? (await page.locator('main').innerText()).replace(/\s+/g, '') : await textOfPdf(await page.pdf({ format: 'A4' }));
  for (const expected of [name, 'Paracetamol', doctor.displayName, 'Upper Valley Clinic']) expect(text).toContain(expected.replace(/\s+/g, ''));
});

test('the last save is taken back with one key, and the key again brings it back', async () => {
  const { rows: [patient] } = await call(page, 'patients.list', { offset: 0, limit: 1, sort: 'name', direction: 'ascending', filter: {} });
  const complaint = async () => (await call(page, 'records.listForPatient', { patientId: patient?.id ?? '', offset: 0, limit: 1 })).rows.map((record) => record.diagnosis);
  const { rows: [record] } = await call(page, 'records.listForPatient', { patientId: patient?.id ?? '', offset: 0, limit: 1 });
  await page.evaluate((hash) => (window.location.hash = hash), `/patients/${patient?.id ?? ''}/records/${record?.id ?? ''}/edit`);
  await type(page, page.getByRole('textbox', { name: t('records.field.diagnosis') }), 'Influenza');
  await page.keyboard.press('Alt+S');
  // The notice of an earlier save may still be there.
  await expect.poll(complaint).toEqual(['Influenza']);
  await expect(page.getByRole('button', { name: t('habits.undo') }).last()).toBeVisible();
  await page.keyboard.press('Alt+Z');
  await expect(page.getByText(filled('habits.undone', { what: t('audit.record.updated') }))).toBeVisible();
  expect(await complaint()).toEqual(['Common cold']);
  await page.keyboard.press('Alt+Z');
  await expect(page.getByText(t('habits.broughtBack'))).toBeVisible();
  // One notice of a save at a time, or its button would take back another one.
  await expect(page.getByRole('status').getByRole('button', { name: t('habits.undo') })).toHaveCount(1);
  expect(await complaint()).toEqual(['Influenza']);
});

test('labels come out one by one, each on a label of its own', async () => {
  test.skip(inElectron, 'the shell prints by its own way');
  const { rows: [patient] } = await call(page, 'patients.list', { offset: 0, limit: 1, sort: 'name', direction: 'ascending', filter: {} });
  await page.evaluate((hash) => (window.location.hash = hash), `/patients/${patient?.id ?? ''}/print/label`);
  const copies = page.getByRole('textbox', { name: t('print.copies') });
  await expect(page.getByRole('img', { name: filled('print.patientNumber', { number: patient?.medicalRecordNumber ?? '' }) })).toBeVisible();
  await type(page, copies, '3');
  await expect(page.getByRole('article')).toHaveCount(3);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(await pageSizesOfPdf(pdf)).toEqual(['60×40', '60×40', '60×40']);
});

test('the palette leads to each part of a chart, to what is written down in it, and to the desk', async () => {
  const palette = page.getByRole('dialog', { name: t('app.commands') });
  const run = async (text: string) => {
    await page.keyboard.press('ControlOrMeta+K');
    await type(page, palette.getByRole('combobox').or(palette.getByRole('textbox')).first(), text);
    await page.getByRole('option', { name: text, exact: true }).click();
  };
  const [patient] = await call(page, 'patients.search', { query: 'wxm' });
  await page.evaluate((hash) => (window.location.hash = hash), `/patients/${patient?.id ?? ''}`);
  await expect(page.getByRole('navigation', { name: t('chart.tabs') })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('option', { name: t('correspondence.title'), exact: true })).toBeVisible();
  const offered = await palette.getByRole('option').allInnerTexts();
  expect(offered.filter((label, index) => offered.indexOf(label) !== index)).toEqual([]);
  await page.keyboard.press('Escape');
  for (const part of ['vitals', 'problems', 'medication', 'laboratory', 'immunisations', 'details'] as const) {
    await run(t(`chart.tab.${part}`));
    await expect(page).toHaveURL(new RegExp(`/patients/[^/]+/${part}$`));
  }
  for (const [command, form] of [['chart.allergy.new', 'allergyIntolerance'], ['chart.basket.command', 'orderBasket'], ['chart.condition.new', 'condition']] as const) {
    await run(t(command));
    await expect(page.getByRole('complementary', { name: t(`drafts.form.${form}.new`) })).toBeVisible();
  }
  for (const command of ['appointments.bookTitle', 'encounters.checkInTitle'] as const) {
    await run(t(command));
    const dialog = page.getByRole('dialog', { name: t(command) });
    await expect(dialog.getByRole('combobox', { name: t('appointments.patient') })).toBeFocused();
    await press(page, dialog.getByRole('button', { name: t('common.cancel') }));
    await expect(dialog).toBeHidden();
  }
});

test('the card that is printed follows the clinic’s schedule, or the one that was chosen on screen for that patient', async () => {
  const show = (hash: string) => page.evaluate((to) => (window.location.hash = to), hash);
  const child = (name: string) => call(page, 'patients.create', { patient: { name, gender: 'male', birthday: '2025-01-01' } });
  const [{ id }, { id: otherId }] = [await child('李小宝'), await child('李大宝')];
  await call(page, 'sessions.signIn', { username: admin.username, password: admin.password });
  const { rev, organisationName, name: clinic, departments } = await call(page, 'sites.current', {});
  await call(page, 'sites.update', { rev, site: { organisationName, name: clinic, departments, immunizationSchedule: 'china' } });
  await call(page, 'sessions.signIn', { username: doctor.username, password: doctor.password });
  await page.reload();
  await expect(page.getByRole('navigation', { name: t('app.navigation') })).toBeVisible();
  const card = page.getByRole('heading', { name: t('print.immunizationCard') });
  await show(`/patients/${id}/print/immunizations`);
  await expect(card).toBeVisible();
  await expect(page.getByText('Japanese encephalitis')).toBeVisible();
  await show(`/patients/${id}/immunisations`);
  await page.getByText(t('chart.schedule.who'), { exact: true }).click();
  await page.getByRole('main').getByRole('link', { name: t('print.print'), exact: true }).click();
  await expect(card).toBeVisible();
  await expect(page.getByText('Japanese encephalitis')).toBeHidden();
  await show(`/patients/${otherId}/print/immunizations`);
  await expect(page.getByText('Japanese encephalitis')).toBeVisible();
});
