import type { WireDocument } from './protocol.ts';

/**
 * To whom a document belongs. `organisation`: every workstation holds it. `patient`: the workstations of every site
 * that the patient was granted to (FHIR's patient compartment). `server`: sent up and never down.
 */
export type Compartment = { kind: 'organisation' } | { kind: 'patient'; patientId: string } | { kind: 'server' };

const organisation: Compartment = { kind: 'organisation' };
const field = (document: Pick<WireDocument, 'content'>, name: string): string | undefined => {
  const value = document.content?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** Collections that replicate, with the compartment of their documents. Others never leave a workstation. */
const compartments: Readonly<Record<string, (document: Pick<WireDocument, 'id' | 'content'>) => Compartment>> = {
  users: () => organisation,
  sites: () => organisation,
  patients: ({ id }) => ({ kind: 'patient', patientId: id }),
  medicalRecords: (document) => ofPatient(document),
  documentReferences: (document) => ofPatient(document),
  allergyIntolerances: (document) => ofPatient(document),
  conditions: (document) => ofPatient(document),
  observations: (document) => ofPatient(document),
  medicationRequests: (document) => ofPatient(document),
  serviceRequests: (document) => ofPatient(document),
  immunizations: (document) => ofPatient(document),
  codeTables: () => organisation,
  textTemplates: () => organisation,
  // A favourite patient is known to be one only where the patient is known.
  favourites: (document) => (field(document, 'patientId') === undefined ? organisation : ofPatient(document)),
  appointments: (document) => ofPatient(document),
  encounters: (document) => ofPatient(document),
  conflicts: (document) => (field(document, 'patientId') === undefined ? organisation : ofPatient(document)),
  // No patient's data, and an admin may sit at any workstation, with or without a line.
  hosts: () => organisation,
  virtualMachines: () => organisation,
  storagePools: () => organisation,
  databases: () => organisation,
  archivedCharts: (document) => ofPatient(document),
  chartLoans: (document) => ofPatient(document),
  computeNodes: () => organisation,
  tasks: () => organisation,
  cloudReports: () => organisation,
  // A workstation keeps its own; those of others are read on the server: the least data that does the work.
  auditEntries: () => ({ kind: 'server' }),
};

const ofPatient = (document: Pick<WireDocument, 'content'>): Compartment => {
  const patientId = field(document, 'patientId');
  return patientId === undefined ? { kind: 'server' } : { kind: 'patient', patientId };
};

export const replicatedCollections = Object.keys(compartments);
/** Collections that a workstation is told, and that digests compare. */
export const pulledCollections = replicatedCollections.filter((name) => name !== 'auditEntries');

/** The compartment of a document's version; undefined for a collection that does not replicate. */
export const compartmentOf = (document: Pick<WireDocument, 'collection' | 'id' | 'content'>): Compartment | undefined =>
  (Object.hasOwn(compartments, document.collection) ? compartments[document.collection] : undefined)?.(document);

/** The sites that a patient's document grants itself to; a patient that names none belongs to the site that wrote it. */
export function grantedSites(content: WireDocument['content'], writerSiteId: string): string[] {
  const named = content?.['siteIds'];
  const siteIds = Array.isArray(named) ? named.filter((siteId): siteId is string => typeof siteId === 'string') : [];
  return siteIds.length === 0 ? [writerSiteId] : [...new Set(siteIds)];
}
