import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { substanceConcept, substanceNamed, substances } from '../../../shared/chart/substances.ts';
import {
  allergyCategories, allergyClinicalStatuses, allergyIntoleranceInputSchema, allergyVerificationStatuses, criticalities, reactionSeverities,
  type AllergyIntolerance, type AllergyIntoleranceInput,
} from '../../../shared/schema/allergy-intolerance.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { SnippetTextarea } from '../habits/snippet-textarea.tsx';
import type { DockedFormProps } from './docked-form.ts';
import { DockForm } from './dock-form.tsx';
import classes from './dock.module.css';
import { Existing } from './existing.tsx';
import { whole } from './tab-screen.tsx';
import { given, useClinicalForm } from './use-clinical-form.ts';
import { useLanguage } from './words.ts';

const fields = ['substance', 'category', 'criticality', 'clinicalStatus', 'verificationStatus', 'reaction', 'severity', 'note'] as const;
type Field = (typeof fields)[number];
type Values = Record<Field, string>;

const newForm: Values = { substance: '', category: '', criticality: 'high', clinicalStatus: 'active', verificationStatus: 'confirmed', reaction: '', severity: '', note: '' };

function toForm({ code, category, criticality, clinicalStatus, verificationStatus, reaction = [], note = '' }: AllergyIntoleranceInput): Values {
  return {
    substance: code.text, category: category ?? '', criticality: criticality ?? '', clinicalStatus, verificationStatus,
    reaction: reaction.map(({ manifestation }) => manifestation).join('; '), severity: reaction[0]?.severity ?? '', note,
  };
}

/** Several manifestations are written one after the other; each keeps what else is known of it. */
function reactionsOf({ reaction, severity }: Values, before: AllergyIntoleranceInput['reaction'] = []) {
  const named = reaction.split(/[;；]/).map((one) => one.trim()).filter((one) => one !== '');
  return named.map((manifestation) => ({ ...before.find((one) => one.manifestation === manifestation), manifestation, ...(severity !== '' && { severity }) }));
}

const candidateOver = (before: AllergyIntolerance | undefined) => (values: Values) => {
  const { substance, category, criticality, clinicalStatus, verificationStatus, note } = values;
  return {
    code: before?.code.text === substance.trim() ? before.code : substanceConcept(substance),
    category: given(category) ?? substanceNamed(substance)?.category, criticality: given(criticality), clinicalStatus, verificationStatus,
    reaction: reactionsOf(values, before?.reaction), onsetDateTime: before?.onsetDateTime, note,
  };
};

export function AllergyForm(props: DockedFormProps) {
  const answer = useCall('allergyIntolerances.list', { patientId: props.patient.id, ...whole });
  return (
    <Existing answer={answer} formKey={props.formKey}>
      {(allergy) => <Fields key={allergy?.id} {...props} allergy={allergy} />}
    </Existing>
  );
}

function Fields({ patient, formKey, draft, onStartOver, allergy }: DockedFormProps & { allergy: AllergyIntolerance | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const document = useClinicalForm<Field, AllergyIntoleranceInput>({
    kind: 'allergyIntolerance', key: formKey, patientId: patient.id, fields, draft, candidate: candidateOver(allergy), schema: allergyIntoleranceInputSchema,
    baseRev: allergy?.rev, values: allergy ? toForm(allergy) : newForm,
    fieldOf: { code: 'substance', category: 'category', criticality: 'criticality', clinicalStatus: 'clinicalStatus', verificationStatus: 'verificationStatus', reaction: 'reaction', note: 'note' },
  });
  const { form } = document;
  return (
    <DockForm
      document={document}
      draft={draft}
      first="substance"
      labelOf={(field) => t(`chart.allergy.${field}`)}
      onStartOver={onStartOver}
      save={(content, { rev, ...over }) =>
        allergy ? call('allergyIntolerances.update', { id: allergy.id, rev, content, ...over }) : call('allergyIntolerances.create', { patientId: patient.id, content, ...over })}
    >
      <Autocomplete
        label={t('chart.allergy.substance')} withAsterisk autoComplete="off" openOnFocus={false} limit={12} data={[...new Set(substances.map((one) => one[language]))]}
        {...form.getInputProps('substance')}
      />
      <div className={classes.halves}>
        <Select label={t('chart.allergy.category')} clearable data={allergyCategories.map((value) => ({ value, label: t(`chart.allergyCategory.${value}`) }))} {...form.getInputProps('category')} />
        <Select label={t('chart.allergy.criticality')} allowDeselect={false} data={criticalities.map((value) => ({ value, label: t(`chart.criticality.${value}`) }))} {...form.getInputProps('criticality')} />
        <TextInput label={t('chart.allergy.reaction')} description={t('chart.allergy.reactionHint')} {...form.getInputProps('reaction')} />
        <Select label={t('chart.allergy.severity')} description={t('chart.allergy.severityHint')} clearable data={reactionSeverities.map((value) => ({ value, label: t(`chart.severity.${value}`) }))} {...form.getInputProps('severity')} />
        <Select label={t('chart.allergy.clinicalStatus')} allowDeselect={false} data={allergyClinicalStatuses.map((value) => ({ value, label: t(`chart.conditionStatus.${value}`) }))} {...form.getInputProps('clinicalStatus')} />
        <Select label={t('chart.allergy.verificationStatus')} allowDeselect={false} data={allergyVerificationStatuses.map((value) => ({ value, label: t(`chart.verification.${value}`) }))} {...form.getInputProps('verificationStatus')} />
      </div>
      <SnippetTextarea label={t('chart.allergy.note')} minRows={2} {...form.getInputProps('note')} />
    </DockForm>
  );
}
