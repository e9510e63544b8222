import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle } from '@medplum/fhirtypes';
import { expect, test, type Page } from '@playwright/test';
import { call } from '../fixtures/call.ts';
import { press } from '../fixtures/keyboard.ts';
import { inspectInBoth } from '../fixtures/screens.ts';
import { admin, openChart, signIn } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { openWorkstation, type Workstation } from '../fixtures/workstation.ts';

test.describe.configure({ mode: 'serial' });

let profile: string;
let workstation: Workstation;
let page: Page;

const ofPatient = { reference: 'urn:uuid:5b1ad7c4-3c1f-4a53-9d0e-7a4c3a1d2f10' };
const coded = (system: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] });
const letter = 'Dear colleague, please see this patient.';
/** What another system hands over: nothing in it is known here. */
const chart = {
  resourceType: 'Bundle', type: 'collection',
  entry: [
    { fullUrl: ofPatient.reference, resource: { resourceType: 'Patient', name: [{ text: '王小明' }], gender: 'male', birthDate: '1990-05-17' } },
    {
      resource: {
        resourceType: 'AllergyIntolerance', id: 'allergy', patient: ofPatient, code: { text: 'Penicillin' }, criticality: 'high', clinicalStatus: coded('allergyintolerance-clinical', 'active'),
        verificationStatus: coded('allergyintolerance-verification', 'confirmed'),
      },
    },
    {
      resource: {
        resourceType: 'Condition', id: 'condition', subject: ofPatient, code: { text: 'Asthma' }, clinicalStatus: coded('condition-clinical', 'active'), verificationStatus: coded('condition-ver-status', 'confirmed'),
      },
    },
    {
      resource: {
        resourceType: 'DocumentReference', id: 'letter', status: 'current', subject: ofPatient, description: 'Letter of referral', date: '2026-01-02T03:04:05Z',
        content: [{ attachment: { contentType: 'text/plain', url: 'Binary/bytes' } }],
      },
    },
    { resource: { resourceType: 'Binary', id: 'bytes', contentType: 'text/plain', data: Buffer.from(letter).toString('base64') } },
    { resource: { resourceType: 'Device', id: 'device' } },
  ],
};

test.beforeAll(async ({ browser }) => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-exchange-'));
  workstation = await openWorkstation(browser, profile);
  ({ page } = workstation);
  await call(page, 'setup.createClinic', { site: { organisationName: 'Hill Country Health', name: 'Upper Valley Clinic', departments: ['Medicine'] }, admin });
  await page.reload();
  await signIn(page, admin);
});
test.afterAll(async () => {
  await workstation.stop();
  rmSync(profile, { recursive: true });
});

test('a bundle from elsewhere is looked through, brought in, and read in the chart', async () => {
  await press(page, page.getByRole('link', { name: t('imports.title') }));
  await page.locator('input[type=file]').setInputFiles({ name: 'chart.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(chart)) });
  const kinds = page.getByRole('table', { name: t('fhir.kinds') });
  await expect(kinds.getByRole('row', { name: t('fhir.collection.documentReferences') })).toContainText('1', { timeout: 60_000 });
  await expect(page.getByText('Device (1)')).toBeVisible();
  await inspectInBoth(page, 'import-fhir');
  await press(page, page.getByRole('button', { name: filled('fhir.run', { count: 4 }) }));
  await expect(page.getByRole('status').filter({ hasText: filled('fhir.imported', { count: 4 }) })).toBeVisible();
  await inspectInBoth(page, 'import-fhir-done');

  await openChart(page, 'wxm', '王小明');
  await expect(page.getByRole('region', { name: t('patients.banner.label') })).toContainText('Penicillin');
  await expect(page.getByText('Asthma').first()).toBeVisible();
});

test('the chart goes out again with its file, and says the same', async () => {
  await page.evaluate(() => (location.hash = `${location.hash.replace(/^#(\/patients\/[^/?]+).*$/, '$1')}/export`));
  await press(page, page.getByRole('button', { name: t('exports.start') }));
  const saving = page.getByRole('button', { name: t('exports.save') });
  await expect(saving).toBeVisible({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, saving)]);
  const { entry = [] } = JSON.parse(readFileSync(await download.path(), 'utf8')) as Bundle;
  const found = (type: string) => entry.flatMap(({ resource }) => (resource?.resourceType === type ? [resource] : []));
  expect(found('AllergyIntolerance')).toMatchObject([{ code: { text: 'Penicillin' }, criticality: 'high' }]);
  expect(found('Condition')).toMatchObject([{ code: { text: 'Asthma' } }]);
  expect(found('Patient')).toMatchObject([{ id: '5b1ad7c4-3c1f-4a53-9d0e-7a4c3a1d2f10', birthDate: '1990-05-17' }]);
  expect(found('Binary')).toMatchObject([{ data: Buffer.from(letter).toString('base64') }]);
});

test('the import is taken back', async () => {
  await press(page, page.getByRole('link', { name: t('imports.title') }));
  await press(page, page.getByRole('button', { name: filled('imports.undoOne', { file: 'chart.json' }) }));
  const dialog = page.getByRole('dialog', { name: t('imports.undoTitle') });
  await expect(dialog).toContainText(filled('imports.undoWarning.charts', { count: 4 }));
  await press(page, dialog.getByRole('button', { name: t('imports.undo'), exact: true }));
  await expect(page.getByText(t('imports.undone'), { exact: true })).toBeVisible({ timeout: 30_000 });
  expect((await call(page, 'patients.list', { offset: 0, limit: 1, sort: 'name', direction: 'ascending', filter: {} })).total).toBe(0);
});
