import { create } from 'zustand';
import type { ScheduleName } from '../../../shared/chart/immunization-schedules.ts';
import { useLanguage } from './words.ts';

/** Which schedule was chosen, for every chart and the card that is printed: the paper may not say another day than the screen. */
const useChosen = create<{ schedule?: ScheduleName }>(() => ({}));

/** The schedule that is followed; until one is chosen, the one that a clinic most likely follows by the language it works in. */
export function useSchedule(): [ScheduleName, (schedule: ScheduleName) => void] {
  const language = useLanguage();
  const chosen = useChosen(({ schedule }) => schedule);
  return [chosen ?? (language === 'zh' ? 'china' : 'who'), (schedule) => useChosen.setState({ schedule })];
}
