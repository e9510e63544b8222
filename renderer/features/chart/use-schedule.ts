import { create } from 'zustand';
import type { ScheduleName } from '../../../shared/chart/immunization-schedules.ts';
import { useCall } from '../../api/queries.ts';
import { useLanguage } from './words.ts';

/** Which schedule is looked at instead, in one patient's chart and on the card printed of it: of nobody else may it hide what is overdue. */
const useChosen = create<{ patientId?: string; schedule?: ScheduleName }>(() => ({}));

/** The schedule that is followed for a patient: the one that was chosen, or the clinic's, or the one that a clinic most likely follows by the language it works in. */
export function useSchedule(patientId: string): [ScheduleName, (schedule: ScheduleName) => void] {
  const language = useLanguage();
  const chosen = useChosen((one) => (one.patientId === patientId ? one.schedule : undefined));
  const ofClinic = useCall('sites.current', {}).data?.immunizationSchedule;
  return [chosen ?? ofClinic ?? (language === 'zh' ? 'china' : 'who'), (schedule) => useChosen.setState({ patientId, schedule })];
}
