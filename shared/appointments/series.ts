import type { Appointment } from '../schema/appointment.ts';

/** How much of a series is called off with one of it: that one, it and those after it, or all that are to come. */
export const seriesParts = ['one', 'later', 'all'] as const;
export type SeriesPart = (typeof seriesParts)[number];

type One = Pick<Appointment, 'id' | 'start' | 'status'>;

/**
 * The one that was chosen, and of its series all that can still be called off, earliest first: who was here or did not come keeps what
 * is written of it, and so does what lies before both now and the chosen one.
 */
export function seriesToCome<Member extends One>(series: readonly Member[], chosen: Member, now: string): Member[] {
  const from = chosen.start < now ? chosen.start : now;
  return series.filter(({ id, status, start }) => id === chosen.id || ((status === 'booked' || status === 'proposed') && start >= from));
}

export function partOfSeries<Member extends One>(toCome: readonly Member[], chosen: Member, part: SeriesPart): Member[] {
  const taken = { one: () => false, later: ({ start }: Member) => start >= chosen.start, all: () => true } satisfies Record<SeriesPart, (member: Member) => boolean>;
  return toCome.filter((member) => member.id === chosen.id || taken[part](member));
}
