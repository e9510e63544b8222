import type { TFunction } from 'i18next';
import type { Alarm } from '../sync/automation-protocol.ts';

/** The sentence for an alarm. */
export function alarmText({ code, name, dimension, share }: Alarm, t: TFunction, language: string): string {
  return t(`maintenance.alarm.${code}`, {
    name,
    dimension: dimension === null ? '' : t(`resources.dimension.${dimension}`),
    share: share?.toLocaleString(language, { style: 'percent', maximumFractionDigits: 0 }) ?? '',
  });
}
