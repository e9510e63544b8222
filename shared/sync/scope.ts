import type { WireDocument } from './protocol.ts';

/**
 * Collections whose documents say themselves which sites hold them (`siteIds`), with the field by which other documents name one: a
 * patient with all that is written of it (FHIR's patient compartment), a referral with its messages and tasks, and the copy of a chart
 * that was sent along with one, which ends before the referral does.
 */
export const rootFields = { patients: 'patientId', referrals: 'referralId', sharedCharts: 'sharedChartId' } as const;
export type RootCollection = keyof typeof rootFields;
export const rootCollections = Object.keys(rootFields) as RootCollection[];
export const isRoot = (collection: string): collection is RootCollection => Object.hasOwn(rootFields, collection);

/**
 * To whom a document belongs. `organisation`: every workstation holds it. `granted`: the workstations of every site that the root
 * document of this id was granted to. `server`: sent up and never down.
 */
export type Compartment = { kind: 'organisation' } | { kind: 'granted'; root: RootCollection; id: string } | { kind: 'server' };

const organisation: Compartment = { kind: 'organisation' };
const field = (document: Pick<WireDocument, 'content'>, name: string): string | undefined => {
  const value = document.content?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** Collections that replicate, with the compartment of their documents. Others never leave a workstation. */
const compartments: Readonly<Record<string, (document: Pick<WireDocument, 'id' | 'content'>) => Compartment>> = {
  users: () => organisation,
  sites: () => organisation,
  patients: ({ id }) => ({ kind: 'granted', root: 'patients', id }),
  medicalRecords: (document) => ofPatient(document),
  documentReferences: (document) => ofSharedChart(document) ?? ofPatient(document),
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
  archivedCharts: (document) => ofPatient(document),
  chartLoans: (document) => ofPatient(document),
  referrals: ({ id }) => ({ kind: 'granted', root: 'referrals', id }),
  sharedCharts: ({ id }) => ({ kind: 'granted', root: 'sharedCharts', id }),
  communications: (document) => ofRoot(document) ?? { kind: 'server' },
  careTasks: (document) => ofRoot(document) ?? { kind: 'server' },
  conflicts: (document) => ofRoot(document) ?? organisation,
  // No patient's data, and an admin may sit at any workstation, with or without a line.
  hosts: () => organisation,
  virtualMachines: () => organisation,
  storagePools: () => organisation,
  databases: () => organisation,
  computeNodes: () => organisation,
  tasks: () => organisation,
  cloudReports: () => organisation,
  // A workstation keeps its own; those of others are read on the server: the least data that does the work.
  auditEntries: () => ({ kind: 'server' }),
};

const ofPatient = (document: Pick<WireDocument, 'content'>): Compartment => {
  const patientId = field(document, 'patientId');
  return patientId === undefined ? { kind: 'server' } : { kind: 'granted', root: 'patients', id: patientId };
};

const ofSharedChart = (document: Pick<WireDocument, 'content'>): Compartment | undefined => {
  const sharedChartId = field(document, 'sharedChartId');
  return sharedChartId === undefined ? undefined : { kind: 'granted', root: 'sharedCharts', id: sharedChartId };
};

/** By whichever root it names. */
const ofRoot = (document: Pick<WireDocument, 'content'>): Compartment | undefined => {
  const root = rootCollections.find((name) => field(document, rootFields[name]) !== undefined);
  return root && { kind: 'granted', root, id: field(document, rootFields[root]) as string };
};

export const replicatedCollections = Object.keys(compartments);
/** Collections that a workstation is told, and that digests compare. */
export const pulledCollections = replicatedCollections.filter((name) => name !== 'auditEntries');

/** The compartment of a document's version; undefined for a collection that does not replicate. */
export const compartmentOf = (document: Pick<WireDocument, 'collection' | 'id' | 'content'>): Compartment | undefined =>
  (Object.hasOwn(compartments, document.collection) ? compartments[document.collection] : undefined)?.(document);

/** The sites that a root document grants itself to; one that names none belongs to the site that wrote it. */
export function grantedSites(content: WireDocument['content'], writerSiteId: string): string[] {
  const named = content?.['siteIds'];
  const siteIds = Array.isArray(named) ? named.filter((siteId): siteId is string => typeof siteId === 'string') : [];
  return siteIds.length === 0 ? [writerSiteId] : [...new Set(siteIds)];
}
