/** A field that somebody else saved while this form was open. */
export interface ChangedMeanwhile<Field extends string> {
  field: Field;
  base: string;
  mine: string;
  theirs: string;
  /** Both sides changed it to different texts: a person has to choose. */
  conflict: boolean;
}

/**
 * Compares a form (`mine`) with the version saved meanwhile (`theirs`), both grown from `base`. Fields that
 * only this form changed are not listed: they stand as typed.
 */
export function changedMeanwhile<Field extends string>(
  base: Record<Field, string>,
  mine: Record<Field, string>,
  theirs: Record<Field, string>,
): ChangedMeanwhile<Field>[] {
  return (Object.keys(theirs) as Field[])
    .filter((field) => theirs[field] !== base[field] && theirs[field] !== mine[field])
    .map((field) => ({
      field,
      base: base[field],
      mine: mine[field],
      theirs: theirs[field],
      conflict: mine[field] !== base[field],
    }));
}

export type Choice = 'mine' | 'theirs';

/** The form after the choices: what was typed, with the other side's text in each field that was given to it. */
export function reconcile<Field extends string>(
  mine: Record<Field, string>,
  changed: ChangedMeanwhile<Field>[],
  choices: Partial<Record<Field, Choice>>,
): Record<Field, string> {
  const taken = changed.filter(({ field, conflict }) => (choices[field] ?? (conflict ? 'mine' : 'theirs')) === 'theirs');
  return { ...mine, ...Object.fromEntries(taken.map(({ field, theirs }) => [field, theirs])) };
}
