import type { ScheduleName } from '../../../shared/chart/immunization-schedules.ts';
import type { Language } from './words.ts';

/** Whose schedule a clinic most likely follows, by the language it works in. */
export const defaultSchedule = (language: Language): ScheduleName => (language === 'zh' ? 'china' : 'who');
