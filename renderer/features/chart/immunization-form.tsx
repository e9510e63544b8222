import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { vaccines } from '../../../shared/chart/immunization-schedules.ts';
import { codeSystems, type CodeableConcept } from '../../../shared/schema/fhir-types.ts';
import { immunizationInputSchema, immunizationSites, type Immunization, type ImmunizationInput } from '../../../shared/schema/immunization.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { dayOrTyped, today } from '../patients/calendar-day.ts';
import { DayInput, dayInputProps } from '../patients/day-input.tsx';
import { SnippetTextarea } from '../habits/snippet-textarea.tsx';
import { dayText } from '../versions/time-text.ts';
import type { DockedFormProps } from './docked-form.ts';
import { DockForm } from './dock-form.tsx';
import classes from './dock.module.css';
import { Existing } from './existing.tsx';
import { whole } from './tab-screen.tsx';
import { given, useClinicalForm } from './use-clinical-form.ts';
import { useLanguage } from './words.ts';

const fields = ['vaccine', 'doseNumber', 'occurrence', 'lotNumber', 'expirationDate', 'manufacturer', 'site', 'note'] as const;
type Field = (typeof fields)[number];
type Values = Record<Field, string>;

const newForm = (): Values => ({ vaccine: '', doseNumber: '1', occurrence: today(), lotNumber: '', expirationDate: '', manufacturer: '', site: 'LA', note: '' });

const toForm = ({ vaccineCode, doseNumber, occurrenceDateTime, lotNumber = '', expirationDate = '', manufacturer = '', site, note = '' }: ImmunizationInput): Values => ({
  vaccine: vaccineCode.text, doseNumber: doseNumber === undefined ? '' : String(doseNumber), occurrence: dayText(occurrenceDateTime), lotNumber, expirationDate, manufacturer, site: site ?? '', note,
});

function vaccineConcept(name: string): CodeableConcept {
  const vaccine = vaccines.find(({ en, zh }) => [en, zh].includes(name.trim()));
  return { ...(vaccine && { coding: [{ system: codeSystems.cvx, code: vaccine.cvx, display: vaccine.en }] }), text: name.trim() };
}

const candidateOver = (before: Immunization | undefined) => ({ vaccine, doseNumber, occurrence, lotNumber, expirationDate, manufacturer, site, note }: Values) => ({
  vaccineCode: before?.vaccineCode.text === vaccine.trim() ? before.vaccineCode : vaccineConcept(vaccine),
  status: 'completed',
  occurrenceDateTime: dayOrTyped(occurrence),
  doseNumber: given(doseNumber) === undefined ? undefined : Number(doseNumber),
  lotNumber, manufacturer, note,
  expirationDate: given(expirationDate) === undefined ? undefined : dayOrTyped(expirationDate),
  site: given(site),
});

export function ImmunizationForm(props: DockedFormProps) {
  const answer = useCall('immunizations.list', { patientId: props.patient.id, ...whole });
  return (
    <Existing answer={answer} formKey={props.formKey}>
      {(immunization) => <Fields key={immunization?.id} {...props} immunization={immunization} />}
    </Existing>
  );
}

function Fields({ patient, formKey, draft, onStartOver, immunization }: DockedFormProps & { immunization: Immunization | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const document = useClinicalForm<Field, ImmunizationInput>({
    kind: 'immunization', key: formKey, patientId: patient.id, fields, draft, candidate: candidateOver(immunization), schema: immunizationInputSchema,
    baseRev: immunization?.rev, values: immunization ? toForm(immunization) : newForm(),
    fieldOf: {
      vaccineCode: 'vaccine', occurrenceDateTime: 'occurrence', doseNumber: 'doseNumber', lotNumber: 'lotNumber', expirationDate: 'expirationDate',
      manufacturer: 'manufacturer', site: 'site', note: 'note',
    },
  });
  const { form } = document;
  return (
    <DockForm
      document={document}
      draft={draft}
      first="vaccine"
      labelOf={(field) => t(`chart.immunization.${field}`)}
      onStartOver={onStartOver}
      save={(content, { rev, ...over }) =>
        immunization ? call('immunizations.update', { id: immunization.id, rev, content, ...over }) : call('immunizations.create', { patientId: patient.id, content, ...over })}
    >
      <Autocomplete label={t('chart.immunization.vaccine')} withAsterisk autoComplete="off" openOnFocus={false} limit={20} data={vaccines.map((one) => one[language])} {...form.getInputProps('vaccine')} />
      <div className={classes.halves}>
        <TextInput label={t('chart.immunization.doseNumber')} inputMode="numeric" {...form.getInputProps('doseNumber')} />
        <DayInput label={t('chart.immunization.occurrence')} withAsterisk {...dayInputProps(form, 'occurrence')} />
        <TextInput label={t('chart.immunization.lotNumber')} autoComplete="off" {...form.getInputProps('lotNumber')} />
        <DayInput label={t('chart.immunization.expirationDate')} {...dayInputProps(form, 'expirationDate')} />
        <TextInput label={t('chart.immunization.manufacturer')} {...form.getInputProps('manufacturer')} />
        <Select label={t('chart.immunization.site')} clearable data={immunizationSites.map((value) => ({ value, label: t(`chart.site.${value}`) }))} {...form.getInputProps('site')} />
      </div>
      <SnippetTextarea label={t('chart.immunization.note')} minRows={2} {...form.getInputProps('note')} />
    </DockForm>
  );
}
