import type { ConflictRow, Settlement } from '../../../shared/contract/sync.ts';
import type { Clash } from '../../../shared/schema/conflict.ts';

/** What was chosen for one clash: a side, both texts, or a text of one's own. */
export type Choice = { take: 0 | 1 } | { take: 'both' } | { take: 'edited'; text: string };
/** By the clash's path. */
export type Choices = Readonly<Record<string, Choice>>;

/** The same side for every clash. */
export const allOf = ({ clashes }: Pick<ConflictRow, 'clashes'>, side: 0 | 1): Choices =>
  Object.fromEntries(clashes.map(({ path }) => [path, { take: side }]));

/** The choices as the backend takes them; undefined until every clash has one. */
export function settlementsOf(clashes: readonly Clash[], choices: Choices): Settlement[] | undefined {
  const settlements = clashes.flatMap((clash) => {
    const choice = choices[clash.path];
    return choice ? [settlementOf(clash, choice)] : [];
  });
  return settlements.length === clashes.length ? settlements : undefined;
}

function settlementOf({ path, kept }: Clash, choice: Choice): Settlement {
  switch (choice.take) {
    case 'both':
      return { path, choice: 'both' };
    case 'edited':
      // An emptied field is an absent one.
      return choice.text.trim() === '' ? { path, choice: 'edited' } : { path, choice: 'edited', value: choice.text };
    default:
      return { path, choice: choice.take === kept ? 'kept' : 'other' };
  }
}

/** Leaves everything as the document shows it. */
export const allKept = (clashes: readonly Clash[]): Settlement[] => clashes.map(({ path }) => ({ path, choice: 'kept' }));
