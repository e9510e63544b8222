import type { CodeableConcept as FhirConcept, Coding, DocumentReference, Identifier, Quantity as FhirQuantity, Reference, Resource } from '@medplum/fhirtypes';
import type { Attachment } from '../../schema/document-reference.ts';
import type { CodeableConcept, Quantity } from '../../schema/fhir-types.ts';

/** Address of what FHIR has no element for; in an extension's `url`. */
export const extensionUrl = (name: string): string => `urn:outpost:fhir:${name}`;
/** What identifies a patient in the clinic that registered them. */
export const medicalRecordNumberSystem = 'urn:outpost:fhir:medical-record-number';

/** What is known while resources become documents. */
export interface ImportContext {
  /** The id of the document that a reference means; undefined where it names nothing that has an id. */
  idOf(reference: Reference | undefined): string | undefined;
  /** What the bytes of a document are, which stand in itself or in a Binary of the file; undefined where they are not there or may not be kept. */
  attachmentOf(resource: DocumentReference): Attachment | undefined;
  importer: { id: string; name: string };
  /** Now, an instant: for resources that do not say when they were written down. */
  now: string;
}

export const reference = (type: string, id: string): { reference: string } => ({ reference: `${type}/${id}` });
/** A field where it has a value, and nothing where it has none: FHIR knows no empty elements. */
export const maybe = <Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } => (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };

/** The code of a concept in a fixed code system, as most of FHIR's status elements have it. */
export const codedAs = (system: string, code: string): { coding: Coding[] } => ({ coding: [{ system, code }] });
export const firstCode = (concept: FhirConcept | undefined, system: string): string | undefined =>
  concept?.coding?.find((coding) => coding.system === system)?.code;

/** Undefined where it says nothing: neither words nor a code. */
export function conceptFromFhir(concept: FhirConcept | undefined): CodeableConcept | undefined {
  const coding = (concept?.coding ?? []).flatMap(({ system, code, display }) => (system === undefined || code === undefined ? [] : [{ system, code, ...maybe('display', display) }]));
  const text = concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display ?? coding[0]?.code;
  return text === undefined ? undefined : { ...(coding.length > 0 && { coding }), text };
}

export const conceptToFhir = ({ coding, text }: CodeableConcept): FhirConcept => ({ ...(coding !== undefined && { coding: coding.map((one) => one as Coding) }), text });

const ucum = 'http://unitsofmeasure.org';

export function quantityFromFhir(quantity: FhirQuantity | undefined): Quantity | undefined {
  if (quantity?.value === undefined) return undefined;
  const { value, comparator, unit, code } = quantity;
  return { value, ...maybe('comparator', comparator as Quantity['comparator']), ...maybe('unit', unit), ...maybe('code', code) };
}

export const quantityToFhir = ({ code, ...rest }: Quantity): FhirQuantity => ({ ...(rest as FhirQuantity), ...(code !== undefined && { system: ucum, code }) });

/** A FHIR dateTime as this program keeps it: an instant in UTC, or the partial day as it came. */
export const dateTimeFromFhir = (text: string | undefined): string | undefined => (text?.includes('T') === true ? instantFromFhir(text) : text);

/** An instant in UTC with milliseconds; undefined for what is none. */
export function instantFromFhir(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The calendar day where it happened: that of the offset it was written with. */
export const dayFromFhir = (text: string | undefined): string | undefined => (text !== undefined && text.length >= 10 ? text.slice(0, 10) : undefined);

export const notesFromFhir = (notes: { text?: string }[] | undefined): string | undefined => {
  const text = (notes ?? []).flatMap((note) => (note.text === undefined ? [] : [note.text])).join('\n');
  return text === '' ? undefined : text;
};
export const notesToFhir = (note: string | undefined): { note?: { text: string }[] } => (note === undefined ? {} : { note: [{ text: note }] });

type Extended = { extension?: { url?: string; valueString?: string; valueInteger?: number; valueDateTime?: string }[] };
export const textExtension = ({ extension }: Extended, name: string): string | undefined => extension?.find(({ url }) => url === extensionUrl(name))?.valueString;
export const textExtensions = (texts: Record<string, string | undefined>): { extension?: { url: string; valueString: string }[] } => {
  const extension = Object.entries(texts).flatMap(([name, valueString]) => (valueString === undefined ? [] : [{ url: extensionUrl(name), valueString }]));
  return extension.length === 0 ? {} : { extension };
};

/** Identifiers that are nobody's number elsewhere, such as the group that orders were signed in. */
export const groupIdentifier = (id: string): Identifier => ({ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` });
export const groupFromFhir = (identifier: Identifier | undefined): string | undefined => /^urn:uuid:(.+)$/.exec(identifier?.value ?? '')?.[1];

export type ResourceOf<Type extends Resource['resourceType']> = Extract<Resource, { resourceType: Type }>;
