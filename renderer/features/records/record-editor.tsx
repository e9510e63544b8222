import { Button, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Draft } from '../../../shared/schema/draft.ts';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { notifySaved } from '../habits/notify-saved.tsx';
import { AutosaveStatus } from '../drafts/autosave-status.tsx';
import { useFieldOnArrival } from '../drafts/focus-field.ts';
import { FormNotices } from '../drafts/form-notices.tsx';
import { ChartTitle } from '../patients/chart-title.tsx';
import { paths } from '../patients/paths.ts';
import classes from './record-editor.module.css';
import { FillRecord } from './fill-record.tsx';
import { RecordFields, type RecordFormState } from './record-fields.tsx';
import { SignDialog } from './sign-record.tsx';
import { SignedMeanwhile } from './signed-meanwhile.tsx';
import { useRecordForm, type EditorMode } from './use-record-form.ts';

export interface RecordEditorProps {
  mode: EditorMode;
  patient: Patient;
  /** The record as the form was opened over it. */
  record: MedicalRecord | undefined;
  /** The record as it stands now. */
  latest: MedicalRecord | undefined;
  draft: Draft | null;
  onStartOver(): void;
}

/** Writes, changes or amends a record; what is typed is on disk as a draft long before it is saved. */
export function RecordEditor({ mode, patient, record, latest, draft, onStartOver }: RecordEditorProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { document, save, saveAndSign } = useRecordForm({ mode, patient, record, draft });
  const back = () => void navigate(record ? paths.record(patient.id, record.id) : paths.patient(patient.id));
  const leave = (saved: MedicalRecord | undefined, text: string) => {
    if (!saved) return;
    void notifySaved(text, t);
    void navigate(paths.record(patient.id, saved.id), { replace: true });
  };
  const submit = async () => leave(await save(), t(mode === 'amend' ? 'records.editor.amended' : 'records.editor.saved'));
  useFieldOnArrival(mode === 'amend' ? 'reason' : 'chiefComplaint');
  useShortcut('save', () => void submit());
  useShortcut('back', back);
  return (
    <form
      noValidate
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ChartTitle>{t(`records.editor.${mode}`)}</ChartTitle>
      {mode === 'edit' && latest && latest.status !== 'draft' ? (
        <SignedMeanwhile record={latest} />
      ) : (
        <FormNotices
          document={document}
          draft={draft}
          latestRev={latest?.rev}
          labelOf={(field) => t(`records.field.${field}`)}
          onStartOver={onStartOver}
          wrong={(total) => t('records.editor.wrong', { total })}
        />
      )}
      {mode === 'amend' && <AmendmentReason form={document.form} />}
      {mode !== 'amend' && <FillRecord form={document.form} patientId={patient.id} record={record} />}
      <RecordFields form={document.form} />
      <Group className={classes.bar} justify="space-between">
        <AutosaveStatus state={document.autosave} />
        <Group gap="xs">
          <Button variant="default" onClick={back}>
            {t('records.editor.cancel')}
          </Button>
          <Button type="submit" loading={document.saving}>
            {t(mode === 'amend' ? 'records.editor.saveAmendment' : 'records.editor.save')}
          </Button>
          {mode !== 'amend' && (
            <SaveAndSign
              check={() => document.check().ok}
              onConfirm={async () => {
                const { saved, signed } = await saveAndSign();
                leave(saved, t(signed ? 'records.sign.done' : 'records.editor.saved'));
              }}
            />
          )}
        </Group>
      </Group>
    </form>
  );
}

function AmendmentReason({ form }: { form: RecordFormState }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" mb="xs">
        {t('records.editor.amendExplain')}
      </Text>
      <Textarea
        label={t('records.field.reason')}
        description={t('records.editor.reasonHint')}
        withAsterisk
        autosize
        minRows={1}
        mb="sm"
        {...form.getInputProps('reason')}
      />
    </>
  );
}

/** Asks what signing means only once the form can be saved; a mistake in a field is told first. */
function SaveAndSign({ check, onConfirm }: { check(): boolean; onConfirm(): Promise<void> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  // The question is open: Alt+S must not save past it.
  useShortcut('save', () => undefined, asking);
  if (!may('record.sign')) return null;
  async function confirm() {
    setBusy(true);
    await onConfirm();
    setBusy(false);
    setAsking(false);
  }
  return (
    <>
      <Button variant="light" onClick={() => check() && setAsking(true)}>
        {t('records.editor.saveAndSign')}
      </Button>
      <SignDialog opened={asking} busy={busy} error={undefined} savesFirst onConfirm={() => void confirm()} onCancel={() => setAsking(false)} />
    </>
  );
}
