import type { TaskOptions } from '../../../shared/resources/tasks/problem.ts';
import { durationText } from '../placements/duration-text.ts';

const millionths = 1_000_000;

/** A time of seconds to the second, since models differ by little, or a utilisation in millionths, as people read it; a dash while there is none. */
export function taskValueText(value: number | null | undefined, objective: TaskOptions['objective'], language: string): string {
  if (value === null || value === undefined) return '–';
  if (objective === 'makespan') return durationText(value, language, 3);
  return (value / millionths).toLocaleString(language, { style: 'percent', maximumFractionDigits: 2 });
}
