import type { ChangedDocument } from '../../../shared/contract/sync.ts';
import { paths } from '../patients/paths.ts';

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
