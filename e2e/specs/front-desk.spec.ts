import { expect, test, type Page } from '@playwright/test';
import { violations } from '../fixtures/accessibility.ts';
import { call } from '../fixtures/call.ts';
import { press, reach, type } from '../fixtures/keyboard.ts';
import type { Line } from '../fixtures/line.ts';
import { inspectInBoth } from '../fixtures/screens.ts';
import { addDoctor, admin, doctor, go, setUpClinic, signIn, signInInstead } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { allSent, openTwo, serveOverLine, type TwoWorkstations } from '../fixtures/two-workstations.ts';

test.describe.configure({ mode: 'serial' });

let two: TwoWorkstations;
/** `here` serves the other desk, which reaches it over the line. */
let here: Page;
let there: Page;
let line: Line;
let practitionerId: string;
const patients: Record<'here' | 'there', { id: string; name: string; number: string }> = { here: { id: '', name: '王小明', number: '' }, there: { id: '', name: '李小红', number: '' } };

test.beforeAll(async ({ browser }) => {
  two = await openTwo(browser);
  ({ here, there } = two);
});
test.afterAll(async () => {
  await two.stop();
  await line.close();
});

/** As a scanner sends it: keys five milliseconds apart by their own time, however busy this machine is. */
async function scan(page: Page, number: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const begin = Date.now() / 1000;
  const keys = [...[...number].map((key) => ({ key, text: key })), { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }];
  await Promise.all(keys.map((key, index) => session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp: begin + index * 0.005, ...key })));
}
/** Half past nine today, on the browsers' clock. */
const slot = () => here.evaluate(() => {
  const start = new Date(new Date().setHours(9, 30, 0, 0));
  return { start: start.toISOString(), end: new Date(start.getTime() + 900_000).toISOString() };
});

test('two desks of one clinic, one over a line', async () => {
  await setUpClinic(here);
  await signIn(here, admin);
  await addDoctor(here);
  const { line: opened, ...invitation } = await serveOverLine(here);
  line = opened;
  await call(there, 'enrolment.join', { ...invitation, name: 'Desk 2' });
  await there.reload();
  await expect(there.getByRole('textbox', { name: t('common.username'), exact: true })).toBeVisible({ timeout: 60_000 });
  // Users come with the first sync: until then every name is unknown.
  await allSent(there);
  await signIn(there, doctor);
  await signInInstead(here, doctor);
  for (const side of ['here', 'there'] as const) {
    const { id, medicalRecordNumber } = await call(here, 'patients.create', { patient: { name: patients[side].name, gender: 'unknown' } });
    Object.assign(patients[side], { id, number: medicalRecordNumber });
  }
  practitionerId = (await call(here, 'appointments.places', {})).practitioners[0]?.id as string;
  await allSent(here);
  await expect.poll(async () => (await call(there, 'patients.list', { offset: 0, limit: 10, sort: 'name', direction: 'ascending', filter: {} })).total, { timeout: 30_000 }).toBe(2);
});

test('out of each other’s sight both book one slot, one of them by keyboard', async () => {
  line.cut();
  const { start, end } = await slot();
  await call(there, 'appointments.book', { appointment: { patientId: patients.there.id, practitionerId, start, end, reason: 'Fever' } });
  await go(here, '/appointments');
  const free = here.getByRole('gridcell', { name: filled('appointments.free', { column: doctor.displayName, time: '09:00' }) });
  await reach(here, free);
  await here.keyboard.press('ArrowDown');
  await here.keyboard.press('ArrowDown');
  await here.keyboard.press('Enter');
  const dialog = here.getByRole('dialog', { name: t('appointments.bookTitle') });
  await type(here, dialog.getByRole('combobox', { name: t('appointments.patient') }), 'wxm');
  await expect(here.getByRole('option', { name: patients.here.name })).toBeVisible();
  await here.keyboard.press('ArrowDown');
  await here.keyboard.press('Enter');
  await type(here, dialog.getByRole('textbox', { name: t('appointments.reason') }), 'Cough');
  await here.keyboard.press('Alt+S');
  const taken = filled('appointments.taken', { column: doctor.displayName, time: '09:30', patient: `${patients.here.name} Cough`, status: t('appointments.status.booked') });
  await expect(here.getByRole('gridcell', { name: taken })).toBeFocused();
  expect(await violations(here)).toEqual([]);
  await allSent(here);
});

test('the line is mended: the server settles it, and both desks are told', async () => {
  line.mend();
  await call(there, 'sync.syncNow', {});
  await allSent(there);
  for (const page of [here, there]) {
    await expect.poll(async () => (await call(page, 'appointments.listDisplaced', {})).length, { timeout: 60_000 }).toBe(1);
    await go(page, '/appointments');
    const told = page.getByRole('status').filter({ hasText: t('appointments.displaced.title') });
    await expect(told).toContainText(patients.there.name);
    await expect(told).toContainText(filled('appointments.displaced.keptFor', { patient: patients.here.name, number: patients.here.number }));
    await expect(page.getByRole('link', { name: t('appointments.title') })).toContainText(filled('appointments.displaced.badge', { count: 1 }));
  }
  expect(await violations(there)).toEqual([]);
});

test('it is given another time and moved once more by keyboard, and both are in step', async () => {
  await press(there, there.getByRole('button', { name: t('appointments.displaced.rebook') }));
  const { start } = await slot();
  const dialog = there.getByRole('dialog', { name: t('appointments.editTitle') });
  // A field of this kind is typed into part by part, as the language of the browser has it.
  await dialog.getByLabel(t('appointments.start')).fill(await there.evaluate((at) => {
    const date = new Date(Date.parse(at) + 1_800_000);
    return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}T${String(date.getHours()).padStart(2, '0')}:00`;
  }, start));
  await there.keyboard.press('Alt+S');
  const at = (time: string) => there.getByRole('gridcell', { name: filled('appointments.taken', { column: doctor.displayName, time, patient: `${patients.there.name} Fever`, status: t('appointments.status.booked') }) });
  await expect(at('10:00')).toBeVisible();
  await at('10:00').focus();
  await there.keyboard.press('m');
  await there.keyboard.press('ArrowDown');
  await there.keyboard.press('Enter');
  await expect(at('10:15')).toBeVisible();
  await allSent(there);
  for (const page of [here, there]) await expect.poll(async () => (await call(page, 'appointments.listDisplaced', {})).length, { timeout: 30_000 }).toBe(0);
});

test('a scan into a half-written note opens the chart and leaves the note as it was', async () => {
  await go(here, `/patients/${patients.here.id}/records/new`);
  const note = here.getByRole('textbox', { name: t('records.field.chiefComplaint') });
  await type(here, note, 'Cough for three days');
  for (const [from, to] of [[5, 5], [0, 9]] as const) {
    await note.evaluate((field, range) => (field as HTMLTextAreaElement).setSelectionRange(...range), [from, to] as const);
    await scan(here, patients.here.number);
    await expect(here).toHaveURL(new RegExp(`/patients/${patients.here.id}$`));
    await go(here, `/patients/${patients.here.id}/records/new`);
    await expect(note).toHaveValue('Cough for three days');
    await note.focus();
  }
  const [draft] = await call(here, 'drafts.list', {});
  if (draft) await call(here, 'drafts.discard', { id: draft.id });
});

test('checked in by keyboard, found by the scanner, called to a room, and gone', async () => {
  await go(here, '/queue');
  await expect(here.getByText(t('encounters.empty'))).toBeVisible();
  await here.keyboard.press('Alt+N');
  const dialog = here.getByRole('dialog', { name: t('encounters.checkInTitle') });
  await type(here, dialog.getByRole('combobox', { name: t('appointments.patient') }), 'wxm');
  await expect(here.getByRole('option', { name: patients.here.name })).toBeVisible();
  await here.keyboard.press('ArrowDown');
  await here.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toContainText(t('encounters.expected'));
  await here.keyboard.press('Alt+S');
  await expect(here.getByRole('heading', { name: t('encounters.slipTitle') })).toBeVisible();
  await expect(here.getByRole('img', { name: filled('encounters.slipNumber', { number: patients.here.number }) })).toBeVisible();
  expect(await violations(here)).toEqual([]);

  await go(here, '/patients');
  const box = here.getByRole('combobox').first();
  await box.fill('half typed ');
  await scan(here, patients.here.number);
  await expect(here).toHaveURL(new RegExp(`/patients/${patients.here.id}`));

  await go(here, '/queue');
  const row = here.getByRole('row').filter({ hasText: patients.here.name });
  await expect(row).toContainText(t('encounters.status.arrived'));
  await row.focus();
  await here.keyboard.press('p');
  await inspectInBoth(here, 'queue-priority');
  await here.keyboard.press('Escape');
  await expect(here.getByRole('dialog')).toBeHidden();
  await row.focus();
  await here.keyboard.press('Enter');
  await type(here, here.getByRole('dialog').getByRole('combobox', { name: t('encounters.room') }), 'Room 3');
  await inspectInBoth(here, 'queue-call');
  await here.keyboard.press('Alt+S');
  await expect(row).toContainText(t('encounters.status.in-progress'));
  expect(await violations(here)).toEqual([]);
  await go(there, '/queue/board');
  await expect(there.getByRole('row').filter({ hasText: '王*明' })).toContainText('Room 3', { timeout: 30_000 });
  await expect(there.getByText(patients.here.name)).toHaveCount(0);
  expect(await violations(there)).toEqual([]);

  await row.focus();
  await here.keyboard.press('f');
  await inspectInBoth(here, 'queue-end');
  await here.keyboard.press('Alt+S');
  await expect(here.getByText(t('encounters.empty'))).toBeVisible();
  const { start, end } = await slot();
  expect((await call(here, 'appointments.list', { from: start, to: end })).map(({ status }) => status)).toEqual(['fulfilled']);
});

test('two entries that look alike are found, merged by keyboard, and separated again, on both desks', async () => {
  const twin = await call(there, 'patients.create', { patient: { name: '王晓明', gender: 'male', phone: '13800001234' } });
  const one = await call(here, 'patients.get', { id: patients.here.id });
  await call(here, 'patients.update', { id: one.id, rev: one.rev, patient: { name: one.name, gender: 'male', phone: '13800001234' } });
  await call(here, 'records.create', { patientId: one.id, record: { kind: 'outpatient', department: 'Medicine', chiefComplaint: 'Cough', admissionDate: '2026-03-02' } });
  await call(here, 'allergyIntolerances.create', { patientId: one.id, content: { code: { text: 'Penicillins' }, clinicalStatus: 'active', verificationStatus: 'confirmed' } });
  await allSent(there);
  await go(here, '/duplicates');
  const row = here.getByRole('grid', { name: t('duplicates.title') }).getByRole('row').filter({ hasText: twin.medicalRecordNumber });
  await expect(row).toBeVisible({ timeout: 30_000 });
  await reach(here, here.getByRole('grid', { name: t('duplicates.title') }));
  await here.keyboard.press('Home');
  await here.keyboard.press('Enter');
  await expect(here.getByRole('heading', { name: t('duplicates.compare') })).toBeVisible();
  await expect(here.getByRole('row', { name: t('duplicates.lastVisit') })).toContainText(`2026-03-02 · ${t('records.kind.outpatient')} · Medicine`);
  await expect(here.getByRole('row', { name: t('chart.allergy.label') })).toContainText('Penicillins');
  expect(await violations(here)).toEqual([]);
  await press(here, here.getByRole('button', { name: t('duplicates.merge'), exact: true }));
  await press(here, here.getByRole('dialog').getByRole('button', { name: t('duplicates.merge'), exact: true }));
  await expect(here.getByText(filled('duplicates.replaced', { name: twin.name, number: twin.medicalRecordNumber }))).toBeVisible();
  await allSent(here);
  await expect.poll(async () => (await call(there, 'patients.findByNumber', { medicalRecordNumber: twin.medicalRecordNumber }))?.id, { timeout: 30_000 }).toBe(one.id);

  await press(here, here.getByRole('button', { name: t('duplicates.separate') }));
  await press(here, here.getByRole('dialog').getByRole('button', { name: t('duplicates.separate') }));
  await expect(here.getByText(filled('duplicates.replaced', { name: twin.name, number: twin.medicalRecordNumber }))).toHaveCount(0);
  await expect(here.locator('[data-page-title]')).toBeFocused();
  await allSent(here);
  await expect.poll(async () => (await call(there, 'patients.findByNumber', { medicalRecordNumber: twin.medicalRecordNumber }))?.id, { timeout: 30_000 }).toBe(twin.id);
  expect((await call(here, 'records.listForPatient', { patientId: one.id, offset: 0, limit: 10 })).total).toBe(1);
});

test('messages past the first hundred are turned to by keyboard', async () => {
  for (let number = 1; number <= 101; number += 1) await call(here, 'communications.send', { patientId: patients.here.id, payload: `Message ${number}` });
  await go(here, '/correspondence?view=messages');
  const list = here.getByRole('list', { name: t('correspondence.view.messages') });
  await expect(list).toContainText('Message 101');
  await expect(list.getByText('Message 1', { exact: true })).toHaveCount(0);
  const pages = here.getByRole('navigation', { name: t('correspondence.view.messages') });
  const older = pages.getByRole('button', { name: t('common.pages.older') });
  // Behind a hundred links to whom they are about.
  await older.focus();
  await here.keyboard.press('Enter');
  await expect(list.getByText('Message 1', { exact: true })).toBeVisible();
  await expect(older).toBeFocused();
  expect(await violations(here)).toEqual([]);
  await press(here, pages.getByRole('button', { name: t('common.pages.newer') }));
  await expect(list).toContainText('Message 101');
});

test('the book that is left at today goes on to the next day overnight, and at another day stays there', async () => {
  await here.clock.install();
  await here.reload();
  await go(here, '/appointments');
  const day = here.getByRole('textbox', { name: t('appointments.date') });
  const shown = await day.inputValue();
  // Midnight by the browser's clock; a screen that is left alone for so long is locked.
  const overnight = async (after: string) => {
    await here.clock.setSystemTime(Date.parse(`${after}T16:00:30Z`));
    await here.clock.runFor(60_000);
    await type(here, here.getByRole('textbox', { name: t('common.password'), exact: true }), doctor.password);
    await here.keyboard.press('Enter');
    await here.clock.runFor(5_000);
  };
  const next = new Date(Date.parse(shown) + 86_400_000).toISOString().slice(0, 10);
  await overnight(shown);
  await expect(day).toHaveValue(next);
  await type(here, day, '2030-01-01');
  await overnight(next);
  await expect(day).toHaveValue('2030-01-01');
});
