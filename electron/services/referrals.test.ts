import { expect, test } from 'vitest';
import { codeOf } from '../../shared/testing/error-of.ts';
import { writeMeta } from '../storage/meta.ts';
import { createAllergy, listAllergies } from './allergies.ts';
import { createCareTask, endCareTask, listCareTasks, readCareTasks } from './care-tasks.ts';
import { correspondenceCounts, listCommunications, readCommunications, sendCommunication } from './communications.ts';
import type { Context } from './context.ts';
import { mergePatients } from './duplicates.ts';
import { createPatient, getPatient } from './patients.ts';
import { acknowledgeArrivals } from './receipts.ts';
import { acceptReferral, cancelReferral, completeReferral, endSharing, getReferral, listReferrals, openSharedChart, readReferral, recipients, rejectReferral, sendReferral } from './referrals.ts';
import { countParts } from './shared-charts.ts';
import { openClinic, patientInput } from './testing/clinic.ts';

/** Two sites on one store: which of them the workstation belongs to is turned over, as if all had been sent meanwhile. */
async function twoSites() {
  const clinic = await openClinic();
  const [doctor, nurse] = [clinic.context('doctor'), clinic.context('nurse')];
  const { store } = doctor;
  const here = store.siteId as string;
  const there = store.commit({ actor: doctor.actor, action: 'clinic.updated' }, (transaction) => transaction.create('sites', { organisationName: 'Test Group', name: 'Lake Clinic', departments: [] })).id;
  const at = (siteId: string) => writeMeta(store.connection, 'siteId', siteId);
  const patient = createPatient(doctor, { patient: patientInput });
  createAllergy(doctor, { patientId: patient.id, content: { code: { text: 'Penicillin G' }, criticality: 'high', clinicalStatus: 'active', verificationStatus: 'confirmed' } });
  return { clinic, doctor, nurse, store, here, there, at, patient };
}
const window = { offset: 0, limit: 10 };
const letter = { kind: 'referral', priority: 'routine', reason: 'Innocent murmur?', parts: ['allergyIntolerances'], days: 30 } as const;
const sent = (doctor: Context, patientId: string, recipientSiteId: string, over: object = {}) => sendReferral(doctor, { ...letter, parts: [...letter.parts], patientId, recipientSiteId, ...over });

test('a referral carries a copy of what was chosen, and of nothing else', async () => {
  const { doctor, there, patient } = await twoSites();
  expect(recipients(doctor).sites).toEqual([{ id: there, name: 'Lake Clinic' }]);
  expect(countParts(doctor, { patientId: patient.id })).toMatchObject({ allergyIntolerances: 1, conditions: 0 });
  expect(countParts(doctor, { patientId: patient.id, since: '2027-01-01' }).allergyIntolerances).toBe(0);
  const { id } = sent(doctor, patient.id, there);
  expect(openSharedChart(doctor, { id })).toMatchObject({ patient: { name: patient.name }, entries: [{ collection: 'allergyIntolerances', content: { code: { text: 'Penicillin G' } } }] });
  expect(openSharedChart(doctor, { id: sent(doctor, patient.id, there, { parts: [] }).id }).entries).toEqual([]);
  expect(codeOf(() => sent(doctor, patient.id, doctor.store.siteId as string))).toBe('invalid-input');
});

test('arrival and reading are told by the other site alone, once', async () => {
  const { doctor, nurse, store, here, there, at, patient } = await twoSites();
  const { id } = sent(doctor, patient.id, there);
  acknowledgeArrivals(store);
  readReferral(doctor, { id });
  expect(getReferral(doctor, { id })).toMatchObject({ direction: 'out', patientId: patient.id });
  expect(getReferral(doctor, { id }).received).toBeUndefined();
  at(there);
  expect(correspondenceCounts(nurse).referrals).toBe(1);
  acknowledgeArrivals(store);
  const { received } = getReferral(nurse, { id });
  expect(received).toBe(store.now().toISOString());
  readReferral(nurse, { id });
  readReferral(doctor, { id });
  acknowledgeArrivals(store);
  at(here);
  expect(listReferrals(doctor, { direction: 'out', ...window }).rows[0]).toMatchObject({ received, read: { name: nurse.actor.name }, recipientSiteName: 'Lake Clinic' });
});

test('it is accepted once, and the patient is registered with what came along, or it becomes part of a chart that is there', async () => {
  const { doctor, there, at, patient } = await twoSites();
  const [{ id }, second] = [sent(doctor, patient.id, there), sent(doctor, patient.id, there)];
  expect(codeOf(() => acceptReferral(doctor, { id }))).toBe('referral-closed');
  at(there);
  const { recipientPatientId = '' } = acceptReferral(doctor, { id });
  const registered = getPatient(doctor, { id: recipientPatientId });
  expect(registered).toMatchObject({ name: patient.name, siteIds: [there] });
  expect(registered.id).not.toBe(patient.id);
  expect(registered.medicalRecordNumber).not.toBe(patient.medicalRecordNumber);
  const allergies = () => listAllergies(doctor, { patientId: registered.id, ...window }).rows;
  expect(allergies()).toMatchObject([{ code: { text: 'Penicillin G' }, recorderName: doctor.actor.name, patientId: registered.id }]);
  // The same entry again, with a second letter: it is known.
  acceptReferral(doctor, { id: second.id, patientId: registered.id });
  expect(allergies()).toHaveLength(1);
  expect(codeOf(() => rejectReferral(doctor, { id, reason: 'Full' }))).toBe('referral-closed');
  expect(completeReferral(doctor, { id, reason: 'Seen' })).toMatchObject({ status: 'completed', statusReason: 'Seen' });
});

test('it is declined with a reason, and taken back by its sender together with the copy', async () => {
  const { doctor, here, there, at, patient } = await twoSites();
  const [declined, taken] = [sent(doctor, patient.id, there), sent(doctor, patient.id, there)];
  cancelReferral(doctor, { id: taken.id, reason: 'Better' });
  expect(doctor.store.get('sharedCharts', taken.sharedChartId ?? '')?.siteIds).toEqual([here]);
  at(there);
  expect(codeOf(() => openSharedChart(doctor, { id: taken.id }))).toBe('sharing-ended');
  expect(rejectReferral(doctor, { id: declined.id, reason: 'No cardiologist' })).toMatchObject({ status: 'rejected', statusReason: 'No cardiologist', statusChange: { name: doctor.actor.name } });
  expect(codeOf(() => acceptReferral(doctor, { id: taken.id }))).toBe('referral-closed');
});

test('a copy is not given once its time is over, by this workstation’s clock and without a line, but to its sender', async () => {
  const { clinic, doctor, here, there, at, patient } = await twoSites();
  const { id } = sent(doctor, patient.id, there, { kind: 'shared-chart', days: 1 });
  at(there);
  expect(openSharedChart(doctor, { id }).entries).toHaveLength(1);
  expect(getReferral(doctor, { id }).chartUntil).toBeDefined();
  clinic.clock.pass(86_400_000);
  expect(codeOf(() => openSharedChart(doctor, { id }))).toBe('sharing-ended');
  expect(getReferral(doctor, { id }).chartUntil).toBeUndefined();
  expect(codeOf(() => acceptReferral(doctor, { id }))).toBe('referral-closed');
  at(here);
  expect(openSharedChart(doctor, { id }).entries).toHaveLength(1);
  const other = sent(doctor, patient.id, there, { kind: 'shared-chart' });
  endSharing(doctor, { id: other.id });
  at(there);
  expect(codeOf(() => openSharedChart(doctor, { id: other.id }))).toBe('sharing-ended');
});

/** Accepted at the other site, and both sites told of it. */
function transferred(clinic: Awaited<ReturnType<typeof twoSites>>, over: object = {}) {
  const { doctor, store, here, there, at, patient } = clinic;
  const { id } = sent(doctor, patient.id, there, { kind: 'transfer', ...over });
  at(there);
  acceptReferral(doctor, { id });
  at(here);
  acknowledgeArrivals(store);
  return id;
}
const sitesOf = ({ doctor, patient }: Awaited<ReturnType<typeof twoSites>>) => getPatient(doctor, { id: patient.id }).siteIds;

test('an accepted transfer gives the chart to the other site, from the sender’s side and once', async () => {
  const clinic = await twoSites();
  const { doctor, store, here, there, at, patient } = clinic;
  const { id, keepCopy } = sent(doctor, patient.id, there, { kind: 'transfer' });
  expect(keepCopy).toBe(true);
  expect(sent(doctor, patient.id, there).keepCopy).toBeUndefined();
  acknowledgeArrivals(store);
  expect(sitesOf(clinic)).toEqual([here]);
  at(there);
  expect(acceptReferral(doctor, { id }).recipientPatientId).toBeUndefined();
  // Done before the sender has heard that it was accepted.
  completeReferral(doctor, { id });
  acknowledgeArrivals(store);
  expect(sitesOf(clinic)).toEqual([here]);
  at(here);
  acknowledgeArrivals(store);
  const given = getPatient(doctor, { id: patient.id });
  expect(given.siteIds).toEqual([here, there]);
  acknowledgeArrivals(store);
  expect(getPatient(doctor, { id: patient.id }).rev).toBe(given.rev);
});

test('a chart leaves the sender’s site where the letter says that none is kept, and stays with all others that hold it', async () => {
  const clinic = await twoSites();
  transferred(clinic);
  transferred(clinic, { keepCopy: false });
  expect(sitesOf(clinic)).toEqual([clinic.there]);
});

test('a patient who is transferred back stays there, whatever the older letter says', async () => {
  const clinic = await twoSites();
  const { doctor, store, here, there, at, patient } = clinic;
  transferred(clinic, { keepCopy: false });
  at(there);
  const { id } = sent(doctor, patient.id, here, { kind: 'transfer', keepCopy: false });
  at(here);
  acceptReferral(doctor, { id });
  at(there);
  acknowledgeArrivals(store);
  at(here);
  acknowledgeArrivals(store);
  expect(sitesOf(clinic)).toEqual([here]);
});

test('a transferred chart is whole: the entries that were merged into the patient go along', async () => {
  const clinic = await twoSites();
  const { doctor, here, there, patient } = clinic;
  const twin = createPatient(doctor, { patient: { ...patientInput, name: `${patientInput.name} B` } });
  mergePatients(doctor, { survivor: { id: patient.id, rev: patient.rev }, replaced: { id: twin.id, rev: twin.rev } });
  transferred(clinic);
  expect(getPatient(doctor, { id: twin.id }).siteIds).toEqual([here, there]);
});

test('messages and tasks reach whom they are for, and come back read and done', async () => {
  const { doctor, nurse, store, there, at, patient } = await twoSites();
  const { id: referralId } = sent(doctor, patient.id, there);
  const onReferral = sendCommunication(doctor, { referralId, payload: 'Please call' });
  const toNurse = sendCommunication(doctor, { patientId: patient.id, payload: 'Weigh her', recipientId: nurse.user.id });
  const task = createCareTask(doctor, { patientId: patient.id, description: 'Take blood', priority: 'urgent', ownerId: nurse.user.id });
  // What stays at its own site has not arrived anywhere.
  acknowledgeArrivals(store);
  expect(store.get('communications', toNurse.id)?.received).toBeUndefined();
  expect(correspondenceCounts(nurse)).toEqual({ referrals: 0, communications: 1, careTasks: 1 });
  expect(correspondenceCounts(doctor)).toEqual({ referrals: 0, communications: 0, careTasks: 0 });
  readCommunications(doctor, { ids: [onReferral.id, toNurse.id] });
  readCommunications(nurse, { ids: [onReferral.id, toNurse.id] });
  readCareTasks(nurse, { ids: [task.id] });
  const mine = (context: Context) => listCommunications(context, { patientId: patient.id, ...window }).rows;
  expect(mine(doctor)).toMatchObject([{ id: toNurse.id, direction: 'out', patientName: patient.name, read: { name: nurse.actor.name } }]);
  expect(store.get('communications', onReferral.id)?.read).toBeUndefined();
  const open = store.get('careTasks', task.id);
  expect(open?.read?.name).toBe(nurse.actor.name);
  expect(codeOf(() => endCareTask(nurse, { id: task.id, rev: open?.rev ?? '', status: 'cancelled' }))).toBe('referral-closed');
  endCareTask(nurse, { id: task.id, rev: open?.rev ?? '', status: 'completed' });
  expect(listCareTasks(doctor, { open: true, ...window }).rows).toEqual([]);
  at(there);
  acknowledgeArrivals(store);
  expect(store.get('communications', onReferral.id)).toMatchObject({ recipientSiteId: there, received: store.now().toISOString() });
  expect(correspondenceCounts(nurse).communications).toBe(1);
});
