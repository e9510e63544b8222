import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import type { DraftKeeper } from './draft-keeper.ts';
import { changedMeanwhile, reconcile, type ChangedMeanwhile, type Choice } from './reconcile.ts';

/** A saved version as the form would show it. */
export interface SavedVersion<Field extends string> {
  rev: string;
  savedAt: string;
  savedByName: string;
  values: Record<Field, string>;
}

/** What others saved while the form was open, and the way to bring it together with what was typed. */
export interface Meanwhile<Field extends string> {
  /** The revision that the next save is written over. */
  rev: string;
  found: { newest: SavedVersion<Field>; changed: ChangedMeanwhile<Field>[] } | undefined;
  load(): Promise<void>;
  apply(choices: Partial<Record<Field, Choice>>): void;
}

export function useMeanwhile<Field extends string>(options: {
  rev: string;
  versions(): Promise<SavedVersion<Field>[]>;
  keeper: DraftKeeper;
  form: UseFormReturnType<Record<Field, string>>;
}): Meanwhile<Field> {
  const { versions, keeper, form } = options;
  const [rev, setRev] = useState(options.rev);
  const [other, setOther] = useState<{ newest: SavedVersion<Field>; base: Record<Field, string> }>();

  async function load() {
    const all = await versions();
    const newest = all[0];
    if (!newest || newest.rev === rev) return;
    // Without the version the form began with, every difference is a question.
    const base = all.find((version) => version.rev === rev)?.values ?? ({} as Record<Field, string>);
    setOther({ newest, base });
  }
  // Compared anew with every keystroke: a field typed in after the comparison must not be taken for untouched.
  const found = other && { newest: other.newest, changed: changedMeanwhile(other.base, form.values, other.newest.values) };
  function apply(choices: Partial<Record<Field, Choice>>) {
    if (!found) return;
    setRev(found.newest.rev);
    setOther(undefined);
    keeper.rebase(found.newest.rev);
    const values = reconcile(form.getValues(), found.changed, choices);
    form.setValues(values);
    keeper.change(values);
  }
  return { rev, found, load, apply };
}
