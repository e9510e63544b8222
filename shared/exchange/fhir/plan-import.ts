import type { Provenance } from '@medplum/fhirtypes';
import type { z } from 'zod';
import type { FieldIssue } from '../../errors.ts';
import { fieldIssues } from '../../field-issues.ts';
import { appointmentContentSchema, appointmentInputSchema } from '../../schema/appointment.ts';
import { careTaskContentSchema } from '../../schema/care-task.ts';
import { clinicalSchemas } from '../../schema/clinical.ts';
import type { CollectionName } from '../../schema/collections.ts';
import { communicationContentSchema } from '../../schema/communication.ts';
import { documentReferenceContentSchema } from '../../schema/document-reference.ts';
import { encounterContentSchema } from '../../schema/encounter.ts';
import { medicalRecordInputSchema } from '../../schema/medical-record.ts';
import { patientInputSchema } from '../../schema/patient.ts';
import { referralContentSchema } from '../../schema/referral.ts';
import type { ImportContext } from './common.ts';
import { collectionOf, fromFhir, isFhirResource, isOfRecordRoom, type ImportedCollection } from './mappings.ts';
import type { ReadResource } from './read-resources.ts';
import type { ResourceNames } from './resource-names.ts';
import { signedFromFhir, type Signed } from './signatures.ts';

/** A document that a file would make. */
export interface PlannedDocument {
  place: number;
  resourceType: string;
  collection: ImportedCollection;
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
  /**
   * Seals and loans of a record room elsewhere, which are left out. A seal forbids every later change: it is put on by who has the chart
   * in front of them, and never by a file.
   */
  ofRecordRoom: number;
}

/** What is known beside the resources that are to become documents. */
export interface ImportSurroundings extends Omit<ImportContext, 'idOf'> {
  names: ResourceNames;
  /** A document that is here and not in the trash. */
  find(collection: CollectionName, id: string): object | undefined;
}

/** What a file of resources would bring in. */
export function planImport(resources: readonly ReadResource[], { names, find, ...who }: ImportSurroundings): FhirPlan {
  const context: ImportContext = { ...who, idOf: (reference) => names.idOf(reference) };
  const plan: FhirPlan = { documents: [], refused: [], ignored: {}, ofRecordRoom: 0 };
  const planned = new Set<string>();
  const provenances = resources.flatMap(({ resource }) => (resource.resourceType === 'Provenance' ? [resource] : []));
  for (const { place, resource, fullUrl } of resources) {
    const { resourceType } = resource;
    if (isOfRecordRoom(resource)) {
      plan.ofRecordRoom += 1;
      continue;
    }
    if (!isFhirResource(resource)) {
      if (resourceType !== 'Provenance') plan.ignored[resourceType] = (plan.ignored[resourceType] ?? 0) + 1;
      continue;
    }
    const collection = collectionOf(resource);
    const document = { place, resourceType, collection, id: names.ownId(resource, fullUrl) ?? '', content: knownHere(collection, fromFhir(resource, context), find) };
    const issues = [...issuesOf(document), ...(planned.has(document.id) ? [{ path: 'id', code: 'repeated-id' as const }] : [])];
    if (issues.length > 0) plan.refused.push({ place, resourceType, issues });
    else {
      planned.add(document.id);
      plan.documents.push(document);
    }
  }
  const idle = countIdle(provenances.filter(({ target }) => !target.every((one) => names.typeOf(one) === 'List')), plan.documents, context, names);
  if (idle > 0) plan.ignored['Provenance'] = idle;
  return withoutStrangers(plan, find);
}

const namesOfPeople: ReadonlySet<string> = new Set(['practitionerId', 'recipientId', 'ownerId']);
const namesOfSites: ReadonlySet<string> = new Set(['siteId', 'senderSiteId', 'recipientSiteId', 'requesterSiteId', 'ownerSiteId']);

/** Who works elsewhere is nobody here: an appointment with such a one has to name a room. A letter stands between two sites wherever it is read. */
function knownHere(collection: ImportedCollection, content: Record<string, unknown>, find: ImportSurroundings['find']): Record<string, unknown> {
  const isHere = (known: CollectionName, id: unknown) => typeof id === 'string' && find(known, id) !== undefined;
  return Object.fromEntries(Object.entries(content).filter(([field, id]) => {
    if (namesOfPeople.has(field)) return isHere('users', id);
    return !namesOfSites.has(field) || collection === 'referrals' || isHere('sites', id);
  }));
}

/** Puts the signatures of elsewhere under what they signed; answers how many provenances say nothing that has a place here. */
function countIdle(provenances: readonly Provenance[], documents: readonly PlannedDocument[], { idOf, importer }: ImportContext, names: ResourceNames): number {
  // A seal has the id of the record that it seals, and who sealed that one did not write it.
  const byName = new Map(documents.map((document) => [`${document.resourceType}/${document.id}`, document]));
  return provenances.filter((provenance) => {
    const signed = signedFromFhir(provenance, importer.id);
    const targets = provenance.target.flatMap((target) => byName.get(`${names.typeOf(target) ?? ''}/${idOf(target) ?? ''}`) ?? []).filter((document) => canBeSigned(document));
    if (Object.keys(signed).length === 0) return true;
    for (const { collection, content } of targets) Object.assign(content, collection === 'medicalRecords' ? ofRecord(signed) : ofOrder(signed));
    return targets.length === 0;
  }).length;
}

/** A record that is still written on elsewhere bears no signature, whatever a file says. */
const canBeSigned = ({ collection, content }: PlannedDocument): boolean =>
  collection === 'medicationRequests' || collection === 'serviceRequests' || (collection === 'medicalRecords' && content['status'] === 'signed');
const ofRecord = ({ signature, amendments }: Signed) => ({ ...(signature && { signature }), ...(amendments && { amendments, status: 'amended' }) });
const ofOrder = ({ signature, statusChange }: Signed) => ({ ...(signature && { signature }), ...(statusChange && { statusChange }) });

/** Fields that name another document, which has to be there, and to be of the same patient where it is of one. */
const links: Readonly<Record<string, CollectionName>> = {
  medicalRecordId: 'medicalRecords', encounterId: 'encounters', appointmentId: 'appointments', displacedBy: 'appointments', serviceRequestId: 'serviceRequests',
  recipientPatientId: 'patients',
};

/** By which a document says whom it is about; messages on a referral leave that to it. */
const subjects = ['patientId', 'subjectId', 'recipientPatientId'];

/** Nothing is brought in for a patient who is neither here nor in the file. What else is neither is left out of what names it. */
function withoutStrangers({ documents, refused, ...left }: FhirPlan, find: ImportSurroundings['find']): FhirPlan {
  const planned = new Map(documents.map((document) => [`${document.collection} ${document.id}`, document.content]));
  const found = (collection: CollectionName, id: unknown): { patientId?: unknown } | undefined =>
    typeof id === 'string' ? (planned.get(`${collection} ${id}`) ?? find(collection, id)) : undefined;
  const hasPatient = (content: Record<string, unknown>) => subjects.some((field) => found('patients', content[field]) !== undefined);
  const isOfSomebody = ({ collection, content }: PlannedDocument) => {
    const letter = planned.get(`referrals ${String(content['referralId'])}`);
    return collection === 'patients' || hasPatient(content) || (letter === undefined ? found('referrals', content['referralId']) !== undefined : hasPatient(letter));
  };
  const strangers = documents
    .filter((document) => !isOfSomebody(document))
    .map(({ place, resourceType }) => ({ place, resourceType, issues: [{ path: 'patientId', code: 'unknown-patient' as const }] }));
  const isThere = (field: string, id: unknown, patientId: unknown) => {
    const collection = links[field];
    if (collection === undefined) return true;
    const other = found(collection, id);
    return other !== undefined && (other.patientId === undefined || other.patientId === patientId);
  };
  const kept = documents.filter(isOfSomebody).map((document) => ({
    ...document, content: Object.fromEntries(Object.entries(document.content).filter(([field, id]) => isThere(field, id, document.content['patientId']))),
  }));
  return { documents: kept, refused: [...refused, ...strangers].sort((one, other) => one.place - other.place), ...left };
}

function issuesOf({ collection, id, content }: PlannedDocument): FieldIssue[] {
  if (id === '') return [{ path: 'id', code: 'required' }];
  switch (collection) {
    case 'patients':
      return complaints(patientInputSchema, content);
    case 'appointments':
      return appointmentIssues(content);
    case 'encounters':
      return complaints(encounterContentSchema, content);
    case 'documentReferences':
      return complaints(documentReferenceContentSchema, content);
    case 'medicalRecords':
      return recordIssues(content);
    case 'referrals':
      return complaints(referralContentSchema, content);
    case 'communications':
      return complaints(communicationContentSchema, content);
    case 'careTasks':
      return complaints(careTaskContentSchema, content);
    default:
      return complaints(clinicalSchemas[collection], content);
  }
}

function appointmentIssues(content: Record<string, unknown>): FieldIssue[] {
  const { status: _status, siteId: _siteId, seriesId: _seriesId, displacedBy: _displacedBy, ...input } = content;
  const issues = complaints(appointmentContentSchema, content);
  return issues.length > 0 ? issues : complaints(appointmentInputSchema, input);
}

function recordIssues(content: Record<string, unknown>): FieldIssue[] {
  const { patientId, encounterId: _encounterId, doctorId: _doctorId, doctorName: _doctorName, status: _status, signature: _signature, ...input } = content;
  return [...complaints(medicalRecordInputSchema, input), ...(patientId === undefined ? [{ path: 'patientId', code: 'required' as const }] : [])];
}

function complaints(schema: z.ZodType, content: unknown): FieldIssue[] {
  const { error } = schema.safeParse(content);
  return error === undefined ? [] : fieldIssues(error);
}
