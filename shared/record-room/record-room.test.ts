import { describe, expect, test } from 'vitest';
import { completenessRules, findingsOf, isComplete, ruleCodes, type ChartContents, type RuleCode } from './completeness.ts';
import { patientRetainedUntil, retainedUntil } from './retention.ts';

const meta = { rev: 'r', createdAt: '2026-03-02T09:00:00.000Z', updatedAt: '2026-03-02T09:00:00.000Z', updatedBy: 'u', deleted: false };
const clinical = { patientId: 'p', recorderId: 'u', recorderName: 'U', recordedDate: meta.createdAt };
const signature = { userId: 'u', name: 'U', at: meta.createdAt };
/** A stay in which nothing is missing. */
const whole: ChartContents = {
  kind: 'inpatient',
  encounter: { ...meta, id: 'e', patientId: 'p', kind: 'inpatient', status: 'finished', priority: 'routine', arrivedAt: meta.createdAt, endedAt: meta.createdAt, practitionerId: 'u' },
  medicalRecords: [{
    ...meta, id: 'm', patientId: 'p', kind: 'inpatient', department: 'Medicine', chiefComplaint: 'Cough', diagnosis: 'Pneumonia', treatment: 'Rest', admissionDate: '2026-03-02', dischargeDate: '2026-03-05',
    doctorId: 'u', doctorName: 'U', status: 'signed', signature,
  }],
  observations: [{ ...meta, ...clinical, id: 'o', code: { text: 'Pulse' }, category: 'vital-signs', status: 'final', effectiveDateTime: meta.createdAt }],
  medicationRequests: [{ ...meta, ...clinical, id: 'x', medicationCodeableConcept: { text: 'Amoxicillin' }, status: 'active', signature }],
  serviceRequests: [{ ...meta, ...clinical, id: 's', code: { text: 'Blood count' }, category: 'laboratory', status: 'completed', signature }],
  immunizations: [],
  documentReferences: [{
    ...meta, id: 'd', patientId: 'p', title: 'Summary', type: 'discharge-summary', date: '2026-03-05', authorId: 'u', authorName: 'U', attachment: { contentType: 'application/pdf', size: 1, hash: '0' },
  }],
  conditions: [{ ...meta, ...clinical, id: 'c', code: { text: 'Pneumonia', coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'J18' }] }, clinicalStatus: 'active', verificationStatus: 'confirmed' }],
  allergyIntolerances: [{ ...meta, ...clinical, id: 'a', code: { text: 'Penicillin' }, clinicalStatus: 'active', verificationStatus: 'confirmed' }],
  conflictIds: [],
};
const record = (change: object) => ({ medicalRecords: [{ ...whole.medicalRecords[0], ...change }] }) as Partial<ChartContents>;

/** For each rule the least that breaks it. */
const broken: Record<RuleCode, Partial<ChartContents>> = {
  'record-missing': { medicalRecords: [] },
  'record-unsigned': record({ status: 'draft' }),
  'attending-unnamed': { encounter: undefined, ...record({ doctorName: '' }) },
  'diagnosis-missing': record({ diagnosis: ' ' }),
  'diagnosis-uncoded': { conditions: [{ ...whole.conditions[0]!, code: { text: 'Pneumonia' } }] },
  'treatment-missing': record({ treatment: undefined }),
  'vital-signs-missing': { observations: [{ ...whole.observations[0]!, status: 'entered-in-error' }] },
  'allergies-unasked': { allergyIntolerances: [] },
  'discharge-date-missing': record({ dischargeDate: undefined }),
  'discharge-summary-missing': { documentReferences: [{ ...whole.documentReferences[0]!, type: 'other' }] },
  'order-unsigned': { medicationRequests: [{ ...whole.medicationRequests[0]!, status: 'draft' }] },
  'order-open': { serviceRequests: [{ ...whole.serviceRequests[0]!, status: 'active' }] },
  'conflict-open': { conflictIds: ['k'] },
};

describe('what a chart must have', () => {
  test('nothing is missing in a whole one, and each rule finds its own', () => {
    expect(findingsOf(whole)).toEqual([]);
    expect(completenessRules.map(({ code }) => code)).toEqual([...ruleCodes]);
    for (const code of ruleCodes) expect(findingsOf({ ...whole, ...broken[code] }).map(({ rule }) => rule), code).toEqual([code]);
  });

  test('a record that lacks something is named, what is only advised does not keep the chart from being sealed', () => {
    expect(findingsOf({ ...whole, ...broken['record-unsigned'] })).toEqual([{ rule: 'record-unsigned', severity: 'required', about: { collection: 'medicalRecords', id: 'm' } }]);
    const outpatient = { ...whole, kind: 'outpatient', conditions: [], observations: [], documentReferences: [] } as const;
    expect(findingsOf(outpatient)).toEqual([{ rule: 'diagnosis-uncoded', severity: 'advised' }, { rule: 'vital-signs-missing', severity: 'advised' }]);
    expect(isComplete(findingsOf(outpatient))).toBe(true);
    expect(isComplete(findingsOf({ ...outpatient, kind: 'inpatient' }))).toBe(false);
    expect(findingsOf({ ...outpatient, ...broken['record-unsigned'] })[0]).toMatchObject({ rule: 'record-unsigned' });
  });
});

test('charts are kept for 15 years after the last visit and 30 after the last discharge, a patient as long as any of them', () => {
  expect(retainedUntil({ visit: '2026-03-02', discharge: '2020-01-31' }, 'outpatient')).toBe('2041-03-02');
  expect(retainedUntil({ visit: '2026-03-02', discharge: '2020-01-31' }, 'inpatient')).toBe('2050-01-31');
  expect(retainedUntil({ visit: '2024-02-29' }, 'emergency')).toBe('2039-02-28');
  expect(retainedUntil({ visit: '2026-03-02' }, 'inpatient')).toBeUndefined();
  expect(patientRetainedUntil({ visit: '2040-03-02', discharge: '2020-01-31' })).toBe('2055-03-02');
  expect(patientRetainedUntil({})).toBeUndefined();
});
