import type { AppException } from '../../../shared/errors.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useCall } from '../../api/queries.ts';
import { useIdParam } from '../patients/chart-context.ts';

/** The patient that a sheet is about, by the address. */
export function useSheetPatient(): { id: string; patient: Patient | undefined; error: AppException | null } {
  const id = useIdParam('patientId');
  const { data: patient, error } = useCall('patients.get', { id, viewed: true });
  return { id, patient, error };
}
