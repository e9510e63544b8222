import { expect, test } from 'vitest';
import { createPatient } from './patients.ts';
import { sheetPrinted } from './prints.ts';
import { currentSite, updateSite } from './sites.ts';
import { auditTrail, errorOf, openClinic, patientInput } from './testing/clinic.ts';

test('each sheet is told to the audit by its name, and the front desk prints labels alone', async () => {
  const clinic = await openClinic();
  const [doctor, desk] = [clinic.context('doctor'), clinic.context('front-desk')];
  const { id: patientId } = createPatient(desk, { patient: patientInput });
  sheetPrinted(doctor, { patientId, sheet: 'letter' });
  sheetPrinted(desk, { patientId, sheet: 'label' });
  expect(auditTrail(clinic).slice(-2)).toMatchObject([
    { action: 'letter.printed', actorName: 'Dora Doctor', patientId },
    { action: 'label.printed', actorName: 'Dan Desk', patientId },
  ]);
  expect(await errorOf(() => sheetPrinted(desk, { patientId, sheet: 'laboratory' }))).toEqual({ code: 'forbidden', permission: 'record.read' });
  expect(await errorOf(() => sheetPrinted(doctor, { patientId: clinic.workstation.environment.newId(), sheet: 'label' }))).toMatchObject({ code: 'not-found' });
});

test('the logo is of the clinic and travels with its details', async () => {
  const admin = (await openClinic()).context('admin');
  const { organisationName, name, departments, rev } = currentSite(admin);
  const logo = `data:image/png;base64,${btoa('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')}`;
  updateSite(admin, { rev, site: { organisationName, name, departments, logo } });
  expect(currentSite(admin).logo).toBe(logo);
});
