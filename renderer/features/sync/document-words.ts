import type { TFunction } from 'i18next';
import { clinicalCollections } from '../../../shared/schema/clinical.ts';
import type { ChangedDocument } from '../../../shared/contract/sync.ts';
import type { sync } from '../../../shared/i18n/en/sync.ts';
import { paths } from '../patients/paths.ts';

type Kind = keyof (typeof sync)['collection'];
const kinds: ReadonlySet<string> = new Set<Kind>(['sites', 'users', 'patients', 'medicalRecords', 'documentReferences', 'appointments', 'encounters', 'referrals', 'sharedCharts', 'communications', 'careTasks', 'archivedCharts', 'chartLoans', ...clinicalCollections, 'codeTables', 'textTemplates', 'favourites', 'conflicts', 'auditEntries']);

/** What kind of entry it is; a collection of a newer version is just an entry. */
export const kindText = (collection: string, t: TFunction): string =>
  t(`sync.collection.${kinds.has(collection) ? (collection as Kind) : 'other'}`);

/** `Patient 王芳`. */
export const documentText = ({ collection, title }: ChangedDocument, t: TFunction): string =>
  [kindText(collection, t), title].filter(Boolean).join(' ');

/** The documents that a person would name: audit entries go without saying. */
export const namedDocuments = (documents: ChangedDocument[]): ChangedDocument[] => documents.filter(({ collection }) => collection !== 'auditEntries');

/** Where it is read on screen; undefined for what has no screen of its own. */
export function documentPath({ collection, id, patientId }: Pick<ChangedDocument, 'collection' | 'id' | 'patientId'>): string | undefined {
  if (collection === 'patients') return paths.patient(id);
  if (collection === 'medicalRecords' && patientId !== undefined) return paths.record(patientId, id);
  if (collection === 'documentReferences' && patientId !== undefined) return `${paths.patient(patientId)}/documents`;
  return collection === 'conflicts' ? `/conflicts/${id}` : undefined;
}

/** The form that corrects it; undefined for what no form writes. */
export function repairPath({ collection, id, patientId, deleted }: ChangedDocument): string | undefined {
  if (deleted) return collection === 'patients' || collection === 'medicalRecords' || collection === 'documentReferences' ? '/trash' : undefined;
  if (collection === 'patients') return paths.editPatient(id);
  if (collection === 'medicalRecords' && patientId !== undefined) return paths.editRecord(patientId, id);
  if (collection === 'users') return '/users';
  return collection === 'sites' ? '/settings' : undefined;
}
