import { useForm, type UseFormReturnType } from '@mantine/form';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldIssue } from '../../../shared/errors.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import { appErrorOf } from '../../components/app-error.ts';
import { formErrors } from '../../components/form-errors.ts';
import type { FormReading } from '../patients/patient-form-values.ts';
import type { AutosaveState } from './autosaver.ts';
import type { DraftKeeper, DraftTarget } from './draft-keeper.ts';
import { withDraft } from './draft-on-open.ts';
import { showField } from './focus-field.ts';
import { useDraftKeeper } from './use-draft-keeper.ts';
import { useMeanwhile, type Meanwhile, type SavedVersion } from './use-meanwhile.ts';

type Texts<Field extends string> = Record<Field, string>;

/** What a kind of document brings to its form. */
export interface DocumentFormOptions<Field extends string, Input> {
  /** In the order on screen; the first wrong one gets the focus. */
  fields: readonly Field[];
  /** The form without a draft: the stored document, or a new one. */
  values: Texts<Field>;
  target: DraftTarget;
  draft: Draft | null;
  read(values: Texts<Field>): FormReading<Input>;
  fieldOfPath(path: string): Field | undefined;
  /** All versions of the document as form texts, newest first; empty for a new one. */
  versions(): Promise<SavedVersion<Field>[]>;
}

export interface DocumentForm<Field extends string, Input> {
  form: UseFormReturnType<Texts<Field>>;
  autosave: AutosaveState;
  keeper: DraftKeeper;
  /** The failure of the last save that no field can show. */
  error: unknown;
  wrongFields: number;
  saving: boolean;
  meanwhile: Meanwhile<Field>;
  /**
   * Checks, ends autosaving and writes. Answers what `write` answers; undefined when the form or the backend
   * refused, with the reason on screen and every typed character still there.
   */
  submit<Saved>(write: (input: Input, over: { rev: string; draftId?: string }) => Promise<Saved>): Promise<Saved | undefined>;
  /** Checks the form and shows what is wrong. */
  check(): FormReading<Input>;
}

/** A form over a stored document: drafts, checks, saving, and what others saved meanwhile. */
export function useDocumentForm<Field extends string, Input>(options: DocumentFormOptions<Field, Input>): DocumentForm<Field, Input> {
  const { t } = useTranslation();
  const { draft, fields } = options;
  const opened = draft ? withDraft(options.values, draft) : options.values;
  const openedRev = draft?.baseRev ?? options.target.baseRev ?? '';
  const { keeper, state: autosave } = useDraftKeeper({ ...options.target, ...(openedRev !== '' && { baseRev: openedRev }) }, draft?.id);
  const form = useForm<Texts<Field>>({ mode: 'controlled', initialValues: opened, onValuesChange: (values) => keeper.change(values) });
  const [error, setError] = useState<unknown>();
  const [saving, setSaving] = useState(false);
  const meanwhile = useMeanwhile({ rev: openedRev, versions: options.versions, keeper, form });

  // A draft over an older revision is never offered for saving unseen.
  const { load } = meanwhile;
  const outdated = openedRev !== (options.target.baseRev ?? '');
  useEffect(() => {
    if (outdated) void load();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only the state at opening counts; later saves by others are told when they happen
  }, []);

  function show(issues: FieldIssue[]) {
    const shown = issues.map((issue) => ({ ...issue, path: options.fieldOfPath(issue.path) ?? issue.path }));
    const errors = formErrors(shown, t);
    form.setErrors(errors);
    const first = fields.find((field) => field in errors);
    if (first) showField(first);
  }
  function check() {
    const reading = options.read(form.getValues());
    if (reading.ok) form.clearErrors();
    else show(reading.issues);
    return reading;
  }
  async function refuse(thrown: unknown) {
    // The draft was not taken by the save: the text belongs back on disk.
    keeper.change(form.getValues());
    const failure = appErrorOf(thrown);
    if (failure.code === 'invalid-input') show(failure.issues);
    else if (failure.code !== 'stale-revision') setError(thrown);
  }
  /** Writes over a revision; when a newer one does not differ from the form, over that one. */
  async function writeOver<Saved>(rev: string, write: (rev: string) => Promise<Saved>): Promise<Saved> {
    try {
      return await write(rev);
    } catch (thrown) {
      const newRev = appErrorOf(thrown).code === 'stale-revision' ? await meanwhile.load() : undefined;
      if (newRev === undefined) throw thrown;
      return await write(newRev);
    }
  }
  async function submit<Saved>(write: (input: Input, over: { rev: string; draftId?: string }) => Promise<Saved>) {
    setError(undefined);
    const reading = check();
    if (!reading.ok || saving) return undefined;
    setSaving(true);
    try {
      const draftId = await keeper.settle();
      return await writeOver(meanwhile.rev, (rev) => write(reading.input, { rev, ...(draftId !== undefined && { draftId }) }));
    } catch (thrown) {
      await refuse(thrown);
      return undefined;
    } finally {
      setSaving(false);
    }
  }

  return { form, autosave, keeper, error, wrongFields: Object.keys(form.errors).length, saving, meanwhile, submit, check };
}
