import { Fieldset, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BirthFields } from './birth-fields.tsx';
import { GenderField } from './gender-field.tsx';
import { fillFromNationalId, type PatientFormState } from './patient-form-values.ts';
import classes from './patient-form.module.css';
import { PhotoField } from './photo-field.tsx';

/** All fields of a patient, in the order in which they are asked at a front desk. */
export function PatientFields({ form }: { form: PatientFormState }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Fieldset legend={t('patients.form.identity')}>
        <div className={classes.columns}>
          <TextInput label={t('patients.field.name')} withAsterisk autoComplete="off" {...form.getInputProps('name')} />
          <GenderField form={form} />
          <NationalIdField form={form} />
          <TextInput label={t('patients.field.insuranceNumber')} autoComplete="off" {...form.getInputProps('insuranceNumber')} />
          <BirthFields form={form} />
        </div>
      </Fieldset>
      <ContactFields form={form} />
      <Fieldset legend={t('patients.form.more')}>
        <Stack gap="sm">
          <Textarea
            label={t('patients.field.notes')}
            description={t('patients.form.notesHint')}
            autosize
            minRows={2}
            maxRows={10}
            {...form.getInputProps('notes')}
          />
          <PhotoField form={form} />
        </Stack>
      </Fieldset>
    </Stack>
  );
}

function NationalIdField({ form }: { form: PatientFormState }) {
  const { t } = useTranslation();
  const { onChange, ...props } = form.getInputProps('nationalId');
  return (
    <TextInput
      label={t('patients.field.nationalId')}
      description={t('patients.form.nationalIdHint')}
      autoComplete="off"
      {...props}
      onChange={(event) => {
        onChange(event);
        const values = form.getValues();
        const filled = fillFromNationalId(values);
        if (filled !== values) form.setValues(filled);
      }}
    />
  );
}

function ContactFields({ form }: { form: PatientFormState }) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t('patients.form.contact')}>
      <div className={classes.columns}>
        <TextInput label={t('patients.field.phone')} inputMode="tel" autoComplete="off" {...form.getInputProps('phone')} />
        <TextInput label={t('patients.field.address')} autoComplete="off" {...form.getInputProps('address')} />
        <TextInput label={t('patients.field.emergencyContactName')} autoComplete="off" {...form.getInputProps('emergencyContactName')} />
        <div className={classes.halves}>
          <TextInput
            label={t('patients.field.emergencyContactRelationship')}
            autoComplete="off"
            {...form.getInputProps('emergencyContactRelationship')}
          />
          <TextInput
            label={t('patients.field.emergencyContactPhone')}
            inputMode="tel"
            autoComplete="off"
            {...form.getInputProps('emergencyContactPhone')}
          />
        </div>
      </div>
    </Fieldset>
  );
}
