import { expect, test, type Page } from '@playwright/test';
import { startProcess, type ServerProcess } from '../../sync-server/testing/process.ts';
import { call } from '../fixtures/call.ts';
import { choose, press, select, tick, type } from '../fixtures/keyboard.ts';
import { openLine, type Line } from '../fixtures/line.ts';
import { inspectHere } from '../fixtures/screens.ts';
import { admin, go, openChart, signInInstead } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { openTwo, type TwoWorkstations } from '../fixtures/two-workstations.ts';

const organisation = 'Hill Country Group';
const doctors = {
  here: { username: 'dr.chen', displayName: 'Dr Chen', password: 'a quiet evening' },
  there: { username: 'dr.lake', displayName: 'Dr Lake', password: 'a quiet evening' },
} as const;
const patient = { name: '周月华', gender: 'female', birthday: '1985-02-11', address: '1 Hill Road' } as const;
const question = 'Is this heart murmur innocent?';

test.describe.configure({ mode: 'serial' });

let central: ServerProcess;
let two: TwoWorkstations;
/** Two clinics of one organisation; `here` reaches the server over the line. */
let here: Page;
let there: Page;
let line: Line;
let patientId: string;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  central = await startProcess(undefined, ['--organisation', organisation]);
  line = await openLine(Number(new URL(central.address).port));
  two = await openTwo(browser);
  ({ here, there } = two);
  await found(here, 'Hill Clinic', doctors.here);
  await found(there, 'Lake Clinic', doctors.there);
  await follow(here, `http://${line.near}`, String(central.code));
  await follow(there, central.address, await central.createCode(organisation));
  for (const [page, account] of [[here, doctors.here], [there, doctors.there]] as const) await signInInstead(page, account);
});
test.afterAll(async () => {
  await two.stop();
  await line.close();
  await central.kill('SIGTERM');
});

async function found(page: Page, name: string, account: (typeof doctors)['here' | 'there']): Promise<void> {
  await call(page, 'setup.createClinic', { site: { organisationName: organisation, name, departments: [] }, admin });
  await call(page, 'sessions.signIn', { username: admin.username, password: admin.password });
  await call(page, 'users.create', { ...account, role: 'doctor' });
}

async function follow(page: Page, address: string, code: string): Promise<void> {
  await call(page, 'hub.start', { port: 0 });
  await call(page, 'hub.follow', { address, code });
  await call(page, 'sync.syncNow', {});
}

const letters = async (page: Page, direction: 'in' | 'out') => (await call(page, 'referrals.list', { direction, offset: 0, limit: 10 })).rows;

const letter = async () => (await letters(here, 'out'))[0];

const schoolLetter = { title: 'School letter', text: 'A letter of the school\n' };

async function attach(page: Page, patient: string, title: string = schoolLetter.title): Promise<void> {
  const bytes = Buffer.from(schoolLetter.text);
  const { uploadId } = await call(page, 'documentReferences.begin', { size: bytes.length });
  await call(page, 'documentReferences.append', { uploadId, base64: bytes.toString('base64') });
  await call(page, 'documentReferences.create', { uploadId, patientId: patient, content: { title, type: 'other', date: '2026-03-02' } });
}

test('a referral is written by keyboard while the line is cut, and waits', async () => {
  await expect.poll(async () => (await call(here, 'referrals.recipients', {})).sites.map(({ name }) => name), { timeout: 60_000 }).toEqual(['Lake Clinic']);
  ({ id: patientId } = await call(here, 'patients.create', { patient }));
  await call(here, 'allergyIntolerances.create', { patientId, content: { code: { text: 'Penicillin G' }, criticality: 'high', clinicalStatus: 'active', verificationStatus: 'confirmed' } as never });
  line.cut();
  for (const title of [schoolLetter.title, 'Insurance card']) await attach(here, patientId, title);

  await openChart(here, 'zyh', patient.name);
  await go(here, `/patients/${patientId}/referrals`);
  await press(here, here.getByRole('button', { name: t('correspondence.refer') }));
  const form = here.getByRole('dialog', { name: t('correspondence.referTitle') });
  await expect(form.getByRole('checkbox', { name: filled('correspondence.partCount', { part: t('correspondence.part.allergyIntolerances'), count: 1 }) })).toBeChecked();
  await select(here, form, t('correspondence.recipientSite'), 'Lake Clinic');
  await type(here, form.getByRole('textbox', { name: t('correspondence.reason') }), question);
  const pictures = form.getByRole('checkbox', { name: filled('correspondence.partCount', { part: t('correspondence.part.documentReferences'), count: 2 }) });
  await tick(here, pictures);
  await expect(pictures).toBeChecked();
  const which = form.getByRole('group', { name: t('correspondence.whichDocuments') });
  await tick(here, which.getByRole('checkbox', { name: /Insurance card/ }));
  await expect(which.getByRole('checkbox', { name: /Insurance card/ })).not.toBeChecked();
  await expect(which.getByRole('checkbox', { name: /School letter/ })).toBeChecked();
  await inspectHere(here, 'referral-form');
  await here.keyboard.press('Alt+S');
  await expect(here.getByText(t('correspondence.sent'))).toBeVisible();
  await expect(here.getByRole('table', { name: t('correspondence.title') }).getByText(t('correspondence.notDelivered'))).toBeVisible();
  expect(await letters(there, 'in')).toEqual([]);
});

test('the line is mended: the other site is told, and the sender sees that it arrived', async () => {
  line.mend();
  await call(here, 'sync.syncNow', {});
  await expect(there.getByRole('navigation', { name: t('app.navigation') }).getByText(filled('correspondence.badge', { count: 1 }))).toBeAttached({ timeout: 90_000 });
  await expect.poll(async () => (await letter())?.received, { timeout: 90_000 }).toBeTruthy();
  expect((await letter())?.read).toBeUndefined();
  // Of the patient the other site has nothing but what was sent.
  expect((await call(there, 'patients.search', { query: 'zyh' })).length).toBe(0);
});

test('it is read and accepted there by keyboard, and the patient is registered with the allergy', async () => {
  await press(there, there.getByRole('navigation', { name: t('app.navigation') }).getByRole('link', { name: t('correspondence.tab') }));
  await press(there, there.getByRole('link', { name: filled('correspondence.openOf', { name: patient.name }) }));
  await expect(there.getByText(question)).toBeVisible();
  const chart = there.getByRole('region', { name: t('correspondence.chart') });
  await expect(chart).toContainText('Penicillin G');
  const opened = chart.getByRole('button', { name: filled('documents.openOf', { title: schoolLetter.title }) });
  await expect(opened).toBeVisible({ timeout: 90_000 });
  await press(there, opened);
  await expect(there.getByRole('dialog', { name: schoolLetter.title })).toContainText(schoolLetter.text.trim());
  await there.keyboard.press('Escape');
  await expect(there.getByRole('dialog')).toHaveCount(0);
  await inspectHere(there, 'referral-received');
  await press(there, there.getByRole('button', { name: t('correspondence.accept') }));
  await expect(there.getByRole('radio', { name: t('correspondence.acceptNew') })).toBeChecked();
  await there.keyboard.press('Alt+S');
  await expect(there.getByText(t('correspondence.accepted'))).toBeVisible();
  await press(there, there.getByRole('link', { name: t('correspondence.openChart') }));
  const banner = there.getByRole('region', { name: t('patients.banner.label') });
  await expect(banner).toContainText(patient.name);
  await expect(banner).toContainText('Penicillin G');
  const [{ id = '', recipientPatientId = '' } = {}] = await letters(there, 'in');
  expect((await call(there, 'documentReferences.list', { patientId: recipientPatientId, offset: 0, limit: 10 })).rows).toMatchObject([{ title: schoolLetter.title, isHere: true }]);
  expect((await call(there, 'referrals.chart', { id })).documents).toHaveLength(1);
});

test('the sender sees it read and accepted, and an answer to it', async () => {
  await expect.poll(async () => (await letter())?.status, { timeout: 90_000 }).toBe('accepted');
  expect((await letter())?.read?.name).toBe(doctors.there.displayName);
  const [{ id = '' } = {}] = await letters(there, 'in');
  await go(there, `/correspondence/referrals/${id}`);
  await press(there, there.getByRole('button', { name: t('correspondence.message') }));
  await type(there, there.getByRole('dialog').getByRole('textbox', { name: t('correspondence.payload') }), 'Innocent. See her again in a year.');
  await there.keyboard.press('Alt+S');
  await expect(there.getByText(t('correspondence.messageSent'))).toBeVisible();

  await go(here, `/correspondence/referrals/${id}`);
  await expect(here.getByText('Innocent. See her again in a year.')).toBeVisible({ timeout: 90_000 });
  await expect(here.getByRole('region', { name: t('correspondence.details') })).toContainText(t('correspondence.status.accepted'));
  await press(here, here.getByRole('button', { name: t('correspondence.markRead') }));
  await expect.poll(async () => (await call(there, 'communications.list', { referralId: id, offset: 0, limit: 10 })).rows[0]?.read?.name, { timeout: 90_000 }).toBe(doctors.here.displayName);

  // What was shared goes from the other site when its sender ends it, and what was taken into the chart there stays.
  await call(here, 'referrals.endSharing', { id });
  const isOver = () => call(there, 'referrals.chart', { id }).then(() => false, () => true);
  await expect.poll(isOver, { timeout: 90_000 }).toBe(true);
  const [{ recipientPatientId = '' } = {}] = await letters(there, 'in');
  expect((await call(there, 'documentReferences.list', { patientId: recipientPatientId, offset: 0, limit: 10 })).rows).toMatchObject([{ isHere: true }]);
  expect((await call(here, 'referrals.chart', { id })).documents).toMatchObject([{ isHere: true }]);

  // In the other language and theme, too.
  await call(here, 'preferences.update', { language: 'zh', theme: 'dark' });
  await here.reload();
  await expect(here.getByRole('heading', { name: patient.name })).toBeVisible();
  await inspectHere(here, 'referral-sent-zh-dark');
});

const moved = { name: '郑远行', gender: 'male', birthday: '1971-06-30' } as const;
const kept = { name: '吴念安', gender: 'female', birthday: '1990-01-05' } as const;
const ids: Record<'moved' | 'kept', string> = { moved: '', kept: '' };

/** A patient with an allergy, a signed record and a picture of a letter. */
async function register(page: Page, content: typeof moved | typeof kept): Promise<string> {
  const { id } = await call(page, 'patients.create', { patient: content });
  await call(page, 'allergyIntolerances.create', { patientId: id, content: { code: { text: 'Penicillin G' }, criticality: 'high', clinicalStatus: 'active', verificationStatus: 'confirmed' } as never });
  await call(page, 'records.create', { patientId: id, record: { kind: 'outpatient', department: '内科', chiefComplaint: 'Cough', diagnosis: 'Acute bronchitis', admissionDate: '2026-03-02' } as never });
  await attach(page, id);
  return id;
}

async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  const palette = page.getByRole('dialog', { name: t('app.commands') });
  await type(page, palette.getByRole('combobox').or(palette.getByRole('textbox')).first(), name);
  await expect(page.getByRole('option', { name })).toHaveAttribute('data-combobox-selected', 'true');
  await page.keyboard.press('Enter');
}

/** By keyboard, from the chart to the letter that waits: this site is to keep nothing, which is not what is chosen at first. */
async function transferAll(page: Page): Promise<void> {
  await go(page, `/patients/${ids.moved}`);
  await expect(page.getByRole('region', { name: t('patients.banner.label') })).toContainText(moved.name);
  await runCommand(page, t('patients.command.refer'));
  const form = page.getByRole('dialog', { name: t('correspondence.referTitle') });
  await expect(form).toBeVisible();
  await select(page, form, t('correspondence.column.kind'), t('correspondence.kind.transfer'));
  const copy = form.getByRole('radiogroup', { name: t('correspondence.keepCopy.label') });
  await expect(copy.getByRole('radio', { name: t('correspondence.keepCopy.keep') })).toBeChecked();
  await choose(page, copy, t('correspondence.keepCopy.move'));
  await select(page, form, t('correspondence.recipientSite'), 'Lake Clinic');
  await type(page, form.getByRole('textbox', { name: t('correspondence.reason') }), 'Moves to the lake');
  await page.keyboard.press('Alt+S');
  await expect(form).toBeHidden();
  await expect(page.getByRole('table', { name: t('correspondence.title') }).getByText(t('correspondence.notDelivered'))).toBeVisible();
}

/** By keyboard: there is nothing to choose, and the letter says that the sender keeps nothing. */
async function acceptTransfer(page: Page, id: string): Promise<void> {
  await go(page, `/correspondence/referrals/${id}`);
  await expect(page.getByRole('heading', { name: moved.name })).toBeVisible();
  await expect(page.getByText(t('correspondence.keepCopy.moved'))).toBeVisible();
  await press(page, page.getByRole('button', { name: t('correspondence.accept') }));
  await expect(page.getByText(t('correspondence.acceptTransfer'))).toBeVisible();
  await page.keyboard.press('Alt+S');
  await expect(page.getByRole('button', { name: t('correspondence.complete') })).toBeVisible();
}

test('two transfers are written while the line is cut, one that keeps a copy and one that does not', async () => {
  await call(here, 'preferences.update', { language: 'en', theme: 'light' });
  await here.reload();
  await expect(here.getByRole('navigation', { name: t('app.navigation') })).toBeVisible();
  line.cut();
  ids.moved = await register(here, moved);
  ids.kept = await register(here, kept);
  await transferAll(here);
  const [{ recipientSiteId = '' } = {}] = await letters(here, 'out');
  await call(here, 'referrals.send', { patientId: ids.kept, kind: 'transfer', recipientSiteId, priority: 'routine', reason: 'Goes to school at the lake', parts: [], days: 30 });
  expect((await letters(there, 'in')).filter(({ kind }) => kind === 'transfer')).toEqual([]);
});

test('they are accepted at the other site, and the patients are there with the whole of their charts', async () => {
  line.mend();
  await call(here, 'sync.syncNow', {});
  const arrived = async () => (await letters(there, 'in')).filter(({ kind }) => kind === 'transfer');
  await expect.poll(async () => (await arrived()).length, { timeout: 90_000 }).toBe(2);
  for (const { id, patientName } of await arrived()) {
    if (patientName === kept.name) await call(there, 'referrals.accept', { id });
    else await acceptTransfer(there, id);
  }
  for (const [patientId, { name }] of [[ids.kept, kept], [ids.moved, moved]] as const) {
    await expect.poll(async () => (await call(there, 'patients.search', { query: name })).map(({ id }) => id), { timeout: 90_000 }).toEqual([patientId]);
    const window = { patientId, offset: 0, limit: 10 };
    expect((await call(there, 'allergyIntolerances.list', window)).rows.map(({ code }) => code.text)).toEqual(['Penicillin G']);
    expect((await call(there, 'records.listForPatient', window)).rows.map(({ diagnosis }) => diagnosis)).toEqual(['Acute bronchitis']);
    const [{ id = '' } = {}] = (await call(there, 'documentReferences.list', window)).rows;
    await expect.poll(async () => (await call(there, 'documentReferences.open', { id })).isHere, { timeout: 90_000 }).toBe(true);
    const { base64 } = await call(there, 'documentReferences.read', { id, part: 0 });
    expect(Buffer.from(base64, 'base64').toString()).toBe(schoolLetter.text);
  }
});

test('the sender holds the chart that it keeps, with what the other site writes from then on, and nothing of the one that it gave away', async () => {
  await expect.poll(async () => (await call(here, 'patients.search', { query: moved.name })).length, { timeout: 90_000 }).toBe(0);
  await call(there, 'allergyIntolerances.create', { patientId: ids.kept, content: { code: { text: 'Latex' }, criticality: 'low', clinicalStatus: 'active', verificationStatus: 'confirmed' } as never });
  await go(here, `/patients/${ids.kept}/allergies`);
  await expect(here.getByRole('region', { name: t('patients.banner.label') })).toContainText('Latex', { timeout: 90_000 });
  await go(here, `/patients/${ids.moved}`);
  await expect(here.getByText(t('error.not-found.title'))).toBeVisible();
});
