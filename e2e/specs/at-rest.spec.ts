import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import type { Job } from '../../shared/contract/job.ts';
import { findInTheClear } from '../fixtures/at-rest.ts';
import { call } from '../fixtures/call.ts';
import { type } from '../fixtures/keyboard.ts';
import { textOfPdf } from '../fixtures/pdf.ts';
import { Planter } from '../fixtures/planted.ts';
import { admin, doctor, find, openChart, setUpClinic, signIn } from '../fixtures/steps.ts';
import { t } from '../fixtures/texts.ts';
import { inElectron, openWorkstation, type Workstation } from '../fixtures/workstation.ts';

test.describe.configure({ mode: 'serial' });

let folder: string;
let workstation: Workstation;
let page: Page;
const planter = new Planter();
const place = (name: string) => join(folder, name);
/** Temporary files go where they are looked for, too. */
async function start(browser: Browser): Promise<void> {
  workstation = await openWorkstation(browser, place('profile'), { TMPDIR: place('temporary'), SQLITE_TMPDIR: place('temporary') });
  ({ page } = workstation);
}

test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-at-rest-'));
  mkdirSync(place('temporary'));
  await start(browser);
  await setUpClinic(page);
  await signIn(page, admin);
  await call(page, 'users.create', { ...doctor, role: 'doctor' });
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(folder, { recursive: true });
});

async function endOf({ id: jobId }: Job): Promise<Job['state']> {
  await expect.poll(async () => (await call(page, 'jobs.get', { jobId })).state).not.toBe('running');
  return (await call(page, 'jobs.get', { jobId })).state;
}

async function actAs({ username, password }: typeof admin): Promise<void> {
  await call(page, 'sessions.signOut', {});
  await call(page, 'sessions.signIn', { username, password });
  await page.reload();
  await expect(page.getByRole('navigation', { name: t('app.navigation') })).toBeVisible();
}

let patientId: string;
let patientName: string;

test('patients are registered, changed, searched for and thrown away', async () => {
  for (let count = 0; count < 15; count += 1) {
    const emergencyContact = planter.fields('name', 'relationship');
    const patient = { ...planter.fields('name', 'address', 'insuranceNumber', 'notes'), gender: 'female', emergencyContact } as const;
    const { id, rev } = await call(page, 'patients.create', { patient });
    const changed = await call(page, 'patients.update', { id, rev, patient: { ...patient, notes: planter.text() } });
    await call(page, 'patients.possibleDuplicates', { patient });
    if (count % 4 === 0) await call(page, 'patients.delete', { id, rev: changed.rev });
    else [patientId, patientName] = [id, patient.name];
  }
  await find(page, patientName);
  await expect(page.getByRole('option', { name: patientName }).first()).toBeVisible();
  await find(page, planter.text());
});

test('all of it goes through a hub, whose database lies beside the workstation’s', async () => {
  await call(page, 'hub.start', { port: 0 });
  await expect.poll(async () => (({ phase, waiting }) => `${phase} ${String(waiting)}`)(await call(page, 'sync.state', {}))).toBe('idle 0');
});

test('records are written, signed, amended, printed and exported', async () => {
  await actAs(doctor);
  const common = { kind: 'outpatient', department: 'Internal medicine', admissionDate: '2026-01-05' } as const;
  const text = () => ({ ...common, ...planter.fields('chiefComplaint', 'diagnosis', 'treatment', 'prescription') });
  for (let count = 0; count < 8; count += 1) {
    const written = await call(page, 'records.create', { patientId, record: text() });
    const signed = await call(page, 'records.sign', { id: written.id, rev: written.rev });
    await call(page, 'records.amend', { id: signed.id, rev: signed.rev, record: text(), reason: planter.text() });
  }
  await page.evaluate((hash) => (location.hash = hash), `/patients/${patientId}/print`);
  await expect(page.getByRole('button', { name: t('print.print'), exact: true })).toBeVisible();
  if (!inElectron) expect(await textOfPdf(await page.pdf({ format: 'A4' }))).toContain(patientName);
  expect(await endOf(await call(page, 'exports.records', {}))).toBe('done');
});

test('a file is imported, with rows that are refused', async () => {
  await actAs(admin);
  const rows = Array.from({ length: 20 }, () => `${planter.text()},f,1990-01-02`);
  const refused = Array.from({ length: 5 }, () => `${planter.text()},f,1990-13-02`);
  const file = Buffer.from(['name,gender,birthday', ...rows, ...refused].join('\n'));
  const { importId } = await call(page, 'imports.begin', { fileName: 'patients.csv', size: file.length });
  await call(page, 'imports.append', { importId, base64: file.toString('base64') });
  const plan = { importId, encoding: 'utf-8', mapping: { name: 0, gender: 1, birthday: 2 } } as const;
  expect(await endOf(await call(page, 'imports.dryRun', plan))).toBe('done');
  expect(await endOf(await call(page, 'imports.run', plan))).toBe('done');
  expect(await call(page, 'imports.report', { importId })).toMatchObject({ imported: 20, bad: 5 });
});

test('what goes wrong is told and logged, with no word of a person', async () => {
  const [nobody, odd] = [planter.text(), planter.text()];
  await expect(call(page, 'patients.search', { query: 'a', [odd]: odd })).rejects.toThrow('invalid-input');
  await expect(call(page, `patients.${nobody}` as 'app.status', {})).rejects.toThrow('unknown-call');
  await call(page, 'drafts.save', { kind: 'patient', key: 'new', values: planter.fields('name', 'notes', 'address', 'phone') });
  const { lockAfterMinutes, backupEveryHours, backupsKept } = await call(page, 'settings.get', {});
  const settings = { lockAfterMinutes, backupEveryHours, backupsKept };
  await call(page, 'settings.update', { ...settings, backupFolder: place('stick') });
  rmSync(place('stick'), { recursive: true });
  writeFileSync(place('stick'), '');
  expect(await endOf(await call(page, 'backups.create', {}))).toBe('failed');
  await call(page, 'settings.update', settings);
});

test('killed in mid-typing, no file has any of it in the clear', async () => {
  expect(await endOf(await call(page, 'backups.create', {}))).toBe('done');
  await actAs(doctor);
  await openChart(page, patientName, patientName);
  await page.keyboard.press('Alt+N');
  const typed = planter.text();
  await type(page, page.getByRole('textbox', { name: t('records.field.chiefComplaint'), exact: true }), typed);
  await expect.poll(async () => JSON.stringify(await call(page, 'drafts.list', {}))).toContain(typed);
  await workstation.kill();
  expect(planter.texts.length).toBeGreaterThanOrEqual(200);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).join('\n');
  for (const name of [/outpost\.db$/m, /outpost\.db-wal$/m, /hub\.db$/m, /hub\.db-wal$/m, /\.outpost-backup$/m, /logs.outpost\.log$/m, /keyring\.json$/m]) expect(files).toMatch(name);
  writeFileSync(place('printed'), workstation.output());
  expect(findInTheClear(folder, planter.texts)).toEqual([]);
});

test('the scan would have found it', () => {
  const [utf8, utf16, escaped] = planter.texts as [string, string, string];
  writeFileSync(place('temporary/utf8'), `x${utf8}x`);
  writeFileSync(place('profile/logs/utf16'), Buffer.from(utf16, 'utf16le'));
  writeFileSync(place('profile/backups/escaped'), escaped.replaceAll(/[欧阳植]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`));
  const found = findInTheClear(folder, planter.texts);
  expect(found.sort()).toEqual([`${place('profile/backups/escaped')}: ${escaped}`, `${place('profile/logs/utf16')}: ${utf16}`, `${place('temporary/utf8')}: ${utf8}`]);
});

test('all of it is there for those who may read it', async ({ browser }) => {
  await start(browser);
  await signIn(page, doctor);
  await openChart(page, patientName, patientName);
  expect((await call(page, 'records.listForPatient', { patientId, offset: 0, limit: 50 })).total).toBe(8);
});
