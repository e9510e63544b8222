import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { Fhir } from 'fhir';
import { describe, expect, test } from 'vitest';
import { documentIdOf } from '../../shared/exchange/fhir/resource-names.ts';
import type { Context } from './context.ts';
import { exportAllAsFhir, exportPatientAsFhir } from './fhir-exports.ts';
import { checkFhirImport, fhirImportProblems, fhirImportReport, runFhirImport } from './fhir-imports.ts';
import { FhirValidator } from './fhir-validator.ts';
import { errorOf, openClinic } from './testing/clinic.ts';
import { ended, exportedText, upload } from './testing/files.ts';

/** Patients of others' making, beside the project; see the README there. */
const folder = new URL('../../../shared/data/fhir/', import.meta.url);
const types = ['Patient', 'Encounter', 'AllergyIntolerance', 'Condition', 'MedicationRequest', 'Procedure', 'Immunization'];
const linesOf = (type: string) => readFileSync(new URL(`${type}.ndjson`, folder), 'utf8');
const resourcesIn = (text: string) => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Resource);

async function brought(context: Context, text: string) {
  const importId = upload(context, text, 'chart.ndjson');
  expect(await ended(context, checkFhirImport(context, { importId }))).toMatchObject({ state: 'done' });
  expect(await ended(context, runFhirImport(context, { importId }))).toMatchObject({ state: 'done' });
  return { importId, report: fhirImportReport(context, { importId }) };
}

/** Every value of a resource under its path; ids and instants as this program writes them. */
function leavesOf(resource: Resource): Set<string> {
  const leaves = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) value.forEach((item) => visit(item, path));
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`);
    else leaves.add(`${path}\t${normal(path, value, resource.resourceType)}`);
  };
  visit(resource, resource.resourceType);
  return leaves;
}

function normal(path: string, value: unknown, type: string): string {
  const text = String(value);
  if (path === `${type}.id`) return documentIdOf(type, text);
  const [, referred, id] = /^([A-Z]\w+)\/([\w.-]+)$/.exec(text) ?? [];
  if (path.endsWith('.reference') && referred !== undefined && id !== undefined) return documentIdOf(referred, id);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text).toISOString() : text;
}
const pathOf = (leaf: string) => leaf.slice(0, leaf.indexOf('\t'));

/** What these documents have no place for; anything else that is missing after a round trip was lost. */
const unknownHere: Record<string, string[]> = {
  Patient: [
    'meta.profile', 'text.status', 'text.div', 'extension.url', 'extension.extension.url', 'extension.extension.valueCoding.system', 'extension.extension.valueCoding.code',
    'extension.extension.valueCoding.display', 'extension.extension.valueString', 'extension.valueString', 'extension.valueCode', 'extension.valueAddress.city',
    'extension.valueAddress.state', 'extension.valueAddress.country', 'extension.valueDecimal', 'identifier.system', 'identifier.value', 'identifier.type.coding.code',
    'identifier.type.coding.display', 'identifier.type.text', 'name.use', 'name.family', 'name.given', 'name.prefix', 'telecom.use', 'deceasedDateTime', 'address.extension.url',
    'address.extension.extension.url', 'address.extension.extension.valueDecimal', 'address.line', 'address.city', 'address.state', 'address.postalCode', 'address.country',
    'maritalStatus.coding.system', 'maritalStatus.coding.code', 'maritalStatus.coding.display', 'maritalStatus.text', 'multipleBirthBoolean', 'communication.language.coding.system',
    'communication.language.coding.code', 'communication.language.coding.display', 'communication.language.text',
  ],
  Encounter: [
    'meta.profile', 'identifier.use', 'identifier.system', 'identifier.value', 'class.code', 'type.coding.system', 'type.coding.code', 'type.coding.display', 'type.text',
    'subject.display', 'participant.type.coding.system', 'participant.type.coding.code', 'participant.type.coding.display', 'participant.type.text', 'participant.period.start',
    'participant.period.end', 'participant.individual.reference', 'period.start', 'period.end', 'reasonCode.coding.system', 'reasonCode.coding.code', 'reasonCode.coding.display',
    'location.location.reference', 'location.location.display', 'serviceProvider.reference', 'hospitalization.dischargeDisposition.coding.system',
    'hospitalization.dischargeDisposition.coding.code', 'hospitalization.dischargeDisposition.coding.display', 'hospitalization.dischargeDisposition.text',
  ],
  AllergyIntolerance: ['meta.profile', 'type', 'reaction.manifestation.coding.system', 'reaction.manifestation.coding.code', 'reaction.manifestation.coding.display'],
  Condition: ['meta.profile', 'category.coding.display'],
  MedicationRequest: [
    'meta.profile', 'category.coding.system', 'category.coding.code', 'category.coding.display', 'category.text', 'requester.reference', 'reasonReference.reference', 'reasonReference.display',
    'dosageInstruction.sequence', 'dosageInstruction.timing.repeat.frequency', 'dosageInstruction.timing.repeat.period', 'dosageInstruction.timing.repeat.periodUnit',
    'dosageInstruction.doseAndRate.type.coding.system', 'dosageInstruction.doseAndRate.type.coding.code', 'dosageInstruction.doseAndRate.type.coding.display',
    'dosageInstruction.additionalInstruction.coding.system', 'dosageInstruction.additionalInstruction.coding.code', 'dosageInstruction.additionalInstruction.coding.display',
    'dosageInstruction.additionalInstruction.text',
  ],
  Procedure: ['meta.profile', 'location.reference', 'location.display', 'reasonReference.reference', 'reasonReference.display'],
  Immunization: ['meta.profile', 'primarySource', 'location.reference', 'location.display'],
};

describe.skipIf(!existsSync(folder))('patients of others (beside the project; left out where they are not there)', () => {
  test('all come in, go out again, are valid to two validators, and nothing is lost that there is a place for', { timeout: 240_000 }, async () => {
    const admin = (await openClinic()).context('admin');
    const source = types.flatMap((type) => resourcesIn(linesOf(type)));
    expect(readdirSync(folder).length).toBeGreaterThan(types.length);
    const { report, importId } = await brought(admin, types.map(linesOf).join(''));
    expect(fhirImportProblems(admin, { importId, offset: 0, limit: 5 })).toEqual({ rows: [], total: 0 });
    expect(report).toMatchObject({ resources: source.length, refused: 0, ignored: {}, imported: source.length });

    const exported = resourcesIn(await exportedText(admin, exportAllAsFhir(admin)));
    // What was finished elsewhere bears the signature of whoever brought it in, told as a Provenance beside it.
    expect(exported.filter(({ resourceType }) => !['Provenance', 'Practitioner', 'Organization'].includes(resourceType))).toHaveLength(source.length);
    const validator = new FhirValidator();
    expect((await validator.check(exported)).flat()).toEqual([]);
    await validator.close();
    const other = new Fhir();
    const faults = exported.flatMap((resource) => other.validate(resource, { errorOnUnexpected: true }).messages.filter(({ severity }) => severity === 'error'));
    expect(faults.slice(0, 5)).toEqual([]);

    const byId = new Map(exported.map((resource) => [`${resource.resourceType}/${String(resource.id)}`, leavesOf(resource)]));
    const lost = source.flatMap((resource) => {
      const kept = byId.get(`${resource.resourceType}/${documentIdOf(resource.resourceType, String(resource.id))}`) ?? new Set();
      return [...leavesOf(resource)].filter((leaf) => !kept.has(leaf)).map(pathOf);
    });
    const known = new Set(Object.entries(unknownHere).flatMap(([type, paths]) => paths.map((path) => `${type}.${path}`)));
    expect([...new Set(lost)].filter((path) => !known.has(path))).toEqual([]);
    // A list that names what is not lost any more is a list that nobody reads.
    expect([...known].filter((path) => !lost.includes(path))).toEqual([]);
  });
});

const patient = { resourceType: 'Patient', id: 'p1', name: [{ family: '王', given: ['小明'] }], gender: 'male', birthDate: '1990-05-17' };
const pulse = {
  resourceType: 'Observation', id: 'o1', status: 'final', category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }], text: 'Heart rate' }, subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-01-02T03:04:05+08:00', valueQuantity: { value: 71, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
};
const lines = (...resources: object[]) => resources.map((resource) => JSON.stringify(resource)).join('\n');

test('a bundle brings a patient and a measurement that names it by the address in the bundle; the export is a valid bundle', async () => {
  const admin = (await openClinic()).context('admin');
  const bundle = {
    resourceType: 'Bundle', type: 'collection',
    entry: [
      { fullUrl: 'urn:uuid:5b1ad7c4-3c1f-4a53-9d0e-7a4c3a1d2f10', resource: { ...patient, id: undefined } },
      { resource: { ...pulse, subject: { reference: 'urn:uuid:5b1ad7c4-3c1f-4a53-9d0e-7a4c3a1d2f10' } } },
    ],
  };
  const { report } = await brought(admin, JSON.stringify(bundle));
  expect(report).toMatchObject({ imported: 2, refused: 0 });
  const id = '5b1ad7c4-3c1f-4a53-9d0e-7a4c3a1d2f10';
  expect(admin.store.get('patients', id)).toMatchObject({ name: '王小明', birthday: '1990-05-17', medicalRecordNumber: expect.stringMatching(/^\d\d-\d{6}$/) as string });
  const out = JSON.parse(await exportedText(admin, exportPatientAsFhir(admin, { patientId: id }))) as Bundle;
  expect(out.entry?.map(({ resource }) => resource?.resourceType)).toEqual(['Patient', 'Observation', 'Provenance']);
  expect(out.entry?.[1]?.resource).toMatchObject({ effectiveDateTime: '2026-01-01T19:04:05.000Z', valueQuantity: { value: 71, code: '/min' }, subject: { reference: `Patient/${id}` } });
  const validator = new FhirValidator();
  expect((await validator.check([out])).flat()).toEqual([]);
  await validator.close();
  expect(new Fhir().validate(out as Resource, { errorOnUnexpected: true }).messages.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('the same file again brings in nothing, and what was edited here meanwhile stays', async () => {
  const admin = (await openClinic()).context('admin');
  await brought(admin, lines(patient, pulse));
  const id = documentIdOf('Patient', 'p1');
  const { rev = '', name: _name, ...before } = admin.store.get('patients', id) ?? {};
  admin.store.commit({ actor: admin.actor, action: 'patient.updated' }, (transaction) => transaction.update('patients', id, { ...(before as object), name: '王大明', gender: 'male', medicalRecordNumber: '01-000001' }, { over: rev }));
  const { report } = await brought(admin, lines(patient, pulse));
  expect(report.imported).toBe(0);
  expect(report.collections.filter(({ known }) => known > 0)).toEqual([{ collection: 'patients', fresh: 0, known: 1 }, { collection: 'observations', fresh: 0, known: 1 }]);
  expect(admin.store.get('patients', id)?.name).toBe('王大明');
});

test('what is wrong is named by its place, what has no place here is counted, and the rest comes in', async () => {
  const admin = (await openClinic()).context('admin');
  const text = [
    lines(patient, { ...pulse, status: 'finished' }, { ...pulse, id: 'o2', subject: { reference: 'Patient/nobody' } }, { resourceType: 'Device', id: 'd1' }), '{"resourceType":', lines({ ...pulse, id: 'o3' }, { ...pulse, id: 'o3' }),
    lines({ ...patient, id: 'p2', gender: 'male', name: [{ text: 'x'.repeat(201) }] }),
  ].join('\n');
  const { report, importId } = await brought(admin, text);
  expect(report).toMatchObject({ resources: 8, refused: 5, ignored: { Device: 1 }, imported: 2 });
  const { rows } = fhirImportProblems(admin, { importId, offset: 0, limit: 10 });
  expect(rows.map(({ place, issues }) => [place, issues[0]?.path, issues[0]?.code])).toEqual([
    [2, 'status', 'invalid'], [3, 'patientId', 'unknown-patient'], [5, '', 'not-fhir'], [7, 'id', 'repeated-id'], [8, 'name', 'too-long'],
  ]);
});

test.each([
  ['nothing', '', 'file-empty'], ['a table', 'name,gender\n王,male\n', 'file-not-fhir'], ['JSON of something else', '{"patients":[]}', 'file-not-fhir'], ['an empty bundle', '{"resourceType":"Bundle","type":"collection"}', 'file-not-fhir'],
])('%s is refused with a code', async (_what, text, code) => {
  const admin = (await openClinic()).context('admin');
  const importId = upload(admin, text, 'x.json');
  expect(await errorOf(() => checkFhirImport(admin, { importId }))).toMatchObject({ code });
});
