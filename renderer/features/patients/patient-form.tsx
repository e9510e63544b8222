import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PossibleDuplicate } from '../../../shared/contract/patients.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { notifySaved } from '../habits/notify-saved.tsx';
import { AutosaveStatus } from '../drafts/autosave-status.tsx';
import { useFieldOnArrival } from '../drafts/focus-field.ts';
import { FormNotices } from '../drafts/form-notices.tsx';
import formClasses from '../records/record-editor.module.css';
import { ChartTitle } from './chart-title.tsx';
import { DuplicateDialog } from './duplicate-dialog.tsx';
import { DuplicateList } from './duplicate-list.tsx';
import { paths } from './paths.ts';
import { PatientFields } from './patient-fields.tsx';
import type { PatientFormValues } from './patient-form-values.ts';
import { usePatientForm } from './use-patient-form.ts';
import { findDuplicates, usePossibleDuplicates } from './use-possible-duplicates.ts';

export interface PatientFormProps {
  /** As the form was opened over it; undefined when somebody is registered. */
  patient: Patient | undefined;
  /** The patient's revision now. */
  latestRev: string | undefined;
  values: PatientFormValues;
  draft: Draft | null;
  onStartOver(): void;
}

/** Registers or changes a patient; who may already be registered is shown while typing, and asked before registering. */
export function PatientForm({ patient, latestRev, values, draft, onStartOver }: PatientFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { document, save } = usePatientForm({ patient, values, draft });
  const duplicates = usePossibleDuplicates(document.form.values, patient?.id);
  const [asked, setAsked] = useState<PossibleDuplicate[]>([]);
  const back = () => void navigate(patient ? paths.patient(patient.id) : paths.patients);

  async function saveAndOpen() {
    const saved = await save();
    setAsked([]);
    if (!saved) return;
    void notifySaved(t(patient ? 'patients.form.saved' : 'patients.form.registered'), t);
    void navigate(paths.patient(saved.id), { replace: true });
  }
  async function submit() {
    if (!document.check().ok || asked.length > 0) return;
    const found = patient ? [] : await findDuplicates(document.form.getValues(), undefined).catch(() => []);
    if (found.length > 0) setAsked(found);
    else await saveAndOpen();
  }
  // Whoever was searched for has a name already.
  useFieldOnArrival(patient || document.form.values.name === '' ? 'name' : 'gender');
  useShortcut('save', () => void submit());
  useShortcut('back', back);

  return (
    <form
      noValidate
      className={formClasses.editor}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {patient ? <ChartTitle>{t('patients.form.edit')}</ChartTitle> : <PageHeader title={t('patients.form.register')} />}
      <FormNotices
        document={document}
        draft={draft}
        latestRev={latestRev}
        labelOf={(field) => t(`patients.field.${field}`)}
        onStartOver={onStartOver}
        wrong={(total) => t('patients.form.wrong', { total })}
      />
      <DuplicateList duplicates={duplicates} />
      <PatientFields form={document.form} />
      <Group className={formClasses.bar} justify="space-between">
        <AutosaveStatus state={document.autosave} />
        <Group gap="xs">
          <Button variant="default" onClick={back}>
            {t('patients.form.cancel')}
          </Button>
          <Button type="submit" loading={document.saving}>
            {t(patient ? 'patients.form.save' : 'patients.form.saveNew')}
          </Button>
        </Group>
      </Group>
      <DuplicateDialog duplicates={asked} busy={document.saving} onRegister={() => void saveAndOpen()} onBack={() => setAsked([])} />
    </form>
  );
}
