import type { List, ListEntry, Reference } from '@medplum/fhirtypes';
import type { ArchivedChart, SealedEntry } from '../../schema/archived-chart.ts';
import { extensionUrl, groupIdentifier, reference, textExtensions } from './common.ts';

/** A sealed chart is told from lists of other programs by this tag. */
const sealTag = { system: extensionUrl('kind'), code: 'archived-chart' };
export const isSeal = ({ meta }: List): boolean => meta?.tag?.some(({ system, code }) => system === sealTag.system && code === sealTag.code) === true;

/**
 * FHIR R4 List of what was in a chart when it was sealed (mode `snapshot`), in the place where IHE MHD puts a set of documents. Who sealed it,
 * and sealed it anew and why, is a Provenance of the same id. It goes out only: a file of elsewhere seals nothing here, see `planImport`.
 */
export function archivedChartToFhir(chart: ArchivedChart): List {
  const { id, updatedAt, patientId, kind, period, entry, signature, amendments, location } = chart;
  const last = amendments?.at(-1) ?? signature;
  return {
    resourceType: 'List', id, meta: { lastUpdated: updatedAt, tag: [sealTag] },
    ...textExtensions({ 'encounter-kind': kind, 'period-start': period.start, 'period-end': period.end, location }),
    status: 'current',
    mode: 'snapshot',
    code: { text: 'Sealed chart' },
    subject: reference('Patient', patientId),
    encounter: reference('Encounter', id),
    date: last.at,
    source: { ...reference('Practitioner', last.userId), display: last.name },
    entry: entry.map(entryToFhir),
  };
}

/** The version and the SHA-256 of its content tell a receiver whether what they hold is what was sealed. */
const entryToFhir = ({ collection, id, rev, hash }: SealedEntry): ListEntry => ({ ...textExtensions({ rev, 'sha-256': hash }), item: itemOf(collection, id) });

const typeOf: Readonly<Record<string, string>> = {
  encounters: 'Encounter', medicalRecords: 'Encounter', documentReferences: 'DocumentReference', observations: 'Observation', medicationRequests: 'MedicationRequest', immunizations: 'Immunization',
};

/** An order that was carried out is a Procedure and no ServiceRequest: an address that names the wrong one of them would lead nowhere. */
function itemOf(collection: string, id: string): Reference {
  const type = typeOf[collection];
  return type === undefined ? { identifier: groupIdentifier(id) } : reference(type, id);
}
