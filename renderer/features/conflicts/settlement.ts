import type { ConflictRow, Settlement } from '../../../shared/contract/sync.ts';
import type { Clash } from '../../../shared/schema/conflict.ts';
import { same } from '../../../shared/sync/canonical.ts';

/** What was chosen for one clash: a side, both texts, what somebody wrote since, or a text of one's own. */
export type Choice = { take: 0 | 1 } | { take: 'both' } | { take: 'present' } | { take: 'edited'; text: string };
/** By the clash's path. */
export type Choices = Readonly<Record<string, Choice>>;

/** The same side for every clash. */
export const allOf = ({ clashes }: Pick<ConflictRow, 'clashes'>, side: 0 | 1): Choices =>
  Object.fromEntries(clashes.map(({ path }) => [path, { take: side }]));

/** Whether somebody wrote the field since the conflict was found: the kept value is not what the document shows any more. */
export const isWrittenSince = ({ values, kept }: Clash, present: { value?: unknown } | undefined): boolean =>
  present !== undefined && !same(present.value ?? null, values[kept].value ?? null);

/** Which of both values the document shows now; `another`: neither. Undefined where the document is not here. */
export function standingValue({ values }: Pick<Clash, 'values'>, present: { value?: unknown } | undefined): 0 | 1 | 'another' | undefined {
  if (present === undefined) return undefined;
  const sides = [0, 1] as const;
  return sides.find((side) => same(present.value ?? null, values[side].value ?? null)) ?? 'another';
}

/** The choices as the backend takes them; undefined until every clash has one. */
export function settlementsOf({ clashes, present = [] }: Pick<ConflictRow, 'clashes' | 'present'>, choices: Choices): Settlement[] | undefined {
  const settlements = clashes.flatMap((clash, index) => {
    const choice = choices[clash.path];
    return choice ? [settlementOf(clash, isWrittenSince(clash, present[index]), choice)] : [];
  });
  return settlements.length === clashes.length ? settlements : undefined;
}

/** `kept` leaves what the document shows: where that is another value by now, the kept one has to be written back. */
function settlementOf({ path, kept, values }: Clash, writtenSince: boolean, choice: Choice): Settlement {
  switch (choice.take) {
    case 'both':
      return { path, choice: 'both' };
    case 'edited':
      // An emptied field is an absent one.
      return choice.text.trim() === '' ? { path, choice: 'edited' } : { path, choice: 'edited', value: choice.text };
    case 'present':
      return { path, choice: 'kept' };
    default:
      if (choice.take !== kept) return { path, choice: 'other' };
      return writtenSince && path !== 'deleted' ? { path, choice: 'edited', ...values[kept] } : { path, choice: 'kept' };
  }
}

/** Leaves everything as the document shows it. */
export const allKept = (clashes: readonly Clash[]): Settlement[] => clashes.map(({ path }) => ({ path, choice: 'kept' }));
