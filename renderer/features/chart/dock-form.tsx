import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../shared/schema/draft.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { notifySaved } from '../habits/notify-saved.tsx';
import { AutosaveStatus } from '../drafts/autosave-status.tsx';
import { useFieldOnArrival } from '../drafts/focus-field.ts';
import { FormNotices } from '../drafts/form-notices.tsx';
import type { DocumentForm } from '../drafts/use-document-form.ts';
import classes from './dock.module.css';
import { closerOfDock } from './dock-store.ts';

interface DockFormProps<Field extends string, Input> {
  document: DocumentForm<Field, Input>;
  draft: Draft | null;
  /** The field that the typing begins in. */
  first: Field;
  labelOf(field: Field): string;
  onStartOver(): void;
  save(input: Input, over: { rev: string; draftId?: string }): Promise<unknown>;
  children: ReactNode;
}

/** The frame of a form in the dock: what is restored, what is wrong, the fields, and saving. */
export function DockForm<Field extends string, Input>({ document, draft, first, labelOf, onStartOver, save, children }: DockFormProps<Field, Input>) {
  const { t } = useTranslation();
  useFieldOnArrival(first);
  async function submit() {
    const close = closerOfDock();
    // `write` may answer nothing of its own; that it was called tells a save from a refusal.
    const saved = await document.submit(async (input, over) => ({ answer: await save(input, over) }));
    if (!saved) return;
    void notifySaved(t('chart.saved'), t);
    close();
  }
  useShortcut('save', () => void submit());
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <FormNotices document={document} draft={draft} latestRev={undefined} labelOf={labelOf} onStartOver={onStartOver} wrong={(total) => t('records.editor.wrong', { total })} />
      {children}
      <Group className={classes.bar} justify="space-between">
        <AutosaveStatus state={document.autosave} />
        <Button type="submit" loading={document.saving}>
          {t('chart.save')}
        </Button>
      </Group>
    </form>
  );
}
