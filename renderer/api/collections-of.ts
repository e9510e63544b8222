import type { CallName } from '../../shared/contract/index.ts';
import { clinicalCollections } from '../../shared/schema/clinical.ts';
import { referredParts } from '../../shared/schema/shared-chart.ts';
import { resourceCollections } from '../../shared/schema/resource.ts';
import { collectionNames, type CollectionName } from '../../shared/schema/collections.ts';
import { pulledCollections } from '../../shared/sync/scope.ts';

type Noun = CallName extends infer Name ? (Name extends `${infer Before}.${string}` ? Before : never) : never;

/**
 * Which collections an answer is made of, by the noun of the call; a change in any of them makes the answer
 * stale. Nouns that hold no documents (jobs, backups) have none and are refreshed by their own events.
 */
const collectionsByNoun: Record<Noun, readonly CollectionName[]> = {
  allergyIntolerances: ['allergyIntolerances', 'patients'],
  analytics: ['medicalRecords', 'patients', 'encounters', 'conditions', 'sites'],
  // The footer counts every save.
  app: collectionNames,
  appointments: ['appointments', 'patients', 'users', 'sites'],
  audit: ['auditEntries', 'patients'],
  automation: [],
  backups: [],
  careTasks: ['careTasks', 'referrals', 'patients', 'sites', 'users'],
  chart: ['patients', 'medicalRecords', 'documentReferences', 'users', ...clinicalCollections],
  codes: ['codeTables'],
  conditions: ['conditions', 'patients'],
  clinicalReports: ['clinicalReports'],
  cloudReports: ['cloudReports'],
  communications: ['communications', 'careTasks', 'referrals', 'patients', 'sites', 'users'],
  // Of the document that clashed, whichever it is, the present value is shown beside the two.
  conflicts: ['conflicts', ...(pulledCollections as CollectionName[])],
  documentReferences: ['documentReferences', 'patients', 'sharedCharts'],
  drafts: ['drafts'],
  encounters: ['encounters', 'appointments', 'patients', 'users', 'settings'],
  enrolment: [],
  exports: [],
  favourites: ['favourites', 'patients'],
  fhirExports: [],
  // A report of a file that was checked; what it brings in is told by the job.
  fhirImports: [],
  fleet: [],
  hub: [],
  immunizations: ['immunizations', 'patients'],
  imports: ['patients', 'medicalRecords', 'documentReferences', 'appointments', 'encounters', 'referrals', 'communications', 'careTasks', 'users', ...clinicalCollections],
  jobs: [],
  maintenance: resourceCollections,
  medicationRequests: ['medicationRequests', 'patients'],
  observations: ['observations', 'patients'],
  orders: ['medicationRequests', 'serviceRequests', 'patients', 'medicalRecords', 'conditions', 'observations', 'users'],
  patients: ['patients', 'medicalRecords', 'users'],
  placements: [],
  plans: [],
  preferences: [],
  prints: [],
  providers: [],
  quality: ['patients', 'medicalRecords', 'conditions', 'medicationRequests', 'sites', 'codeTables', 'users'],
  quarantine: [],
  recentPatients: ['auditEntries', 'patients'],
  recordRoom: ['archivedCharts', 'chartLoans', 'encounters', 'medicalRecords', 'documentReferences', 'patients', 'conflicts', ...clinicalCollections],
  records: ['medicalRecords', 'patients', 'users'],
  recoveryKey: [],
  referrals: ['referrals', 'sharedCharts', ...referredParts, 'patients', 'sites', 'users'],
  resources: resourceCollections,
  saves: [],
  schedules: [],
  serviceRequests: ['serviceRequests', 'patients'],
  sessions: [],
  settings: ['settings'],
  setup: [],
  sites: ['sites'],
  sync: [],
  textTemplates: ['textTemplates'],
  trash: ['patients', 'medicalRecords', 'documentReferences', 'communications', 'referrals', 'users', ...resourceCollections],
  users: ['users'],
};

/** The collections behind a call, the one it is named for first. */
export function collectionsOf(name: CallName): readonly CollectionName[] {
  return collectionsByNoun[name.slice(0, name.indexOf('.')) as Noun];
}
