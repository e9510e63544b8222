import { expect, test } from 'vitest';
import { createAllergy } from './allergies.ts';
import { addFavouriteOrder, listFavourites, listRecentPatients, removeFavouriteOrder, setFavouritePatient } from './favourites.ts';
import { createObservations } from './observations.ts';
import { endService, signOrders } from './orders.ts';
import { createPatient, deletePatient, getPatient, updatePatient } from './patients.ts';
import { createRecord, getRecord, signRecord, updateRecord } from './records.ts';
import { lastSave, undoSave } from './saves.ts';
import { updateSite } from './sites.ts';
import { currentSite } from './sites.ts';
import { auditTrail, errorOf, openClinic, patientInput, recordInput } from './testing/clinic.ts';
import { createTextTemplate, deleteTextTemplate, listTextTemplates, updateTextTemplate } from './text-templates.ts';

const amoxicillin = {
  medicationCodeableConcept: { text: 'Amoxicillin' }, doseQuantity: { value: 500, unit: 'mg' }, route: 'oral', frequency: 'TID', days: 7,
} as const;
const bloodCount = { code: { text: 'Blood count' }, category: 'laboratory', priority: 'routine' } as const;

async function opened() {
  const clinic = await openClinic();
  const [doctor, nurse, desk] = [clinic.context('doctor'), clinic.context('nurse'), clinic.context('front-desk')];
  return { clinic, doctor, nurse, desk, patient: createPatient(desk, { patient: patientInput }) };
}

test('the charts that a person opened last are hers alone, newest first, without the trash', async () => {
  const { clinic, doctor, nurse, patient } = await opened();
  const other = createPatient(nurse, { patient: { ...patientInput, name: '李小红' } });
  for (const { id } of [patient, other]) {
    getPatient(doctor, { id, viewed: true });
    clinic.clock.pass(60_000);
  }
  expect(listRecentPatients(doctor).map(({ id }) => id)).toEqual([other.id, patient.id]);
  expect(listRecentPatients(nurse)).toEqual([]);
  deletePatient(doctor, other);
  expect(listRecentPatients(doctor).map(({ id }) => id)).toEqual([patient.id]);
});

test('favourites are their owner’s, are one however often they are made, and show no orders to the front desk', async () => {
  const { doctor, nurse, desk, patient } = await opened();
  setFavouritePatient(doctor, { patientId: patient.id, favourite: true });
  setFavouritePatient(doctor, { patientId: patient.id, favourite: true });
  const order = addFavouriteOrder(doctor, { medicationOrder: amoxicillin });
  expect(addFavouriteOrder(doctor, { medicationOrder: amoxicillin }).id).toBe(order.id);
  expect(listFavourites(doctor)).toMatchObject({ patients: [{ id: patient.id }], orders: [{ medicationOrder: amoxicillin }] });
  expect(listFavourites(nurse)).toEqual({ patients: [], orders: [] });
  expect(await errorOf(() => removeFavouriteOrder(nurse, order))).toMatchObject({ code: 'not-found' });
  setFavouritePatient(desk, { patientId: patient.id, favourite: true });
  setFavouritePatient(doctor, { patientId: patient.id, favourite: false });
  removeFavouriteOrder(doctor, order);
  expect(listFavourites(doctor)).toEqual({ patients: [], orders: [] });
  setFavouritePatient(doctor, { patientId: patient.id, favourite: true });
  expect(listFavourites(doctor).patients).toHaveLength(1);
  expect(listFavourites(desk).patients).toHaveLength(1);
});

test('one shortcut is one text in a department', async () => {
  const { doctor } = await opened();
  const cold = { kind: 'snippet', title: 'Cold', shortcut: 'cold', text: 'Runny nose for three days.' } as const;
  const written = createTextTemplate(doctor, { template: cold });
  expect(await errorOf(() => createTextTemplate(doctor, { template: { ...cold, title: 'Other', shortcut: 'COLD' } }))).toEqual({
    code: 'invalid-input', issues: [{ path: 'template.shortcut', code: 'shortcut-taken' }],
  });
  createTextTemplate(doctor, { template: { ...cold, department: 'Medicine' } });
  const changed = updateTextTemplate(doctor, { id: written.id, rev: written.rev, template: { ...cold, text: 'Cough.' } });
  deleteTextTemplate(doctor, changed);
  expect(listTextTemplates(doctor).map(({ department }) => department)).toEqual(['Medicine']);
});

test('undo brings the text before the save back, and undone itself the text after it', async () => {
  const { clinic, doctor, patient } = await opened();
  const record = createRecord(doctor, { patientId: patient.id, record: recordInput });
  updateRecord(doctor, { id: record.id, rev: record.rev, record: { ...recordInput, treatment: 'Rest' } });
  expect(lastSave(doctor)).toMatchObject({ action: 'record.updated' });
  expect(undoSave(doctor, {})).toEqual({ undone: 'record.updated' });
  expect(getRecord(doctor, record)).not.toHaveProperty('treatment');
  undoSave(doctor, {});
  expect(getRecord(doctor, record).treatment).toBe('Rest');
  undoSave(doctor, { changeSetId: String(lastSave(doctor)?.changeSetId) });
  expect(getRecord(doctor, record)).not.toHaveProperty('treatment');
  expect(auditTrail(clinic).at(-1)).toMatchObject({ action: 'save.undone', patientId: patient.id });
});

test('what was new goes to the trash, with all that one save wrote', async () => {
  const { doctor, nurse, patient } = await opened();
  const record = createRecord(doctor, { patientId: patient.id, record: recordInput });
  undoSave(doctor, {});
  expect(getRecord(doctor, record).deleted).toBe(true);
  const { serviceRequests: [order] } = signOrders(doctor, { patientId: patient.id, medicationRequests: [], serviceRequests: [bloodCount] });
  createObservations(nurse, {
    patientId: patient.id,
    contents: [{ code: { text: 'Haemoglobin' }, status: 'final', category: 'laboratory', effectiveDateTime: '2026-03-02', valueQuantity: { value: 130, unit: 'g/L' }, serviceRequestId: order?.id }],
  });
  undoSave(nurse, {});
  // The order that the result had completed waits again, under the signature that it always had.
  expect(doctor.store.get('serviceRequests', String(order?.id))).toMatchObject({ status: 'active', signature: { name: 'Dora Doctor' } });
});

test('a later change, work on a new patient, a signature and the time stand in the way of undo', async () => {
  const { clinic, doctor, nurse, desk, patient } = await opened();
  const record = createRecord(nurse, { patientId: patient.id, record: recordInput });
  expect(await errorOf(() => undoSave(desk, {}))).toEqual({ code: 'undo-changed-since' });
  const changed = updateRecord(doctor, { id: record.id, rev: record.rev, record: { ...recordInput, treatment: 'Rest' } });
  expect(await errorOf(() => undoSave(nurse, {}))).toEqual({ code: 'undo-changed-since' });
  signRecord(doctor, { id: record.id, rev: changed.rev });
  expect(await errorOf(() => undoSave(doctor, {}))).toEqual({ code: 'undo-signed' });
  expect(lastSave(doctor)).toBeNull();
  expect(getRecord(doctor, record)).toMatchObject({ status: 'signed', treatment: 'Rest' });
  createAllergy(nurse, { patientId: patient.id, content: { code: { text: 'Penicillin' }, clinicalStatus: 'active', verificationStatus: 'confirmed' } });
  clinic.clock.pass(6 * 60_000);
  expect(await errorOf(() => undoSave(nurse, {}))).toEqual({ code: 'undo-nothing' });
  expect(lastSave(nurse)).toBeNull();
});

test('a signed order is not taken back, nor what has a screen of its own', async () => {
  const { clinic, doctor, patient } = await opened();
  const { serviceRequests: [order] } = signOrders(doctor, { patientId: patient.id, medicationRequests: [amoxicillin], serviceRequests: [bloodCount] });
  expect(await errorOf(() => undoSave(doctor, {}))).toEqual({ code: 'undo-signed' });
  endService(doctor, { id: String(order?.id), rev: String(order?.rev), status: 'revoked', reason: 'By mistake' });
  undoSave(doctor, {});
  expect(doctor.store.get('serviceRequests', String(order?.id))).toMatchObject({ status: 'active' });
  const admin = clinic.context('admin');
  const { id: _id, rev, createdAt: _c, updatedAt: _u, updatedBy: _b, deleted: _d, recoveryPublicKey: _r, ...site } = currentSite(admin);
  updateSite(admin, { rev, site: { ...site, name: 'Renamed' } });
  expect(await errorOf(() => undoSave(admin, {}))).toEqual({ code: 'undo-not-offered' });
});

test('nobody undoes what another person saved', async () => {
  const { doctor, nurse, desk, patient } = await opened();
  updatePatient(desk, { id: patient.id, rev: patient.rev, patient: { ...patientInput, phone: '13800001234' } });
  const { changeSetId } = lastSave(desk) ?? { changeSetId: '' };
  expect(await errorOf(() => undoSave(doctor, { changeSetId }))).toEqual({ code: 'undo-nothing' });
  expect(getPatient(nurse, patient).phone).toBe('13800001234');
});
