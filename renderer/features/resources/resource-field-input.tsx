import { NumberInput, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { resources } from '../../../shared/i18n/index.ts';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { dayInputProps, MomentInput } from '../patients/day-input.tsx';
import { ReferenceField, ReferencesField } from './reference-field.tsx';
import { choicesOf, type ResourceField, type StateName } from './resource-fields.ts';
import type { FormValues } from './resource-form-values.ts';

type HintName = keyof (typeof resources)['en']['translation']['cloud']['hint'];
const hasHint = (name: string): name is HintName => Object.hasOwn(resources.en.translation.cloud.hint, name);

interface ResourceFieldInputProps {
  collection: ResourceCollection;
  field: ResourceField;
  form: UseFormReturnType<FormValues>;
}

/** One field of a resource's form. */
export function ResourceFieldInput({ collection, field, form }: ResourceFieldInputProps) {
  const { t } = useTranslation();
  const { name, control, unit } = field;
  const label = unit === undefined ? t(`cloud.column.${name}`) : t('cloud.withUnit', { name: t(`cloud.column.${name}`), unit: t(`cloud.unit.${unit}`) });
  const said = { label, ...(hasHint(name) && { description: t(`cloud.hint.${name}`) }), required: field.required };
  const { error } = form.getInputProps(name) as { error?: string };
  const reference = { ...said, error, collection: field.of ?? 'hosts', onChange: (value: string | string[]) => form.setFieldValue(name, value) };
  switch (control) {
    case 'text':
      return <TextInput {...said} data-autofocus={name === 'name' || undefined} {...form.getInputProps(name)} />;
    case 'number':
    case 'mebibytes':
      return <NumberInput {...said} hideControls min={0} decimalScale={control === 'mebibytes' ? 4 : 3} {...form.getInputProps(name)} />;
    case 'choice':
      return <Select {...said} allowDeselect={false} data={choicesOf(collection, name).map((value) => ({ value, label: choiceText(name, value, t) }))} {...form.getInputProps(name)} />;
    case 'instant':
      return <MomentInput {...said} {...dayInputProps(form, name)} />;
    case 'reference':
      return <ReferenceField {...reference} value={String(form.getValues()[name] ?? '')} />;
    case 'references':
      return <ReferencesField {...reference} value={form.getValues()[name] as string[]} />;
  }
}

const choiceText = (name: string, value: string, t: TFunction): string =>
  name === 'kind' ? t(`cloud.poolKind.${value as 'ceph'}`) : t(`cloud.state.${value as StateName}`);
