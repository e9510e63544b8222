import { expect, test, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { press, reach, tick, type } from '../fixtures/keyboard.ts';
import type { Line } from '../fixtures/line.ts';
import { inspectHere, inspectInBoth } from '../fixtures/screens.ts';
import { addDoctor, admin, doctor, go, openChart, registerPatient, setUpClinic, signIn, signInInstead } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { allSent, openTwo, serveOverLine, type TwoWorkstations } from '../fixtures/two-workstations.ts';

const patient = { name: '李小红', gender: 'female', birthday: '1985-02-11', phone: '13900001111' } as const;
const record = { kind: 'outpatient', department: 'Internal medicine', chiefComplaint: 'Headache for a week', admissionDate: '2026-03-02' } as const;
const second = 'Ward 2';

test.describe.configure({ mode: 'serial' });

let two: TwoWorkstations;
/** `here` serves the others; `there` reaches it over the line. */
let here: Page;
let there: Page;
let line: Line;
let address: string;
let patientId: string;
let recordId: string;

test.beforeAll(async ({ browser }) => {
  two = await openTwo(browser);
  ({ here, there } = two);
});
test.afterAll(async () => {
  await two.stop();
  await line.close();
});

/** What the server says of the second workstation, asked at the first one by an administrator. */
const fleetRow = async () => {
  const { workstations } = await call(here, 'fleet.list', {});
  const found = workstations.find(({ name }) => name === second);
  if (found === undefined) throw new Error('The second workstation is not in the fleet');
  return found;
};
const moveTo = async (page: Page, address: string) => {
  const { rev, id: _, ...rest } = await call(page, 'patients.get', { id: patientId });
  const input = { name: rest.name, gender: rest.gender, birthday: rest.birthday, phone: rest.phone, address };
  await call(page, 'patients.update', { id: patientId, rev, patient: input as never });
};
const diagnose = async (page: Page, diagnosis: string) => {
  const { rev } = await call(page, 'records.get', { id: recordId });
  await call(page, 'records.update', { id: recordId, rev, record: { ...record, diagnosis } });
};

/** Looks for the first workstation from one that has no clinic. */
const find = async (page: Page) => {
  await press(page, page.getByRole('button', { name: t('enrolment.join') }));
  await type(page, page.getByRole('textbox', { name: t('enrolment.address') }), address);
  await press(page, page.getByRole('button', { name: t('enrolment.find') }));
};

test('the first workstation serves, and a second one joins it by keyboard', async () => {
  await setUpClinic(here);
  await signIn(here, admin);
  await addDoctor(here);
  const invitation = await serveOverLine(here);
  ({ line, address } = invitation);

  await find(there);
  // Shown in groups of four pairs, on both screens alike.
  await expect(there.locator('code')).toHaveText(invitation.fingerprint.replace(/((?:[0-9A-F]{2}:){3}[0-9A-F]{2}):/g, '$1'));
  await tick(there, there.getByRole('checkbox', { name: t('enrolment.same') }));
  await type(there, there.getByRole('textbox', { name: t('enrolment.code') }), invitation.code);
  await type(there, there.getByRole('textbox', { name: t('enrolment.name') }), second);
  await inspectInBoth(there, 'join');
  await press(there, there.getByRole('button', { name: t('enrolment.joinNow') }));
  await expect(there.getByRole('textbox', { name: t('common.username'), exact: true })).toBeVisible({ timeout: 60_000 });
  // Users come with the first sync: until then every name is unknown.
  await allSent(there);
  await signIn(there, doctor);
  await signInInstead(here, doctor);
});

test('what one saves the other sees', async () => {
  await registerPatient(here, patient);
  const [hit] = await call(here, 'patients.search', { query: 'lxh' });
  patientId = hit?.id as string;
  ({ id: recordId } = await call(here, 'records.create', { patientId, record: { ...record, diagnosis: 'Tension headache' } }));
  await allSent(here);
  await expect.poll(async () => (await call(there, 'patients.search', { query: 'lxh' })).length, { timeout: 30_000 }).toBe(1);
  await openChart(there, 'lxh', patient.name);
  await allSent(there);
});

test('the line is cut, both change the same, and each sees where its work is', async () => {
  line.cut();
  await moveTo(here, '1 Hill Road');
  await diagnose(here, 'Migraine');
  await moveTo(there, '2 Lake Street');
  await diagnose(there, 'Cluster headache');
  await expect.poll(async () => (await call(there, 'sync.state', {})).phase, { timeout: 30_000 }).toBe('offline');
  expect((await call(there, 'sync.state', {})).waiting).toBe(2);
  await allSent(here);
  await signInInstead(here, admin);
  expect(await fleetRow()).toMatchObject({ state: 'active', unsent: 0 });
  expect((await fleetRow()).behind).toBeGreaterThan(0);
});

test('the line is mended, and the inbox shows both values on both', async () => {
  line.mend();
  await call(there, 'sync.syncNow', {});
  await allSent(there);
  for (const page of [here, there]) {
    await expect.poll(async () => (await call(page, 'conflicts.list', { offset: 0, limit: 10, status: 'open' })).total, { timeout: 60_000 }).toBe(2);
    await go(page, '/conflicts');
    await expect(page.getByText(t('conflicts.intro'))).toBeVisible();
    const { rows: items } = await call(page, 'conflicts.list', { offset: 0, limit: 10, status: 'open' });
    const values = items.flatMap(({ clashes }) => clashes.flatMap((clash) => clash.values.map(({ value }) => value)));
    expect(values.sort()).toEqual(['1 Hill Road', '2 Lake Street', 'Cluster headache', 'Migraine']);
  }
  await expect.poll(async () => (await fleetRow()).behind, { timeout: 30_000 }).toBe(0);
  expect(await fleetRow()).toMatchObject({ unsent: 0 });
});

test('settled by keyboard on one, settled on the other', async () => {
  const { rows: items } = await call(there, 'conflicts.list', { offset: 0, limit: 10, status: 'open' });
  const address = items.find(({ collection }) => collection === 'patients');
  const diagnosis = items.find(({ collection }) => collection === 'medicalRecords');
  if (address === undefined || diagnosis === undefined) throw new Error('A clash is missing from the inbox');
  await go(there, `/conflicts/${address.id}`);
  for (const value of ['1 Hill Road', '2 Lake Street']) await expect(there.getByText(value)).toBeVisible();
  await inspectHere(there, 'conflict');
  const wanted = address.clashes[0]?.values.findIndex(({ value }) => value === '1 Hill Road') ?? 0;
  const card = there.getByRole('radio', { name: t(wanted === 0 ? 'conflicts.take.one' : 'conflicts.take.two') });
  await reach(there, card.or(there.getByRole('radio').first()).first());
  await card.focus();
  await there.keyboard.press('Space');
  await there.keyboard.press('Alt+S');
  await expect(there.getByText(t('conflicts.settledNow'))).toBeVisible();
  await call(there, 'conflicts.settle', { id: diagnosis.id, rev: diagnosis.rev, settlements: [{ path: diagnosis.clashes[0]?.path ?? '', choice: 'edited', value: 'Migraine, cluster headache excluded' }] } as never);
  await allSent(there);
  for (const page of [here, there]) {
    await expect.poll(async () => (await call(page, 'conflicts.list', { offset: 0, limit: 10, status: 'open' })).total, { timeout: 60_000 }).toBe(0);
    expect((await call(page, 'conflicts.list', { offset: 0, limit: 10, status: 'settled' })).total).toBe(2);
    expect(await call(page, 'patients.get', { id: patientId })).toMatchObject({ address: '1 Hill Road' });
    expect(await call(page, 'records.get', { id: recordId })).toMatchObject({ diagnosis: 'Migraine, cluster headache excluded' });
  }
  // Neither of both: what stands is shown beside them.
  await go(here, `/conflicts/${diagnosis.id}`);
  await expect(here.getByText(t('conflicts.standsNow'))).toBeVisible();
  await expect(here.getByText('Migraine, cluster headache excluded')).toBeVisible();
  await inspectHere(here, 'conflict-settled');
});

test('the fleet shows both workstations, up to date and well', async () => {
  await expect.poll(async () => fleetRow(), { timeout: 30_000 }).toMatchObject({ unsent: 0, behind: 0, quarantined: 0 });
  await go(here, '/fleet');
  const table = here.getByRole('table', { name: t('fleet.title') });
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table.getByRole('button', { name: filled('fleet.details', { name: second }) })).toBeVisible();
  await inspectHere(here, 'fleet');
});

test('what a revoked workstation had not sent is read in words, and released from the server’s quarantine by keyboard', async () => {
  line.cut();
  await moveTo(there, '3 Wood Lane');
  await diagnose(there, 'Migraine with aura');
  await call(here, 'fleet.revoke', { deviceId: (await fleetRow()).deviceId });
  line.mend();
  await call(there, 'sync.syncNow', {});
  await expect(there.getByText(t('enrolment.backupsElsewhere'))).toBeVisible({ timeout: 60_000 });
  await inspectHere(there, 'revoked');

  await go(here, '/fleet/quarantine');
  const grid = here.getByRole('grid', { name: t('fleet.held.title') });
  const held = grid.getByRole('row').filter({ hasText: patient.name });
  await expect(held).toHaveCount(2);
  await inspectHere(here, 'fleet-quarantine');
  const { rows } = await call(here, 'fleet.quarantine', { offset: 0, limit: 100 });
  await reach(here, grid);
  await here.keyboard.press('Home');
  for (let down = rows.findIndex(({ documents }) => documents.length > 0); down > 0; down -= 1) await here.keyboard.press('ArrowDown');
  await here.keyboard.press('Enter');
  const dialog = here.getByRole('dialog');
  for (const said of ['3 Wood Lane', '1 Hill Road', second]) await expect(dialog.getByText(said)).toBeVisible();
  await inspectHere(here, 'fleet-quarantine-entry');
  await press(here, dialog.getByRole('button', { name: t('fleet.held.release'), exact: true }));
  await expect(here.getByText(filled('fleet.held.outcome.applied', { count: 1 }))).toBeVisible();
  await expect.poll(async () => (await call(here, 'patients.get', { id: patientId })).address).toBe('3 Wood Lane');
  await expect(held).toHaveCount(1);
  await press(here, here.getByRole('button', { name: t('fleet.held.releaseAll'), exact: true }));
  await press(here, here.getByRole('dialog').getByRole('button', { name: t('fleet.held.releaseAll'), exact: true }));
  await expect(here.getByText(t('fleet.held.none'))).toBeVisible();
  await expect.poll(async () => (await call(here, 'records.get', { id: recordId })).diagnosis).toBe('Migraine with aura');
});

test('a revoked workstation joins anew, and a wrong code is said in the form, which stays', async () => {
  await find(there);
  await tick(there, there.getByRole('checkbox', { name: t('enrolment.same') }));
  const code = there.getByRole('textbox', { name: t('enrolment.code') });
  await type(there, code, 'ABCDE-ABCDE-ABCDE-ABCDE');
  await type(there, there.getByRole('textbox', { name: t('enrolment.name') }), 'Ward 3');
  await press(there, there.getByRole('button', { name: t('enrolment.joinNow') }));
  await expect(there.getByText(t('error.enrolment-code-wrong.title'))).toBeVisible();
  await expect(code).toHaveValue('ABCDE-ABCDE-ABCDE-ABCDE');
  await inspectHere(there, 'revoked-wrong-code');
  await code.fill((await call(here, 'fleet.createCode', { siteId: (await call(here, 'fleet.list', {})).sites[0]?.id as string })).code);
  await press(there, there.getByRole('button', { name: t('enrolment.joinNow') }));
  await expect(there.getByRole('textbox', { name: t('common.username'), exact: true })).toBeVisible({ timeout: 60_000 });
});

test('a window whose program has ended says so by itself: its last figures are no longer true', async () => {
  await go(here, '/sync');
  await expect(here.getByRole('heading', { name: t('sync.title') })).toBeVisible();
  await two.stopHere();
  // Above the screen; a list that was about to ask says it too.
  await expect(here.getByText(t('error.backend-unavailable.title')).first()).toBeVisible();
});
