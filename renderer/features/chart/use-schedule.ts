import { create } from 'zustand';
import type { ScheduleName } from '../../../shared/chart/immunization-schedules.ts';
import { useCall } from '../../api/queries.ts';
import { useLanguage } from './words.ts';

/** Which schedule is looked at instead, for every chart and the card that is printed: the paper may not say another day than the screen. */
const useChosen = create<{ schedule?: ScheduleName }>(() => ({}));

/** The schedule that is followed: the one that was chosen, or the clinic's, or the one that a clinic most likely follows by the language it works in. */
export function useSchedule(): [ScheduleName, (schedule: ScheduleName) => void] {
  const language = useLanguage();
  const chosen = useChosen(({ schedule }) => schedule);
  const ofClinic = useCall('sites.current', {}).data?.immunizationSchedule;
  return [chosen ?? ofClinic ?? (language === 'zh' ? 'china' : 'who'), (schedule) => useChosen.setState({ schedule })];
}
