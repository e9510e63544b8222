import { useOutletContext, useParams } from 'react-router';
import type { Patient } from '../../../shared/schema/patient.ts';

/** The patient whose chart is open; only on the screens inside a chart. */
export const useChartPatient = () => useOutletContext<Patient>();

/** An id out of the address; empty when the address has none. */
export function useIdParam(name: 'patientId' | 'recordId' | 'documentId'): string {
  return useParams()[name] ?? '';
}
