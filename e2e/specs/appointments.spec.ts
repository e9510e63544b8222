import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { press, type } from '../fixtures/keyboard.ts';
import { inspectInBoth } from '../fixtures/screens.ts';
import { admin, doctor, go, setUpClinic, signIn } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { openWorkstation, type Workstation } from '../fixtures/workstation.ts';

test.describe.configure({ mode: 'serial' });

/** A Monday, and the Thursday after it. */
const [monday, thursday] = ['2031-03-03', '2031-03-06'];
const colleague = { username: 'li', displayName: 'Dr Li', password: 'a quiet morning' } as const;
const [first, second] = ['王小明', '李小红'] as const;

let profile: string;
let workstation: Workstation;
let page: Page;
const patients: Record<string, string> = {};
const doctors: Record<string, string> = {};

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-appointments-'));
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
  await setUpClinic(page);
  await signIn(page, admin);
  for (const one of [doctor, colleague]) await call(page, 'users.create', { ...one, role: 'doctor' });
  await call(page, 'sessions.signOut', {});
  await page.reload();
  await signIn(page, doctor);
  for (const { id, displayName } of (await call(page, 'appointments.places', {})).practitioners) doctors[displayName] = id;
  for (const name of [first, second]) patients[name] = (await call(page, 'patients.create', { patient: { name, gender: 'unknown' } })).id;
  await go(page, '/appointments');
  await type(page, page.getByRole('textbox', { name: t('appointments.date') }), monday);
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

/** The instant of a time of day, on the browser's clock. */
const instant = (day: string, time: string) => page.evaluate((text) => new Date(text).toISOString(), `${day}T${time}`);
async function book(name: string, day: string, [from, until]: readonly [string, string], displayName: string = doctor.displayName) {
  const [start, end] = [await instant(day, from), await instant(day, until)];
  return call(page, 'appointments.book', { appointment: { patientId: patients[name] ?? '', practitionerId: doctors[displayName] ?? '', start, end } });
}
const free = (column: string, time: string) => page.getByRole('gridcell', { name: filled('appointments.free', { column, time }), exact: true });
const taken = (column: string, time: string, patient: string) => page.getByRole('gridcell', { name: filled('appointments.taken', { column, time, patient, status: t('appointments.status.booked') }), exact: true });

/** As a hand does it: the book may not slide from under the pointer when it takes hold. */
async function drag(from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const [held, aim] = [await from.boundingBox(), await to.boundingBox()];
  if (held === null || aim === null) throw new Error('Both have to be on screen');
  await page.mouse.move(held.x + 40, held.y + held.height / 2);
  await page.mouse.down();
  await page.mouse.move(held.x + 45, held.y + held.height / 2 + 5, { steps: 3 });
  await page.mouse.move(aim.x + 40, aim.y + aim.height / 2, { steps: 8 });
  await page.mouse.up();
}

test('an appointment is dragged by its middle to another hour and another doctor, and onto a taken one it is not', async () => {
  await book(first, monday, ['09:00', '09:30']);
  await book(second, monday, ['10:00', '10:15'], colleague.displayName);
  await expect(taken(doctor.displayName, '09:15', first)).toBeVisible();
  await drag(taken(doctor.displayName, '09:15', first), free(colleague.displayName, '10:45'));
  await expect(taken(colleague.displayName, '10:30', first)).toBeVisible();
  await expect(taken(colleague.displayName, '10:45', first)).toBeVisible();
  await expect(free(doctor.displayName, '09:00')).toBeVisible();
  await drag(taken(colleague.displayName, '10:30', first), taken(colleague.displayName, '10:00', second));
  await expect(page.getByText(t('error.slot-taken.title'))).toBeVisible();
  await expect(taken(colleague.displayName, '10:30', first)).toBeVisible();
  const [moved] = await call(page, 'appointments.list', { from: await instant(monday, '10:30'), to: await instant(monday, '10:31') });
  expect(moved).toMatchObject({ patientId: patients[first], practitionerId: doctors[colleague.displayName], end: await instant(monday, '11:00') });
});

test('in the week of a doctor it is dragged to another day', async () => {
  await page.getByText(t('appointments.week'), { exact: true }).click();
  await press(page, page.getByRole('combobox', { name: t('appointments.of') }));
  await page.getByRole('option', { name: colleague.displayName }).click();
  const column = (date: string) => new Intl.DateTimeFormat('en', { weekday: 'short', month: 'numeric', day: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`));
  await drag(taken(column(monday), '10:30', first), free(column(thursday), '11:30'));
  await expect(taken(column(thursday), '11:30', first)).toBeVisible();
  expect(await call(page, 'appointments.list', { from: await instant(thursday, '11:30'), to: await instant(thursday, '11:31') })).toMatchObject([{ patientId: patients[first] }]);
  await page.getByText(t('appointments.day'), { exact: true }).click();
});

test('a weekly series says which of its days are taken and books none, and later books all; one of it is moved alone', async () => {
  for (const day of ['2031-03-17', '2031-03-24']) await book(second, day, ['14:00', '14:15']);
  await free(doctor.displayName, '14:00').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: t('appointments.bookTitle') });
  await type(page, dialog.getByRole('combobox', { name: t('appointments.patient') }), 'wxm');
  await expect(page.getByRole('option', { name: first })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await press(page, dialog.getByRole('combobox', { name: t('appointments.repeat') }));
  await page.getByRole('option', { name: t('appointments.repeats.week') }).click();
  await page.keyboard.press('Alt+S');
  await expect(dialog.getByRole('alert')).toContainText('2031-03-17 14:00, 2031-03-24 14:00');
  const all = () => call(page, 'appointments.list', { from: new Date(`${monday}T00:00:00Z`).toISOString(), to: new Date('2031-04-01T00:00:00Z').toISOString() });
  const series = async () => (await all()).filter(({ seriesId }) => seriesId !== undefined).map(({ start }) => start);
  expect(await series()).toEqual([]);
  await inspectInBoth(page, 'appointment-series');
  await type(page, dialog.getByLabel(t('appointments.start')), `${monday} 15:00`);
  await page.keyboard.press('Alt+S');
  await expect(dialog).toBeHidden();
  const days = ['2031-03-03', '2031-03-10', '2031-03-17', '2031-03-24'];
  expect(await series()).toEqual(await Promise.all(days.map((day) => instant(day, '15:00'))));
  await taken(doctor.displayName, '15:00', first).focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(taken(doctor.displayName, '15:15', first)).toBeFocused();
  expect(await series()).toEqual([await instant(monday, '15:15'), ...(await Promise.all(days.slice(1).map((day) => instant(day, '15:00'))))]);
});

test('of the series this one and all later ones are called off by keyboard, at the times that are shown', async () => {
  await taken(doctor.displayName, '15:15', first).focus();
  await page.keyboard.press('PageDown');
  for (let day = 1; day < 7; day += 1) await page.keyboard.press('PageDown');
  await taken(doctor.displayName, '15:00', first).focus();
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('dialog', { name: t('appointments.editTitle') }).getByRole('button', { name: t('appointments.cancel') }));
  const dialog = page.getByRole('dialog', { name: t('appointments.cancel') });
  await expect(dialog.getByRole('radio', { name: t('appointments.series.part.one') })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('status')).toHaveText('2031-03-10 15:00, 2031-03-17 15:00, 2031-03-24 15:00');
  await inspectInBoth(page, 'appointment-series-cancel');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await press(page, page.getByRole('dialog', { name: t('appointments.editTitle') }).getByRole('button', { name: t('appointments.cancel') }));
  await expect(dialog.getByRole('radio', { name: t('appointments.series.part.one') })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+S');
  await expect(free(doctor.displayName, '15:00')).toBeVisible();
  const all = await call(page, 'appointments.list', { from: new Date(`${monday}T00:00:00Z`).toISOString(), to: new Date('2031-04-01T00:00:00Z').toISOString() });
  expect(all.filter(({ seriesId }) => seriesId !== undefined).map(({ status }) => status)).toEqual(['booked', 'cancelled', 'cancelled', 'cancelled']);
});

test('the form that the palette opens begins at the patient, and one Escape closes it', async () => {
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.insertText(t('appointments.bookTitle'));
  await expect(page.getByRole('option', { name: t('appointments.bookTitle') })).toBeVisible();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: t('appointments.bookTitle') });
  await expect(dialog.getByRole('combobox', { name: t('appointments.patient') })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
