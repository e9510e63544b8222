import type { Address, HumanName, Patient as FhirPatient } from '@medplum/fhirtypes';
import type { Patient, PatientContent, PatientInput } from '../../schema/patient.ts';
import { isValidNationalId } from '../../patients/national-id.ts';
import { codedAs, maybe, medicalRecordNumberSystem, reference, textExtension, textExtensions } from './common.ts';

const identifierTypes = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const roles = 'http://terminology.hl7.org/CodeSystem/v2-0131';
/** The resident identity card of China (GB 11643), by its object identifier. */
const nationalIdSystem = 'urn:oid:2.16.156.10011.1.3';

/** FHIR R4 Patient. An estimated year of birth is a `birthDate` of a year alone. */
export function patientToFhir(patient: Patient): FhirPatient {
  const { id, updatedAt, name, gender, birthday, estimatedBirthYear, address, phone, nationalId, insuranceNumber, emergencyContact, photo, notes, medicalRecordNumber, link } = patient;
  const identifier = (code: string, system: string | undefined, value: string | undefined) =>
    value === undefined ? [] : [{ type: codedAs(identifierTypes, code), ...maybe('system', system), value }];
  return {
    resourceType: 'Patient', id, meta: { lastUpdated: updatedAt },
    ...textExtensions({ notes }),
    identifier: [...identifier('MR', medicalRecordNumberSystem, medicalRecordNumber), ...identifier('NI', nationalIdSystem, nationalId), ...identifier('SN', undefined, insuranceNumber)],
    name: [{ text: name }],
    gender,
    ...maybe('birthDate', birthday ?? estimatedBirthYear?.toString()),
    ...(address !== undefined && { address: [{ text: address }] }),
    ...(phone !== undefined && { telecom: [{ system: 'phone' as const, value: phone }] }),
    ...(emergencyContact !== undefined && { contact: [contactToFhir(emergencyContact)] }),
    ...(photo !== undefined && { photo: [photoToFhir(photo)] }),
    ...(link !== undefined && link.length > 0 && { link: link.map(({ other, type }) => ({ other: reference('Patient', other), type })) }),
  };
}

const contactToFhir = ({ name, relationship, phone }: NonNullable<PatientContent['emergencyContact']>) => ({
  relationship: [{ ...codedAs(roles, 'C'), ...maybe('text', relationship) }],
  ...(name !== undefined && { name: { text: name } }),
  ...(phone !== undefined && { telecom: [{ system: 'phone' as const, value: phone }] }),
});

function photoToFhir(photo: string): { contentType: string; data: string } {
  const [head = '', data = ''] = photo.split(',', 2);
  return { contentType: head.slice('data:'.length, -';base64'.length), data };
}

/**
 * What a registration form would say; the medical record number is given by the clinic that takes the patient. Two entries that are linked
 * elsewhere are compared and merged here by somebody who looks at both: a file merges nobody.
 */
export function patientFromFhir(resource: FhirPatient): Partial<PatientInput> {
  const { name, gender, birthDate, address, telecom, contact, photo } = resource;
  const [first] = contact ?? [];
  const phone = phoneIn(first?.telecom);
  const emergencyContact = { ...maybe('name', nameText(first?.name)), ...maybe('relationship', first?.relationship?.[0]?.text), ...maybe('phone', phone) };
  const nationalId = identifierOf(resource, 'NI');
  const picture = photo?.find(({ contentType, data }) => data !== undefined && /^image\/(jpeg|png|webp)$/.test(contentType ?? ''));
  return {
    ...maybe('name', nameText(name?.find(({ use }) => use === 'official' || use === 'usual') ?? name?.[0])),
    gender: gender ?? 'unknown',
    ...(birthDate !== undefined && (birthDate.length === 10 ? { birthday: birthDate } : { estimatedBirthYear: Number(birthDate.slice(0, 4)) })),
    ...maybe('address', addressText(address?.find(({ use }) => use !== 'old') ?? address?.[0])),
    ...maybe('phone', phoneIn(telecom)),
    ...(nationalId !== undefined && isValidNationalId(nationalId.toUpperCase()) && { nationalId }),
    ...maybe('insuranceNumber', identifierOf(resource, 'SN')),
    ...(Object.keys(emergencyContact).length > 0 && { emergencyContact }),
    ...(picture !== undefined && { photo: `data:${String(picture.contentType)};base64,${String(picture.data)}` }),
    ...maybe('notes', textExtension(resource, 'notes')),
  };
}

const identifierOf = ({ identifier }: FhirPatient, code: string) =>
  identifier?.find(({ type }) => type?.coding?.some((coding) => coding.system === identifierTypes && coding.code === code))?.value;

const phoneIn = (telecom: FhirPatient['telecom']) => telecom?.find(({ system, value }) => system === 'phone' && value !== undefined)?.value;

/** Family name first where it is Chinese, as it is spoken; the given names first where it is not. */
export function nameText(name: HumanName | undefined): string | undefined {
  if (name === undefined) return undefined;
  const { text, family = '', given = [] } = name;
  if (text !== undefined) return text;
  const chinese = /\p{Script=Han}/u.test(family + given.join(''));
  const put = chinese ? [family, ...given].join('') : [...given, family].filter((part) => part !== '').join(' ');
  return put === '' ? undefined : put;
}

function addressText(address: Address | undefined): string | undefined {
  if (address === undefined) return undefined;
  const { text, line = [], city, district, state, postalCode, country } = address;
  const put = text ?? [...line, district, city, state, postalCode, country].filter((part) => part !== undefined && part !== '').join(', ');
  return put === '' ? undefined : put;
}
