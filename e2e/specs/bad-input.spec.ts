import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { press, type } from '../fixtures/keyboard.ts';
import { addDoctor, admin, doctor, find, setUpClinic, signIn, signOut } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { inElectron, openWorkstation, type Workstation } from '../fixtures/workstation.ts';

test.describe.configure({ mode: 'serial' });

/** Does something a test can see in every way in which markup could be taken for more than text. */
const markup = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>{{7*7}}</p>';

let profile: string;
let workstation: Workstation;
let page: Page;
let patientId: string;

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-bad-input-'));
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
  await setUpClinic(page);
  await signIn(page, admin);
  await addDoctor(page);
  expect((await call(page, 'backups.create', {})).state).toBe('running');
  await expect.poll(async () => (await call(page, 'backups.list', {})).backups.length).toBe(1);
  await signOut(page, admin.displayName);
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

const field = (key: 'name' | 'notes' | 'address') => page.getByRole('textbox', { name: t(`patients.field.${key}`), exact: true });

async function visit(hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

test('a wrong password is told, and what was typed can be typed over', async () => {
  await type(page, page.getByRole('textbox', { name: t('common.username'), exact: true }), doctor.username);
  const password = page.getByRole('textbox', { name: t('common.password'), exact: true });
  await type(page, password, 'not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText(t('error.wrong-credentials.title'));
  await expect(password).toBeFocused();
  await page.keyboard.insertText(doctor.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: t('app.navigation') })).toBeVisible();
});

test('a name of a megabyte is refused with its reason, and kept', async () => {
  const name = '王'.repeat(350_000);
  await visit('/patients/new');
  await type(page, field('name'), name);
  await page.keyboard.press('Alt+S');
  await expect(field('name')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Too long: at most 200 characters')).toBeVisible();
  expect((await field('name').inputValue()).length).toBe(name.length);
  await type(page, field('name'), '');
  await page.keyboard.press('Escape');
});

test('markup in every field is text on every screen', async () => {
  const patient = {
    name: markup, gender: 'female', birthday: '1990-05-31', address: markup, insuranceNumber: '<b>1</b>', notes: markup,
    emergencyContact: { name: markup, relationship: markup },
  } as const;
  const record = {
    kind: 'outpatient', department: markup, admissionDate: '2026-01-05', chiefComplaint: markup, diagnosis: markup, treatment: markup, prescription: markup,
  } as const;
  const created = await call(page, 'patients.create', { patient });
  patientId = created.id;
  const written = await call(page, 'records.create', { patientId, record });
  await call(page, 'records.update', { id: written.id, rev: written.rev, record: { ...record, diagnosis: `${markup}!` } });
  const other = await call(page, 'patients.create', { patient: { ...patient, name: `${markup}2` } });
  await call(page, 'patients.delete', { id: other.id, rev: other.rev });
  const chart = `/patients/${patientId}`;
  const screens = [
    '/patients', chart, `${chart}/edit`, `${chart}/records/${written.id}`, `${chart}/records/${written.id}/edit`, `${chart}/records/${written.id}/history`,
    `${chart}/records/${written.id}/print`, `${chart}/print`, '/trash',
  ];
  for (const screen of screens) {
    await visit(screen);
    await expect(page.getByText(markup).or(page.getByRole('textbox').filter({ hasText: markup })).first(), screen).toBeVisible();
    // The policy of the page stops scripts; that there is no element at all shows that nobody took the text for markup.
    await expect(page.locator('img[src="x"], body script'), screen).toHaveCount(0);
  }
  await visit('/patients');
  await find(page, '<img src=x');
  await expect(page.getByRole('option').first()).toContainText(markup);
  await expect(page.locator('img[src="x"], body script')).toHaveCount(0);
  expect(await page.evaluate(() => 'hit' in window)).toBe(false);
});

test('a list of allergies longer than the screen leaves the chart in sight, and says how many there are', async () => {
  const { id } = await call(page, 'patients.create', { patient: { name: 'Allergic to all', gender: 'female' } });
  const content = { category: 'medication', criticality: 'high', clinicalStatus: 'active', verificationStatus: 'confirmed' } as const;
  for (let number = 1; number <= 60; number += 1) {
    await call(page, 'allergyIntolerances.create', { patientId: id, content: { ...content, code: { text: `Substance ${number} with a long name of its own` }, reaction: [{ manifestation: 'rash over all of the body' }] } });
  }
  await visit(`/patients/${id}`);
  const banner = page.getByRole('region', { name: t('patients.banner.label') });
  await expect(banner.getByRole('group', { name: t('chart.allergy.label') })).toContainText('60');
  await expect(page.getByRole('navigation', { name: t('chart.tabs') })).toBeInViewport({ ratio: 1 });
});

test('two windows over one patient: the second hears of the first, and neither is lost', async () => {
  test.skip(inElectron, 'The shell has one window');
  const { rev } = await call(page, 'patients.get', { id: patientId });
  await call(page, 'patients.update', { id: patientId, rev, patient: { name: '林小雨', gender: 'female' } });
  await visit(`/patients/${patientId}`);
  await expect(page.getByRole('region', { name: t('patients.banner.label') })).toContainText('林小雨');
  await visit(`/patients/${patientId}/edit`);
  await type(page, field('name'), '林小雨 (mine)');
  const second = await page.context().newPage();
  await second.goto(new URL(page.url()).origin);
  const { rev: newest } = await call(second, 'patients.get', { id: patientId });
  await call(second, 'patients.update', { id: patientId, rev: newest, patient: { name: '林小雨 (theirs)', gender: 'female', address: 'Hill Road 5' } });
  await second.close();
  await page.keyboard.press('Alt+S');
  const panel = page.getByRole('alert').filter({ hasText: t('drafts.meanwhile.title') });
  await expect(panel).toContainText('Hill Road 5');
  await press(page, panel.getByRole('button', { name: t('drafts.meanwhile.apply') }));
  await expect(field('name')).toHaveValue('林小雨 (mine)');
  await expect(field('address')).toHaveValue('Hill Road 5');
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('region', { name: t('patients.banner.label') })).toContainText('(mine)');
  expect(await call(page, 'patients.history', { id: patientId })).toHaveLength(4);
});

test('a damaged database says what is safe, and the backup brings the clinic back', async ({ browser }) => {
  await workstation.stop();
  damage(join(profile, 'outpost.db'));
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
  await type(page, page.getByRole('textbox', { name: t('common.username'), exact: true }), admin.username);
  await type(page, page.getByRole('textbox', { name: t('common.password'), exact: true }), admin.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: t('error.database-damaged.title') })).toBeVisible();
  await expect(page.getByText(t('error.database-damaged.safe'))).toBeVisible();
  await type(page, page.getByRole('textbox', { name: t('common.username'), exact: true }), admin.username);
  await type(page, page.getByRole('textbox', { name: t('common.password'), exact: true }), 'not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: t('error.wrong-credentials.title') })).toBeVisible();
  await type(page, page.getByRole('textbox', { name: t('common.password'), exact: true }), admin.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: t('sessions.signIn') })).toBeVisible();
  await signIn(page, doctor);
  // The backup was made before anybody was registered.
  await find(page, '林小雨');
  await expect(page.getByText(filled('patients.find.none', { query: '林小雨' }))).toBeVisible();
});

/** Writes nonsense over all but the first page and the last two, while nobody has the file open. */
function damage(path: string): void {
  const file = openSync(path, 'r+');
  const length = statSync(path).size - 3 * 4096;
  writeSync(file, Buffer.alloc(length, 0x55), 0, length, 4096);
  closeSync(file);
}
