import type { Bundle, Resource } from '@medplum/fhirtypes';
import { Fhir } from 'fhir';
import { expect, test } from 'vitest';
import { fhirCollections, importedCollections, type FhirCollection } from '../../shared/exchange/fhir/mappings.ts';
import { keepAttachment, hashOf } from '../storage/attachments/bytes.ts';
import type { Contents } from '../storage/collections.ts';
import { isSealedDocument } from '../storage/sealed-charts.ts';
import type { Context } from './context.ts';
import { readDocument } from './document-references.ts';
import { contentOf } from './documents.ts';
import { exportAllAsFhir, exportPatientAsFhir } from './fhir-exports.ts';
import { checkFhirImport, fhirImportProblems, fhirImportReport, runFhirImport } from './fhir-imports.ts';
import { FhirValidator } from './fhir-validator.ts';
import { openClinic } from './testing/clinic.ts';
import { ended, exportedText, upload } from './testing/files.ts';

const at = (day: number, hour = 8) => `2026-02-0${day}T0${hour}:00:00.000Z`;
/** Over three chunks, so that the base64 of the export is written in pieces. */
const letter = Buffer.from(`转诊信 ${'0123456789'.repeat(50_000)}`);
const concept = (text: string, system = 'http://snomed.info/sct') => ({ coding: [{ system, code: '12345', display: text }], text });

/** One document of each kind with everything that it can say. */
function everything(context: Context) {
  const { user } = context;
  const id = Object.fromEntries(fhirCollections.map((name) => [name, context.environment.newId()])) as Record<FhirCollection | 'done', string>;
  const [series, group, kept] = [1, 2, 3].map(() => context.environment.newId()) as [string, string, string];
  // A chart has the id of the record or the visit that it is.
  id.archivedCharts = id.medicalRecords;
  const patientId = id.patients;
  const signature = { userId: user.id, name: 'Dora Doctor', at: at(3) };
  const clinical = { patientId, medicalRecordId: id.medicalRecords, recorderId: user.id, recorderName: 'Nora Nurse', recordedDate: at(3), note: 'a note' };
  const sealed = (collection: FhirCollection) => ({ collection, id: id[collection], rev: kept, hash: 'ab'.repeat(32) });
  const contents: { [Name in FhirCollection]: Contents[Name] } = {
    patients: {
      name: '王小明', gender: 'male', birthday: '1990-05-17', address: '人民路 1 号', phone: '13800000000', nationalId: '11010519491231002X', insuranceNumber: 'B-1', notes: 'speaks softly',
      emergencyContact: { name: '王大明', relationship: 'father', phone: '13900000000' }, medicalRecordNumber: '01-000001', link: [{ other: kept, type: 'replaces' }],
    },
    appointments: {
      patientId, practitionerId: user.id, room: 'Room 2', start: at(4), end: at(4, 9), reason: 'follow-up', status: 'proposed', siteId: String(context.store.siteId), seriesId: series, displacedBy: kept,
    },
    encounters: {
      patientId, kind: 'emergency', status: 'finished', priority: 'urgent', priorityReason: 'in pain', reason: 'chest pain', siteId: String(context.store.siteId), appointmentId: id.appointments,
      practitionerId: user.id, room: 'Room 2', arrivedAt: at(3, 6), calledAt: at(3, 7), endedAt: at(3, 9),
    },
    medicalRecords: {
      patientId, encounterId: id.encounters, kind: 'inpatient', department: 'Medicine', chiefComplaint: 'chest pain', diagnosis: 'angina', treatment: 'rest', prescription: 'aspirin',
      admissionDate: '2026-02-03', dischargeDate: '2026-02-05', doctorId: user.id, doctorName: 'Dora Doctor', status: 'amended', signature, amendments: [{ ...signature, at: at(4), reason: 'a slip', overRev: kept }],
    },
    allergyIntolerances: {
      ...clinical, code: concept('Penicillin'), category: 'medication', criticality: 'high', clinicalStatus: 'active', verificationStatus: 'confirmed', onsetDateTime: '2001',
      reaction: [{ manifestation: 'rash', severity: 'mild', description: 'on the arms' }],
    },
    conditions: { ...clinical, code: concept('Angina'), category: 'problem-list-item', clinicalStatus: 'resolved', verificationStatus: 'confirmed', onsetDateTime: '2020-01', abatementDateTime: '2021-01-01' },
    serviceRequests: { ...clinical, code: concept('Blood count'), category: 'laboratory', priority: 'urgent', status: 'revoked', statusReason: 'drawn elsewhere', statusChange: { ...signature, at: at(5) }, authoredOn: at(3), groupIdentifier: group, signature },
    observations: {
      ...clinical, code: concept('Heart rate'), valueQuantity: { value: 71, unit: '/min', code: '/min' }, interpretation: 'H', status: 'final', category: 'laboratory', effectiveDateTime: at(3), serviceRequestId: id.serviceRequests,
      referenceRange: [{ low: { value: 60, unit: '/min', code: '/min' }, high: { value: 100, unit: '/min', code: '/min' }, text: '60–100' }],
    },
    medicationRequests: {
      ...clinical, medicationCodeableConcept: concept('Aspirin'), doseQuantity: { value: 100, unit: 'mg', code: 'mg' }, route: 'oral', frequency: 'BID', days: 7, quantity: { value: 14, unit: 'tablet' }, asNeeded: true,
      dosageText: 'with water', detectedIssues: [{ kind: 'allergy', detail: 'aspirin', reason: 'tolerated before' }], status: 'stopped', statusReason: 'bleeding', statusChange: { ...signature, at: at(5) },
      authoredOn: at(3), groupIdentifier: group, signature,
    },
    immunizations: {
      ...clinical, vaccineCode: concept('Influenza'), status: 'completed', occurrenceDateTime: '2026-02-03', doseNumber: 2, lotNumber: 'L-1', manufacturer: 'Sinovac', expirationDate: '2027-01-01', site: 'LA', route: 'intramuscular',
    },
    documentReferences: {
      patientId, medicalRecordId: id.medicalRecords, title: 'Letter of referral', type: 'referral-letter', date: '2026-02-02', authorId: user.id, authorName: 'Nora Nurse',
      attachment: { contentType: 'text/plain', size: letter.length, hash: hashOf(letter) },
    },
    referrals: {
      kind: 'transfer', status: 'accepted', statusReason: 'room for him', statusChange: { ...signature, at: at(5) }, priority: 'urgent', subjectId: patientId, patientName: '王小明', gender: 'male', birthday: '1990-05-17',
      reason: 'Is this angina?', authoredOn: at(4), requesterId: user.id, requesterName: 'Dora Doctor', senderSiteId: String(context.store.siteId), recipientSiteId: kept, siteIds: [String(context.store.siteId), kept],
      recipientId: user.id, recipientName: 'Dr Lake', recipientPatientId: patientId, sharedChartId: series, keepCopy: false, handedOver: at(6), received: at(4, 9), read: { ...signature, at: at(5) },
    },
    communications: {
      referralId: id.referrals, payload: 'Please call\nbefore noon', sent: at(4), senderId: user.id, senderName: 'Dora Doctor', senderSiteId: String(context.store.siteId), recipientSiteId: kept, recipientId: user.id,
      recipientName: 'Dr Lake', received: at(4, 9), read: { ...signature, at: at(5) },
    },
    careTasks: {
      patientId, description: 'Take blood', status: 'completed', statusReason: 'drawn', statusChange: { ...signature, at: at(5) }, priority: 'urgent', due: '2026-02-06', authoredOn: at(4), requesterId: user.id,
      requesterName: 'Dora Doctor', requesterSiteId: String(context.store.siteId), ownerSiteId: kept, ownerId: user.id, ownerName: 'Nora Nurse', received: at(4, 9), read: { ...signature, at: at(5) },
    },
    archivedCharts: {
      patientId, chart: 'medicalRecords', kind: 'inpatient', period: { start: '2026-02-03', end: '2026-02-05' }, location: 'Shelf 4', signature: { userId: user.id, name: 'Clara Clerk', at: at(6) },
      entry: [sealed('medicalRecords'), sealed('serviceRequests')], amendments: [{ userId: user.id, name: 'Clara Clerk', at: at(7), reason: 'came late', overRev: kept }],
    },
    chartLoans: {
      patientId, archivedChartId: id.archivedCharts, borrowerName: 'Dr Lake', purpose: 'a second opinion', dueDate: '2026-02-20', lent: { ...signature, at: at(7) }, returned: { ...signature, at: at(8) }, returnedAt: at(8),
    },
  };
  return { id, contents };
}

/** What no resource of another system can say of somebody here, and what is given anew; anything else that differs was lost. */
const givenAnew: Partial<Record<FhirCollection, string[]>> = {
  // Two entries of one person are merged by somebody who looks at both, and by no file.
  patients: ['medicalRecordNumber', 'siteIds', 'link'],
  // The user, the site and the other appointment are none of the clinic that it comes to.
  appointments: ['practitionerId', 'siteId', 'displacedBy'],
  encounters: ['practitionerId', 'siteId'],
  medicalRecords: ['doctorId', 'signature.userId', 'amendments.0.userId'],
  medicationRequests: ['signature.userId', 'statusChange.userId', 'recorderId'],
  serviceRequests: ['signature.userId', 'statusChange.userId', 'recorderId'],
  documentReferences: ['authorId'],
  // The copy of the chart is told to nobody but its two sites; the letter belongs to the clinic that it comes to.
  referrals: ['requesterId', 'recipientId', 'siteIds', 'sharedChartId', 'read.userId', 'statusChange.userId'],
  communications: ['senderId', 'senderSiteId', 'recipientSiteId', 'recipientId', 'read.userId'],
  careTasks: ['requesterId', 'requesterSiteId', 'ownerSiteId', 'ownerId', 'read.userId', 'statusChange.userId'],
};

function differences(one: unknown, other: unknown, path = ''): string[] {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return Object.is(one, other) ? [] : [path];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => differences((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`));
}

async function faultsOf(resources: Resource[]): Promise<unknown[]> {
  const validator = new FhirValidator();
  const own = (await validator.check(resources)).flat();
  await validator.close();
  const other = new Fhir();
  return [...own, ...resources.flatMap((resource) => other.validate(resource, { errorOnUnexpected: true }).messages.filter(({ severity }) => severity === 'error'))];
}

/** References to what is known here that lead to no resource of the file. */
function unresolved(resources: readonly Resource[], known: readonly (string | undefined)[]): string[] {
  const there = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${String(id)}`));
  const named = Array.from(JSON.stringify(resources).matchAll(/"reference":"([^"/]+\/([^"]+))"/g), ([, address = '', id]) => ({ address, id }));
  return named.filter(({ address, id }) => known.includes(id) && !there.has(address)).map(({ address }) => address);
}

test('a chart with everything in it is valid FHIR and says the same in another clinic, bytes and signatures too', { timeout: 60_000 }, async () => {
  const [from, to] = [(await openClinic()).context('admin'), (await openClinic()).context('admin')];
  const { id, contents } = everything(from);
  from.store.commit({ actor: from.actor, action: 'patient.created' }, (transaction) => {
    for (const name of fhirCollections) transaction.create(name, contents[name] as Contents[typeof name], id[name]);
    keepAttachment(from.store.connection, { hash: hashOf(letter), bytes: letter, documentId: id.documentReferences });
  });
  const text = await exportedText(from, exportPatientAsFhir(from, { patientId: id.patients }));
  const bundle = JSON.parse(text) as Bundle;
  const lines = (await exportedText(from, exportAllAsFhir(from))).trim().split('\n').map((line) => JSON.parse(line) as Resource);
  // The bundle says besides who took it out.
  expect(bundle.entry?.slice(0, -1).map(({ resource }) => resource)).toEqual(lines);
  expect(new Set(bundle.entry?.map(({ fullUrl }) => fullUrl)).size).toBe(bundle.entry?.length);
  expect(await faultsOf([bundle, ...lines])).toEqual([]);
  expect(unresolved(lines, [from.store.siteId, from.user.id])).toEqual([]);

  const importId = upload(to, text, 'chart.json');
  await ended(to, checkFhirImport(to, { importId }));
  await ended(to, runFhirImport(to, { importId }));
  expect(fhirImportProblems(to, { importId, offset: 0, limit: 5 }).rows).toEqual([]);
  expect(fhirImportReport(to, { importId })).toMatchObject({ imported: importedCollections.length, ignored: { Organization: 1, Practitioner: 1, Provenance: 1 }, ofRecordRoom: 2 });
  for (const name of importedCollections) {
    const document = to.store.get(name, id[name]);
    const lost = differences(contents[name], document && contentOf(document)).filter((path) => path !== 'recorderId' && givenAnew[name]?.some((known) => path.startsWith(known)) !== true);
    expect([name, lost]).toEqual([name, []]);
  }
  // A file seals nothing: the record may be written on as every other that came in.
  expect([to.store.get('archivedCharts', id.archivedCharts), to.store.get('chartLoans', id.chartLoans)]).toEqual([undefined, undefined]);
  expect(isSealedDocument(to.store.connection, 'medicalRecords', id.medicalRecords)).toBe(false);
  expect(to.store.get('referrals', id.referrals)?.siteIds).toEqual([to.store.siteId]);
  const pieces: string[] = [];
  for (let part = 0, done = false; !done; part += 1) {
    const read = readDocument(to, { id: id.documentReferences, part });
    pieces.push(Buffer.from(read.base64, 'base64').toString('latin1'));
    ({ done } = read);
  }
  expect(Buffer.from(pieces.join(''), 'latin1').equals(letter)).toBe(true);
});

const patient = { resourceType: 'Patient', id: 'p1', name: [{ text: '王小明' }], gender: 'male' };
const file = (id: string, over: object) => ({
  resourceType: 'DocumentReference', id, status: 'current', subject: { reference: 'Patient/p1' }, description: id, date: '2026-02-03T04:05:06Z', content: [{ attachment: { contentType: 'text/plain', ...over } }],
});
const booking = (id: string, over: object = {}) => ({
  resourceType: 'Appointment', id, status: 'booked', start: '2026-05-01T08:00:00Z', end: '2026-05-01T08:30:00Z',
  participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }, { actor: { type: 'Location', display: 'Room 1' }, status: 'accepted' }], ...over,
});

test('a document without its bytes, with others than may be kept, and a slot that is taken are left out with their reasons', { timeout: 60_000 }, async () => {
  const admin = (await openClinic()).context('admin');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const lines = [
    patient, file('inline', { data: base64('as it is') }), file('nowhere', { url: 'Binary/none' }), file('program', { data: base64('\u0000\u0001MZ') }), booking('a1'), booking('a2'),
    booking('a3', { start: '2026-05-01T08:30:00Z', end: '2026-05-01T09:00:00Z' }),
    booking('a4', { participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }, { actor: { reference: 'Practitioner/nobody-here' }, status: 'accepted' }] }),
  ];
  const importId = upload(admin, lines.map((line) => JSON.stringify(line)).join('\n'), 'chart.ndjson');
  await ended(admin, checkFhirImport(admin, { importId }));
  await ended(admin, runFhirImport(admin, { importId }));
  expect(fhirImportProblems(admin, { importId, offset: 0, limit: 10 }).rows.map(({ place, issues }) => [place, issues[0]?.path, issues[0]?.code])).toEqual([
    [3, 'attachment', 'attachment-missing'], [4, 'attachment', 'attachment-not-supported'], [6, 'start', 'slot-taken'], [8, 'practitionerId', 'practitioner-or-room'],
  ]);
  expect(fhirImportReport(admin, { importId })).toMatchObject({ imported: 4, refused: 4 });
});

test('what belongs to a chart that is sealed here is left out with its reason, and keeps nothing else out', { timeout: 60_000 }, async () => {
  const admin = (await openClinic()).context('admin');
  const { id, contents } = everything(admin);
  admin.store.commit({ actor: admin.actor, action: 'patient.created' }, (transaction) => {
    for (const name of ['patients', 'medicalRecords', 'archivedCharts'] as const) transaction.create(name, contents[name] as never, id[name]);
  });
  const pulse = (name: string, over: object = {}) => ({
    resourceType: 'Observation', id: name, status: 'final', code: { text: 'Heart rate' }, subject: { reference: `Patient/${id.patients}` }, effectiveDateTime: at(3), valueQuantity: { value: 71 }, ...over,
  });
  const importId = upload(admin, [pulse('late', { encounter: { reference: `Encounter/${id.medicalRecords}` } }), pulse('other')].map((line) => JSON.stringify(line)).join('\n'), 'chart.ndjson');
  await ended(admin, checkFhirImport(admin, { importId }));
  await ended(admin, runFhirImport(admin, { importId }));
  expect(fhirImportProblems(admin, { importId, offset: 0, limit: 10 }).rows).toEqual([{ place: 1, resourceType: 'Observation', issues: [{ path: 'medicalRecordId', code: 'chart-sealed' }] }]);
  expect(fhirImportReport(admin, { importId })).toMatchObject({ imported: 1 });
});
