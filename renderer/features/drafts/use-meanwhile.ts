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
  /** Looks at what was saved. Where nothing differs from the form, there is nothing to ask: answers the revision to go on from. */
  load(): Promise<string | undefined>;
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

  function standOn(newRev: string) {
    setRev(newRev);
    setOther(undefined);
    keeper.rebase(newRev);
  }
  async function load() {
    const all = await versions();
    const newest = all[0];
    if (!newest || newest.rev === rev) return undefined;
    // Without the version the form began with, every difference is a question.
    const base = all.find((version) => version.rev === rev)?.values ?? ({} as Record<Field, string>);
    if (changedMeanwhile(base, form.getValues(), newest.values).length === 0) {
      standOn(newest.rev);
      return newest.rev;
    }
    setOther({ newest, base });
    return undefined;
  }
  // Compared anew with every keystroke: a field typed in after the comparison must not be taken for untouched.
  const found = other && { newest: other.newest, changed: changedMeanwhile(other.base, form.values, other.newest.values) };
  function apply(choices: Partial<Record<Field, Choice>>) {
    if (!found) return;
    standOn(found.newest.rev);
    const values = reconcile(form.getValues(), found.changed, choices);
    form.setValues(values);
    keeper.change(values);
  }
  return { rev, found, load, apply };
}
