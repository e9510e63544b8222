import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../shared/schema/patient.ts';
import {
  conditionClinicalStatuses, conditionInputSchema, conditionVerificationStatuses, type Condition, type ConditionInput,
} from '../../../shared/schema/condition.ts';
import { codeSystems } from '../../../shared/schema/fhir-types.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { today, dayOrTyped } from '../patients/calendar-day.ts';
import { DayInput, dayInputProps } from '../patients/day-input.tsx';
import { CodePicker } from './code-picker.tsx';
import { conceptText, readConcept } from './concept-field.ts';
import { SnippetTextarea } from '../habits/snippet-textarea.tsx';
import { dayText } from '../versions/time-text.ts';
import type { DockedFormProps } from './docked-form.ts';
import { DockForm } from './dock-form.tsx';
import classes from './dock.module.css';
import { Existing } from './existing.tsx';
import { whole } from './tab-screen.tsx';
import { given, useClinicalForm } from './use-clinical-form.ts';

const fields = ['problem', 'clinicalStatus', 'verificationStatus', 'onset', 'abatement', 'note'] as const;
type Field = (typeof fields)[number];
type Values = Record<Field, string>;

const newForm = (): Values => ({ problem: '', clinicalStatus: 'active', verificationStatus: 'confirmed', onset: today(), abatement: '', note: '' });

const toForm = ({ code, clinicalStatus, verificationStatus, onsetDateTime = '', abatementDateTime = '', note = '' }: ConditionInput): Values => ({
  problem: conceptText(code, codeSystems.icd10), clinicalStatus, verificationStatus, onset: dayText(onsetDateTime), abatement: dayText(abatementDateTime), note,
});

const day = (typed: string) => (given(typed) === undefined ? undefined : dayOrTyped(typed));
const candidate = ({ problem, clinicalStatus, verificationStatus, onset, abatement, note }: Values) => ({
  code: readConcept(problem, codeSystems.icd10), category: 'problem-list-item', clinicalStatus, verificationStatus,
  onsetDateTime: day(onset), abatementDateTime: day(abatement), note,
});

export function ConditionForm(props: DockedFormProps) {
  const answer = useCall('conditions.list', { patientId: props.patient.id, ...whole });
  return (
    <Existing answer={answer} formKey={props.formKey}>
      {(condition) => <Fields key={condition?.id} {...props} condition={condition} />}
    </Existing>
  );
}

function Fields({ patient, formKey, draft, onStartOver, condition }: DockedFormProps & { condition: Condition | undefined; patient: Patient }) {
  const { t } = useTranslation();
  const document = useClinicalForm<Field, ConditionInput>({
    kind: 'condition', key: formKey, patientId: patient.id, fields, draft, candidate, schema: conditionInputSchema, baseRev: condition?.rev,
    values: condition ? toForm(condition) : newForm(),
    fieldOf: { code: 'problem', onsetDateTime: 'onset', abatementDateTime: 'abatement', note: 'note', clinicalStatus: 'clinicalStatus', verificationStatus: 'verificationStatus' },
  });
  const { form } = document;
  return (
    <DockForm
      document={document}
      draft={draft}
      first="problem"
      labelOf={(field) => t(`chart.condition.${field}`)}
      onStartOver={onStartOver}
      save={(content, { rev, ...over }) =>
        condition ? call('conditions.update', { id: condition.id, rev, content, ...over }) : call('conditions.create', { patientId: patient.id, content, ...over })}
    >
      <CodePicker system={codeSystems.icd10} label={t('chart.condition.problem')} description={t('chart.condition.hint')} withAsterisk {...form.getInputProps('problem')} />
      <div className={classes.halves}>
        <Select
          label={t('chart.condition.clinicalStatus')} allowDeselect={false}
          data={conditionClinicalStatuses.map((value) => ({ value, label: t(`chart.conditionStatus.${value}`) }))} {...form.getInputProps('clinicalStatus')}
        />
        <Select
          label={t('chart.condition.verificationStatus')} allowDeselect={false}
          data={conditionVerificationStatuses.map((value) => ({ value, label: t(`chart.verification.${value}`) }))} {...form.getInputProps('verificationStatus')}
        />
        <DayInput label={t('chart.condition.onset')} {...dayInputProps(form, 'onset')} />
        <DayInput label={t('chart.condition.abatement')} {...dayInputProps(form, 'abatement')} />
      </div>
      <SnippetTextarea label={t('chart.condition.note')} minRows={2} {...form.getInputProps('note')} />
    </DockForm>
  );
}
