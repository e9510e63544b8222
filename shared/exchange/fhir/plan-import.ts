import type { Reference, Resource } from '@medplum/fhirtypes';
import type { z } from 'zod';
import type { FieldIssue } from '../../errors.ts';
import { fieldIssues } from '../../field-issues.ts';
import { clinicalSchemas } from '../../schema/clinical.ts';
import { idSchema } from '../../schema/document.ts';
import { medicalRecordInputSchema } from '../../schema/medical-record.ts';
import { patientInputSchema } from '../../schema/patient.ts';
import { derivedId } from '../../sync/derived-id.ts';
import type { ImportContext } from './common.ts';
import { fhirTypes, fromFhir, isFhirResource, type FhirCollection } from './mappings.ts';
import type { ReadResource } from './read-resources.ts';

/** A document that a file would make. */
export interface PlannedDocument {
  place: number;
  collection: FhirCollection;
  id: string;
  content: Record<string, unknown>;
}
export interface RefusedResource {
  place: number;
  resourceType: string;
  issues: FieldIssue[];
}
export interface FhirPlan {
  documents: PlannedDocument[];
  refused: RefusedResource[];
  /** Resources of kinds that have no place here, by their type. */
  ignored: Record<string, number>;
}

/**
 * The id of the document that a resource becomes: its own where that is a UUID, so that what was exported here is known again, and
 * otherwise one that the same resource always gets.
 */
export const documentIdOf = (type: string, id: string): string => (idSchema.safeParse(id).success ? id.toLowerCase() : derivedId('fhir', type, id));

/** What a file of resources would bring in. `known` says which patients and documents are here already. */
export function planImport(resources: readonly ReadResource[], who: Pick<ImportContext, 'importer' | 'now'>, isKnownPatient: (id: string) => boolean): FhirPlan {
  const typeOf = new Map(resources.flatMap(({ fullUrl, resource }) => (fullUrl === undefined ? [] : [[fullUrl, resource] as const])));
  const context: ImportContext = { ...who, idOf: (reference) => referredId(reference, typeOf) };
  const plan: FhirPlan = { documents: [], refused: [], ignored: {} };
  const planned = new Set<string>();
  for (const { place, resource, fullUrl } of resources) {
    if (!isFhirResource(resource)) {
      plan.ignored[resource.resourceType] = (plan.ignored[resource.resourceType] ?? 0) + 1;
      continue;
    }
    const document = { place, collection: fhirTypes[resource.resourceType], id: ownId(resource, fullUrl) ?? '', content: fromFhir(resource, context) };
    const issues = [...issuesOf(document), ...(planned.has(document.id) ? [{ path: 'id', code: 'repeated-id' as const }] : [])];
    if (issues.length > 0) plan.refused.push({ place, resourceType: resource.resourceType, issues });
    else {
      planned.add(document.id);
      plan.documents.push(document);
    }
  }
  return withoutStrangers(plan, isKnownPatient);
}

/** Nothing is brought in for a patient who is neither here nor in the file. A visit that is neither is left out of what names it. */
function withoutStrangers({ documents, refused, ignored }: FhirPlan, isKnownPatient: (id: string) => boolean): FhirPlan {
  const patients = new Set(documents.filter(({ collection }) => collection === 'patients').map(({ id }) => id));
  const visits = new Map(documents.filter(({ collection }) => collection === 'medicalRecords').map(({ id, content }) => [id, content['patientId']]));
  const isHere = (id: string) => patients.has(id) || isKnownPatient(id);
  const kept = documents.filter(({ collection, content }) => collection === 'patients' || isHere(String(content['patientId'])));
  const typeOf = (collection: FhirCollection) => Object.entries(fhirTypes).find(([, name]) => name === collection)?.[0] ?? collection;
  const strangers = documents
    .filter((document) => !kept.includes(document))
    .map(({ place, collection }) => ({ place, resourceType: typeOf(collection), issues: [{ path: 'patientId', code: 'unknown-patient' as const }] }));
  for (const { content } of kept) {
    const visit = content['medicalRecordId'];
    if (typeof visit === 'string' && visits.get(visit) !== content['patientId']) delete content['medicalRecordId'];
  }
  return { documents: kept, refused: [...refused, ...strangers].sort((one, other) => one.place - other.place), ignored };
}

function issuesOf({ collection, id, content }: PlannedDocument): FieldIssue[] {
  if (id === '') return [{ path: 'id', code: 'required' }];
  if (collection === 'patients') return complaints(patientInputSchema, content);
  if (collection !== 'medicalRecords') return complaints(clinicalSchemas[collection], content);
  const { patientId, doctorId: _doctorId, doctorName: _doctorName, status: _status, signature: _signature, ...input } = content;
  return [...complaints(medicalRecordInputSchema, input), ...(patientId === undefined ? [{ path: 'patientId', code: 'required' as const }] : [])];
}

function complaints(schema: z.ZodType, content: unknown): FieldIssue[] {
  const { error } = schema.safeParse(content);
  return error === undefined ? [] : fieldIssues(error);
}

function ownId(resource: Resource, fullUrl: string | undefined): string | undefined {
  const id = resource.id ?? uuidOf(fullUrl);
  return id === undefined ? undefined : documentIdOf(resource.resourceType, id);
}

const uuidOf = (url: string | undefined) => /^urn:uuid:(.+)$/.exec(url ?? '')?.[1];

/** `Patient/x`, `https://elsewhere/fhir/Patient/x`, or what a bundle calls it; a search (`Patient?identifier=…`) names nobody. */
function referredId(reference: Reference | undefined, named: ReadonlyMap<string, Resource>): string | undefined {
  const text = reference?.reference;
  if (text === undefined) return undefined;
  const inBundle = named.get(text);
  if (inBundle !== undefined) return ownId(inBundle, text);
  const [, type, id] = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.+)?$/.exec(text) ?? [];
  return type === undefined || id === undefined ? undefined : documentIdOf(type, id);
}
