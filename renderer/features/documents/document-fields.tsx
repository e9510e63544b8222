import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { documentReferenceTypes, type DocumentReferenceInput, type DocumentReferenceType } from '../../../shared/schema/document-reference.ts';
import { DayInput } from '../patients/day-input.tsx';

interface DocumentFieldsProps {
  values: DocumentReferenceInput;
  errors: Partial<Record<string, string>>;
  onChange(values: DocumentReferenceInput): void;
}

/** What a person says of a document. */
export function DocumentFields({ values, errors, onChange }: DocumentFieldsProps) {
  const { t } = useTranslation();
  const kinds = documentReferenceTypes.map((type) => ({ value: type, label: t(`documents.type.${type}`) }));
  return (
    <>
      <TextInput
        label={t('documents.field.title')} value={values.title} maxLength={200} data-autofocus required error={errors['title']}
        onChange={(event) => onChange({ ...values, title: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('documents.field.type')} data={kinds} value={values.type}
        onChange={(event) => onChange({ ...values, type: event.currentTarget.value as DocumentReferenceType })}
      />
      <DayInput label={t('documents.field.date')} value={values.date} required error={errors['date']} onChange={(date) => onChange({ ...values, date })} />
    </>
  );
}
