import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import configuration from '../../e2e/playwright.config.ts';
import { call as callInPage } from '../../e2e/fixtures/call.ts';
import { openWorkstation as openWindow } from '../../e2e/fixtures/workstation.ts';
import { laboratoryTests } from '../../shared/chart/laboratory-tests.ts';
import { vitalSignCodes, vitalSignObservations } from '../../shared/chart/vital-signs.ts';
import { codeSystems } from '../../shared/schema/fhir-types.ts';
import type { ObservationInput } from '../../shared/schema/observation.ts';
import { doctorAccount } from './clinic.ts';
import { spread, timeBeside } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';
import type { Call, Workstation } from './workstation.ts';

const hour = 3_600_000;
const began = Date.UTC(2025, 0, 1);
const at = (index: number): string => new Date(began + index * hour).toISOString();

/** Seven values of vital signs, or ten results, at one time. */
function round(index: number): ObservationInput[] {
  if (index % 2 === 0) {
    const values = { systolic: 110 + (index % 40), diastolic: 70, heartRate: 80, temperature: 36.5, oxygenSaturation: 97, respiratoryRate: 16, weight: 70 + (index % 5), height: 170 };
    return vitalSignObservations(values, at(index), { gender: 'female', age: 50 });
  }
  return laboratoryTests.slice(0, 10).map(({ loinc, en, unit }) => ({
    code: { coding: [{ system: codeSystems.loinc, code: loinc }], text: en }, status: 'final', category: 'laboratory', effectiveDateTime: at(index),
    valueQuantity: { value: 1 + (index % 7), unit }, interpretation: 'N',
  }));
}

/** Writes a chart of at least so many entries, as people would, and answers how many it has. */
async function fillChart(call: Call, patientId: string, least: number): Promise<number> {
  let entries = 0;
  for (const text of ['Hypertension', 'Diabetes', 'Asthma', 'Gout']) await call('conditions.create', { patientId, content: { code: { text }, clinicalStatus: 'active', verificationStatus: 'confirmed' } });
  for (const text of ['Penicillin', 'Peanut']) await call('allergyIntolerances.create', { patientId, content: { code: { text }, clinicalStatus: 'active', verificationStatus: 'confirmed', criticality: 'high' } });
  const medicationRequests = Array.from({ length: 12 }, (_, index) => ({
    medicationCodeableConcept: { text: `Drug ${index}` }, doseQuantity: { value: 1, unit: 'mg' }, route: 'oral' as const, frequency: 'QD', days: 30,
  }));
  await call('orders.sign', { patientId, medicationRequests, serviceRequests: [] });
  entries += 18;
  for (let index = 0; entries < least; index += 1) entries += (await call('observations.create', { patientId, contents: round(index) })).length;
  return entries;
}

const leastEntries = 2000;

/** The summary of a chart with 2,000 entries, in the backend beside the bare reads of what it shows. */
export async function summaryFigures({ doctor, bare }: Workstation): Promise<Figure[]> {
  const { id: patientId } = await doctor('patients.create', { patient: { name: 'Bench Summary', gender: 'female', birthday: '1975-01-01' } });
  const entries = await fillChart(doctor, patientId, leastEntries);
  const byCode = bare.prepare('SELECT content FROM observations WHERE patient_id = ? AND category = ? AND code = ? AND deleted = 0 ORDER BY time DESC LIMIT 8');
  const codes = [...vitalSignCodes.map((code) => ['vital-signs', code] as const), ...laboratoryTests.slice(0, 10).map(({ loinc }) => ['laboratory', loinc] as const)];
  const { real, bare: limit } = await timeBeside(500, {
    bare: () => codes.map(([category, code]) => byCode.all(patientId, category, code)),
    real: () => doctor('chart.summary', { patientId }),
  });
  return [
    {
      what: `summary of a chart with ${entries} entries`, unit: 'ms', measured: real, bare: { what: 'bare reads of its measurements', measured: limit },
      aims: [atMost('p99', real.p99, 50, ' ms')],
    },
    ...(await paintedFigures()),
  ];
}

const openings = 30;

/** The same in a window: from the key that opens the chart to the painted summary, in a clinic of one patient. */
async function paintedFigures(): Promise<Figure[]> {
  const profile = mkdtempSync(join(tmpdir(), 'outpost-summary-'));
  const browser = await chromium.launch(configuration.use?.launchOptions);
  const window = await openWindow(browser, profile);
  try {
    const { page } = window;
    const call: Call = (name, input) => callInPage(page, name, input);
    const account = { ...doctorAccount, displayName: 'Bench' };
    await call('setup.createClinic', { site: { organisationName: 'Bench', name: 'Bench', departments: ['Medicine'] }, admin: { ...account, username: 'admin' } });
    await call('sessions.signIn', { username: 'admin', password: account.password });
    await call('users.create', { ...account, role: 'doctor' });
    await call('sessions.signIn', doctorAccount);
    const { id } = await call('patients.create', { patient: { name: 'Bench Summary', gender: 'female', birthday: '1975-01-01' } });
    const entries = await fillChart(call, id, leastEntries);
    await page.reload();
    await page.getByRole('navigation').first().waitFor();
    const times: number[] = [];
    for (let opening = 0; opening < openings; opening += 1) times.push(await paintedIn(page, id));
    // The first opening compiles; people open a chart all day long.
    const measured = spread(times.slice(1));
    return [{ what: `summary of a chart with ${entries} entries, painted`, unit: 'ms', measured, aims: [atMost('p99', measured.p99, 150, ' ms')] }];
  } finally {
    await window.stop();
    await browser.close();
    rmSync(profile, { recursive: true });
  }
}

/** Milliseconds from the address of the chart to the second frame after its summary is drawn, every card with its values. */
async function paintedIn(page: Page, patientId: string): Promise<number> {
  await page.evaluate(() => void (location.hash = '/patients'));
  await page.getByRole('grid').first().waitFor();
  await page.waitForTimeout(200);
  return page.evaluate(async (id) => {
    const frame = () => new Promise(requestAnimationFrame);
    const start = performance.now();
    location.hash = `/patients/${id}`;
    while (!document.querySelector('[data-chart-summary]')) await frame();
    await frame();
    return performance.now() - start;
  }, patientId);
}
