import type { Coding } from '@medplum/fhirtypes';
import type { RecordKind } from '../../schema/medical-record.ts';

const actCodes = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const codeOfKind: Record<RecordKind, string> = { outpatient: 'AMB', inpatient: 'IMP', emergency: 'EMER' };
const kindOfCode: Readonly<Record<string, RecordKind>> = { IMP: 'inpatient', ACUTE: 'inpatient', NONAC: 'inpatient', EMER: 'emergency' };
const displayOfKind: Record<RecordKind, string> = { outpatient: 'ambulatory', inpatient: 'inpatient encounter', emergency: 'emergency' };

/** FHIR Encounter.class. */
export const classOfKind = (kind: RecordKind): Coding => ({ system: actCodes, code: codeOfKind[kind], display: displayOfKind[kind] });
export const kindOfClass = (encounterClass: Coding | undefined): RecordKind => kindOfCode[encounterClass?.code ?? ''] ?? 'outpatient';
