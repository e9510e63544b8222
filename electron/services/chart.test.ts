import { expect, test } from 'vitest';
import { vitalSignObservations } from '../../shared/chart/vital-signs.ts';
import { noKnownAllergyCode, type AllergyIntoleranceInput } from '../../shared/schema/allergy-intolerance.ts';
import { codeSystems } from '../../shared/schema/fhir-types.ts';
import { medicationOrderSchema, type MedicationOrder } from '../../shared/schema/medication-request.ts';
import type { ObservationInput } from '../../shared/schema/observation.ts';
import type { ServiceOrder } from '../../shared/schema/service-request.ts';
import { chartAlerts, createAllergy, listAllergies, updateAllergy } from './allergies.ts';
import { chartSummary } from './chart.ts';
import { codeTables, loadCodeTable, searchCodeTables } from './codes.ts';
import { clinicRanges, loadRanges, removeRanges } from './laboratory-ranges.ts';
import { exportList } from './list-exports.ts';
import { exportedText } from './testing/files.ts';
import { createCondition, updateCondition } from './conditions.ts';
import { createImmunization } from './immunizations.ts';
import { createObservations, listObservations, updateObservation } from './observations.ts';
import { listServiceRequests, orderGroup, ordersPrinted, signOrders, stopMedication } from './orders.ts';
import { createPatient } from './patients.ts';
import { createRecord } from './records.ts';
import { auditTrail, errorOf, openClinic, patientInput, recordInput } from './testing/clinic.ts';

const page = { offset: 0, limit: 50 };
const penicillin: AllergyIntoleranceInput = {
  code: { text: '青霉素' }, category: 'medication', criticality: 'high', clinicalStatus: 'active', verificationStatus: 'confirmed',
};
const noKnownAllergy: AllergyIntoleranceInput = {
  code: { coding: [{ system: codeSystems.snomed, code: noKnownAllergyCode }], text: 'No known allergies' }, clinicalStatus: 'active', verificationStatus: 'confirmed',
};
const amoxicillin: MedicationOrder = {
  medicationCodeableConcept: { coding: [{ system: codeSystems.atc, code: 'J01CA04' }], text: 'Amoxicillin' },
  doseQuantity: { value: 500, unit: 'mg' }, route: 'oral', frequency: 'TID', days: 7,
};
const bloodCount: ServiceOrder = { code: { coding: [{ system: codeSystems.loinc, code: '58410-2' }], text: 'Complete blood count' }, category: 'laboratory', priority: 'routine' };

async function clinicWithPatient() {
  const clinic = await openClinic();
  const [nurse, doctor] = [clinic.context('nurse'), clinic.context('doctor')];
  const patientId = createPatient(nurse, { patient: patientInput }).id;
  return { clinic, nurse, doctor, patientId };
}

test('a first allergy ends the assertion that there are none, and one is never deleted but said to be a mistake', async () => {
  const { nurse, patientId } = await clinicWithPatient();
  createAllergy(nurse, { patientId, content: noKnownAllergy });
  const allergy = createAllergy(nurse, { patientId, content: penicillin });
  expect(chartAlerts(nurse, { patientId }).allergyIntolerances.map(({ code }) => code.text)).toEqual(['青霉素']);
  updateAllergy(nurse, { id: allergy.id, rev: allergy.rev, content: { ...penicillin, verificationStatus: 'entered-in-error' } });
  expect(chartAlerts(nurse, { patientId }).allergyIntolerances).toEqual([]);
  expect(listAllergies(nurse, { patientId, ...page }).rows.map(({ verificationStatus }) => verificationStatus).sort()).toEqual(['confirmed', 'entered-in-error']);
});

test('an allergy stops a drug of its group until a reason is given, which is kept', async () => {
  const { clinic, nurse, doctor, patientId } = await clinicWithPatient();
  createAllergy(nurse, { patientId, content: penicillin });
  const sign = (order: MedicationOrder) => signOrders(doctor, { patientId, medicationRequests: [order], serviceRequests: [bloodCount] });
  const stop = [{ path: 'medicationRequests.0.detectedIssues', code: 'allergy-stops', params: { substance: '青霉素' } }];
  expect(await errorOf(() => sign(amoxicillin))).toEqual({ code: 'invalid-input', issues: stop });
  expect(await errorOf(() => sign({ ...amoxicillin, detectedIssues: [{ kind: 'allergy', detail: '青霉素' }] }))).toEqual({ code: 'invalid-input', issues: stop });
  expect(listServiceRequests(doctor, { patientId, ...page }).total).toBe(0);
  const detectedIssues = [{ kind: 'allergy' as const, detail: '青霉素', reason: 'Tolerated twice since' }];
  const signed = sign({ ...amoxicillin, detectedIssues });
  expect(signed.medicationRequests).toMatchObject([{ status: 'active', detectedIssues, quantity: { value: 42, unit: 'capsule' }, signature: { name: 'Dora Doctor' } }]);
  const { groupIdentifier } = signed;
  expect(orderGroup(doctor, { patientId, groupIdentifier }).serviceRequests).toMatchObject([{ groupIdentifier, status: 'active' }]);
  ordersPrinted(doctor, { patientId, groupIdentifier });
  expect(auditTrail(clinic).map(({ action }) => action).slice(-2)).toEqual(['order.signed', 'order.printed']);
});

test('a vital sign that nobody has is refused, alone, as a part and as a correction; one that stands there can be said to be a mistake', async () => {
  const { clinic, nurse, patientId } = await clinicWithPatient();
  const person = { gender: 'male', age: 35 } as const;
  const at = clinic.clock.now().toISOString();
  const round = (values: Parameters<typeof vitalSignObservations>[0]) => vitalSignObservations(values, at, person);
  const saving = (contents: ObservationInput[]) => errorOf(() => createObservations(nurse, { patientId, contents }));
  const amiss = (...paths: string[]) => ({ code: 'invalid-input', issues: paths.map((path) => ({ path, code: 'out-of-range' })) });
  expect(await saving(round({ heartRate: 72, temperature: 370 }))).toEqual(amiss('contents.1.valueQuantity'));
  expect(await saving(round({ systolic: 120, diastolic: 800 }))).toEqual(amiss('contents.0.component.1.valueQuantity'));
  expect(await saving(round({ weight: 70, height: 25 }))).toEqual(amiss('contents.2.valueQuantity'));
  expect(listObservations(nurse, { patientId, ...page }).total).toBe(0);
  const [fever = {} as ObservationInput] = round({ temperature: 38 });
  const inFahrenheit: ObservationInput = { ...fever, valueQuantity: { value: 98.6, unit: '°F', code: '[degF]' } };
  const [kept] = createObservations(nurse, { patientId, contents: [inFahrenheit] });
  const [wrong = fever] = round({ temperature: 370 });
  expect(await errorOf(() => updateObservation(nurse, { id: kept?.id ?? '', rev: kept?.rev ?? '', content: wrong }))).toEqual(amiss('content.valueQuantity'));
  const brought = nurse.store.commit({ actor: nurse.actor, action: 'observation.created', about: { patientId } }, (transaction) => transaction.create('observations', { ...wrong, patientId, recorderId: 'elsewhere', recorderName: 'Elsewhere', recordedDate: at }));
  expect(updateObservation(nurse, { id: brought.id, rev: brought.rev, content: { ...wrong, status: 'entered-in-error' } })).toMatchObject({ status: 'entered-in-error' });
});

test('nothing happened to a patient tomorrow or before birth, and what stands there already does not hinder a correction', async () => {
  const { clinic, nurse, doctor, patientId } = await clinicWithPatient();
  const gout = { code: { text: 'Gout' }, clinicalStatus: 'active', verificationStatus: 'confirmed' } as const;
  const amiss = (path: string, code: string) => ({ code: 'invalid-input', issues: [{ path, code }] });
  const temperature = vitalSignObservations({ temperature: 37 }, '1800-01-01T09:00:00.000Z', { gender: 'male', age: 35 });
  expect(await errorOf(() => createCondition(nurse, { patientId, content: { ...gout, onsetDateTime: '2206-03-01' } }))).toEqual(amiss('content.onsetDateTime', 'date-in-future'));
  expect(await errorOf(() => createImmunization(nurse, { patientId, content: { vaccineCode: { text: 'BCG' }, status: 'completed', occurrenceDateTime: '1899-05-18' } }))).toEqual(amiss('content.occurrenceDateTime', 'before-birth'));
  expect(await errorOf(() => createObservations(nurse, { patientId, contents: temperature }))).toEqual(amiss('contents.0.effectiveDateTime', 'before-birth'));
  expect(await errorOf(() => createRecord(doctor, { patientId, record: { ...recordInput, admissionDate: '2062-03-02' } }))).toEqual(amiss('record.admissionDate', 'date-in-future'));
  clinic.clock.set('2026-03-02T18:00:00.000Z');
  // Already the third in Shanghai.
  expect(createRecord(doctor, { patientId, record: { ...recordInput, admissionDate: '2026-03-03' } })).toMatchObject({ status: 'draft' });
  const { id, rev } = clinic.workstation.store.commit({ actor: doctor.actor, action: 'condition.created' }, (transaction) =>
    transaction.create('conditions', { ...gout, onsetDateTime: '2206', patientId, recorderId: '', recorderName: '', recordedDate: '2026-03-02T09:00:00.000Z' }));
  expect(updateCondition(nurse, { id, rev, content: { ...gout, onsetDateTime: '2206', note: 'Of the big toe' } })).toMatchObject({ note: 'Of the big toe' });
});

test.each([0, -5, 1e9, 1e308])('a dose of %d is none', (value) => {
  expect(medicationOrderSchema.safeParse({ ...amoxicillin, doseQuantity: { value, unit: 'mg' } }).error?.issues).toMatchObject([{ path: ['doseQuantity', 'value'], message: 'out-of-range' }]);
});

test('a printed order names the department, the diagnosis of its visit and a child’s last weight by that day', async () => {
  const { clinic, nurse, doctor } = await clinicWithPatient();
  const weigh = (patientId: string, weight: number) => createObservations(nurse, { patientId, contents: vitalSignObservations({ weight }, clinic.clock.now().toISOString(), { gender: 'male', age: 4 }) })[0];
  const printed = (patientId: string) => orderGroup(doctor, { patientId, groupIdentifier: signOrders(doctor, { patientId, medicationRequests: [amoxicillin], serviceRequests: [] }).groupIdentifier }).visit;
  const child = createPatient(nurse, { patient: { ...patientInput, name: '王小宝', nationalId: undefined, birthday: '2022-01-05' } }).id;
  createCondition(nurse, { patientId: child, content: { code: { text: 'Asthma' }, clinicalStatus: 'active', verificationStatus: 'confirmed' } });
  expect(printed(child)).toEqual({ day: '2026-03-02', diagnoses: ['Asthma'] });
  weigh(child, 15);
  clinic.clock.pass(60_000);
  const slip = weigh(child, 150);
  updateObservation(nurse, { id: slip?.id ?? '', rev: slip?.rev ?? '', content: { ...vitalSignObservations({ weight: 150 }, slip?.effectiveDateTime ?? '', { gender: 'male', age: 4 })[0] as ObservationInput, status: 'entered-in-error' } });
  createRecord(doctor, { patientId: child, record: { kind: 'emergency', department: 'Paediatrics', chiefComplaint: 'Cough', diagnosis: 'Bronchitis', admissionDate: '2026-03-02' } });
  const visit = { day: '2026-03-02', department: 'Paediatrics', kind: 'emergency', diagnoses: ['Bronchitis', 'Asthma'] };
  expect(printed(child)).toEqual({ ...visit, weight: { value: 15, day: '2026-03-02' } });
  const adult = createPatient(nurse, { patient: { ...patientInput, name: '李大', nationalId: undefined } }).id;
  weigh(adult, 70);
  clinic.clock.pass(86_400_000);
  weigh(child, 16);
  expect([printed(adult).weight, printed(child)]).toEqual([undefined, { day: '2026-03-03', diagnoses: ['Asthma'], weight: { value: 16, day: '2026-03-03' } }]);
});

test('a basket is one change set, and a signed prescription is stopped with who and why and nothing else changed', async () => {
  const { clinic, doctor, patientId } = await clinicWithPatient();
  const { medicationRequests: [order] } = signOrders(doctor, { patientId, medicationRequests: [amoxicillin], serviceRequests: [bloodCount] });
  const sets = clinic.workstation.store.connection.prepare("SELECT document_count FROM change_sets WHERE action = 'order.signed'").all();
  expect(sets).toEqual([{ document_count: 2 }]);
  const { id = '', rev = '' } = order ?? {};
  const stopped = stopMedication(doctor, { id, rev, status: 'stopped', reason: 'Rash' });
  expect(stopped).toMatchObject({ status: 'stopped', statusReason: 'Rash', statusChange: { name: 'Dora Doctor' }, signature: order?.signature, doseQuantity: { value: 500 } });
  expect(chartSummary(doctor, { patientId }).medicationRequests).toEqual([]);
});

test('what is measured is interpreted, results complete their order, and the summary says how fresh each part is', async () => {
  const { clinic, nurse, doctor, patientId } = await clinicWithPatient();
  const at = clinic.clock.now().toISOString();
  createObservations(nurse, { patientId, contents: vitalSignObservations({ systolic: 150, diastolic: 85, weight: 70, height: 175 }, at, { gender: 'male', age: 35 }) });
  const { serviceRequests: [order] } = signOrders(doctor, { patientId, medicationRequests: [], serviceRequests: [bloodCount] });
  clinic.clock.pass(3_600_000);
  const result: ObservationInput = { code: { coding: [{ system: codeSystems.loinc, code: '718-7' }], text: 'Haemoglobin' }, status: 'final', category: 'laboratory', effectiveDateTime: at, valueQuantity: { value: 90, unit: 'g/L' }, interpretation: 'L' };
  createObservations(nurse, { patientId, contents: [{ ...result, serviceRequestId: order?.id }] });
  createCondition(nurse, { patientId, content: { code: { text: 'Asthma' }, clinicalStatus: 'active', verificationStatus: 'confirmed' } });
  const summary = chartSummary(nurse, { patientId });
  const [pressure] = summary.vitalSigns;
  expect(pressure?.component?.map(({ interpretation }) => interpretation)).toEqual(['H', 'N']);
  expect(summary.vitalSigns.map(({ code }) => code.text)).toEqual(['Blood pressure panel', 'Body weight', 'Body height', 'Body mass index']);
  expect(summary.serviceRequests).toEqual([]);
  expect(listServiceRequests(doctor, { patientId, ...page }).rows).toMatchObject([{ status: 'completed' }]);
  expect(summary.updatedAt).toEqual({ conditions: '2026-03-02T10:00:00.000Z', laboratory: '2026-03-02T10:00:00.000Z', serviceRequests: '2026-03-02T10:00:00.000Z', vitalSigns: at });
  expect(listObservations(nurse, { patientId, category: 'laboratory', ...page }).total).toBe(1);
  const tomorrow = { ...result, effectiveDateTime: '2026-03-03T10:00:00.000Z' };
  expect(await errorOf(() => createObservations(nurse, { patientId, contents: [tomorrow] }))).toMatchObject({ code: 'invalid-input' });
});

test('a table of codes that the clinic loads takes the place of the built-in one once all of it is here, and the same file writes nothing', async () => {
  const { clinic, doctor } = await clinicWithPatient();
  const admin = clinic.context('admin');
  const search = (query: string) => searchCodeTables(doctor, { system: codeSystems.icd10, query, language: 'zh' }).map(({ code, display }) => `${code} ${display}`);
  expect(search('hypert')).toEqual(['I10 原发性高血压']);
  const rows = Array.from({ length: 1200 }, (_, index) => `X${String(index).padStart(4, '0')},疾病${String(index)}`);
  const text = ['疾病编码,疾病名称', ...rows].join('\r\n');
  const load = () => loadCodeTable(admin, { system: codeSystems.icd10, name: 'GB/T 14396', text });
  expect(load()).toMatchObject({ name: 'GB/T 14396', entries: 1200 });
  expect(search('X0007')).toEqual(['X0007 疾病7']);
  expect(search('hypert')).toEqual([]);
  const versions = () => (clinic.workstation.store.connection.prepare("SELECT count(*) AS n FROM revisions WHERE collection = 'codeTables'").get() as { n: number }).n;
  load();
  expect(versions()).toBe(0);
  expect(codeTables(admin)).toMatchObject([{ entries: 1200 }]);
  admin.store.commit({ actor: admin.actor, action: 'code-table.loaded' }, (transaction) =>
    transaction.create('codeTables', { system: codeSystems.icd10, name: 'Half here', edition: admin.store.newId(), parts: 2, part: 0, entries: [['Y0001', 'New']] }));
  expect(codeTables(admin)).toMatchObject([{ name: 'GB/T 14396', entries: 1200 }]);
  expect(search('Y0001')).toEqual([]);
  expect(await errorOf(() => loadCodeTable(admin, { system: codeSystems.icd10, name: 'Blank', text: 'code,name\n,\n' }))).toEqual({ code: 'file-empty' });
  expect(codeTables(admin)).toMatchObject([{ entries: 1200 }]);
});

test('the clinic’s reference ranges are loaded whole or not at all, replaced, written out as they came, and taken away again', async () => {
  const { clinic } = await clinicWithPatient();
  const admin = clinic.context('admin');
  const load = (text: string) => loadRanges(admin, { name: 'Valley laboratory', text });
  expect(load('code,unit,low,high\n6690-2,10*9/L,4,10\n2823-3,mmol/L,5,4\n')).toMatchObject({ loaded: 0, problems: [{ row: 2 }] });
  expect(clinicRanges(admin)).toBeNull();
  expect(load('code,unit,low,high\n6690-2,10*9/L,4,10\n')).toMatchObject({ loaded: 1, problems: [] });
  expect(load('code,unit,age to,low,high\n2823-3,mmol/L,,3.8,5\n718-7,g/L,18,110,150\n')).toMatchObject({ loaded: 2 });
  expect(clinicRanges(clinic.context('nurse'))).toEqual({ name: 'Valley laboratory', ranges: [{ loinc: '2823-3', low: 3.8, high: 5 }, { loinc: '718-7', ageBelow: 18, low: 110, high: 150 }] });
  expect(codeTables(admin)).toMatchObject([{ name: 'Valley laboratory', entries: 2 }]);
  const written = await exportedText(admin, exportList(admin, { list: 'laboratoryRanges' }));
  expect(load(written)).toMatchObject({ loaded: 2, unknownTests: [] });
  expect(clinicRanges(admin)?.ranges).toHaveLength(2);
  removeRanges(admin);
  expect(clinicRanges(admin)).toBeNull();
});
