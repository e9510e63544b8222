import { encounterPriorities, type EncounterContent } from '../schema/encounter.ts';

type Queued = Pick<EncounterContent, 'status' | 'priority' | 'arrivedAt' | 'calledAt'>;

const isCalled = ({ status }: Queued): boolean => status === 'in-progress';
const urgency = ({ priority }: Queued): number => encounterPriorities.indexOf(priority);

/** Those called come first, the latest call on top; then those waiting, the graver before the longer. */
export function byCall(one: Queued, other: Queued): number {
  if (isCalled(one) !== isCalled(other)) return isCalled(one) ? -1 : 1;
  if (isCalled(one)) return (other.calledAt ?? '').localeCompare(one.calledAt ?? '');
  return urgency(other) - urgency(one) || one.arrivedAt.localeCompare(other.arrivedAt);
}

/** Whole minutes that somebody has waited, to the call or until now; a clock that was set back gives none. */
export const minutesWaited = ({ arrivedAt, calledAt }: Queued, now: Date): number =>
  Math.max(0, Math.floor(((calledAt === undefined ? now.getTime() : Date.parse(calledAt)) - Date.parse(arrivedAt)) / 60_000));
