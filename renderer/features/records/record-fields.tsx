import { Autocomplete, Group, Radio, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { recordKinds } from '../../../shared/schema/medical-record.ts';
import { useCall } from '../../api/queries.ts';
import { SnippetTextarea } from '../habits/snippet-textarea.tsx';
import { DayInput, dayInputProps } from '../patients/day-input.tsx';
import formClasses from '../patients/patient-form.module.css';
import type { RecordFormValues } from './record-form-values.ts';

export type RecordFormState = UseFormReturnType<RecordFormValues>;

/** The fields of a medical record in the order in which an encounter is told. */
export function RecordFields({ form }: { form: RecordFormState }) {
  return (
    <Stack gap="sm">
      <EncounterFields form={form} />
      <ClinicalText form={form} field="chiefComplaint" required minRows={2} />
      <ClinicalText form={form} field="diagnosis" minRows={2} />
      <ClinicalText form={form} field="treatment" minRows={3} />
      <ClinicalText form={form} field="prescription" minRows={3} />
    </Stack>
  );
}

function EncounterFields({ form }: { form: RecordFormState }) {
  const { t } = useTranslation();
  const departments = useCall('sites.current', {}).data?.departments ?? [];
  return (
    <>
      <Radio.Group label={t('records.field.kind')} withAsterisk {...form.getInputProps('kind')}>
        <Group gap="md" mt={6}>
          {recordKinds.map((kind) => (
            <Radio key={kind} value={kind} label={t(`records.kind.${kind}`)} />
          ))}
        </Group>
      </Radio.Group>
      <div className={formClasses.columns}>
        <Autocomplete label={t('records.field.department')} withAsterisk data={departments} autoComplete="off" {...form.getInputProps('department')} />
        <DateFields form={form} />
      </div>
    </>
  );
}

/** A visit has one date; a stay has an end, which is asked for where there can be one. */
function DateFields({ form }: { form: RecordFormState }) {
  const { t } = useTranslation();
  const stay = form.values.kind === 'inpatient' || form.values.dischargeDate !== '';
  return (
    <div className={formClasses.halves}>
      <DayInput
        label={t(stay ? 'records.field.admissionDate' : 'records.field.visitDate')}
        description={t('records.editor.dayHint')}
        withAsterisk
        {...dayInputProps(form, 'admissionDate')}
      />
      {stay && (
        <DayInput
          label={t('records.field.dischargeDate')}
          description={t('records.editor.dischargeHint')}
          {...dayInputProps(form, 'dischargeDate')}
        />
      )}
    </div>
  );
}

interface ClinicalTextProps {
  form: RecordFormState;
  field: 'chiefComplaint' | 'diagnosis' | 'treatment' | 'prescription';
  minRows: number;
  required?: boolean;
}

function ClinicalText({ form, field, minRows, required = false }: ClinicalTextProps) {
  const { t } = useTranslation();
  return (
    <SnippetTextarea
      label={t(`records.field.${field}`)}
      withAsterisk={required}
      minRows={minRows}
      maxRows={24}
      {...form.getInputProps(field)}
    />
  );
}
