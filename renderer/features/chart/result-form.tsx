import { Loader, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { judgedBy, type ClinicRanges, type JudgedBy } from '../../../shared/chart/laboratory-range.ts';
import { testsOfOrder, type LaboratoryTest } from '../../../shared/chart/laboratory-tests.ts';
import { interpret, referenceRangeOf, type Person } from '../../../shared/chart/reference-ranges.ts';
import { yearsOn } from '../../../shared/patients/age.ts';
import { codeSystems } from '../../../shared/schema/fhir-types.ts';
import { observationInputSchema, type ObservationInput } from '../../../shared/schema/observation.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import type { ServiceRequest } from '../../../shared/schema/service-request.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { today } from '../patients/calendar-day.ts';
import type { DockedFormProps } from './docked-form.ts';
import { DockForm } from './dock-form.tsx';
import { given, useClinicalForm } from './use-clinical-form.ts';
import { rangeText, readNumber, useLanguage, type Language } from './words.ts';

type Values = Record<string, string>;

/** The results of one order: a field for each of its tests, or a text for what no table knows. */
export function ResultForm(props: DockedFormProps) {
  const { data } = useCall('serviceRequests.list', { patientId: props.patient.id, offset: 0, limit: 500 });
  const order = data?.rows.find(({ id }) => id === props.formKey);
  const clinic = useCall('codes.ranges', {});
  if (clinic.error) return <ErrorNotice error={clinic.error} onRetry={() => void clinic.refetch()} />;
  return order && clinic.data !== undefined ? <Fields {...props} order={order} clinic={clinic.data ?? undefined} /> : <Loader m="md" />;
}

const personOf = (patient: Patient): Person => ({ gender: patient.gender, age: yearsOn(patient, today()) });

/** What a value is of and is held against; `builtIn`: how a range of no clinic's is called. */
function testResult(test: LaboratoryTest, value: number | string, { range, source }: JudgedBy, { language, builtIn }: { language: Language; builtIn: string }): Partial<ObservationInput> {
  const unit = { unit: test.unit, code: test.ucum };
  const interpretation = typeof value === 'number' ? interpret(value, range) : undefined;
  const word = source ?? (range?.low === undefined && range?.high === undefined ? undefined : builtIn);
  return {
    code: { coding: [{ system: codeSystems.loinc, code: test.loinc, display: test.en }], text: test[language] },
    // A text where a number belongs is refused by the schema at its field.
    valueQuantity: { value: value as number, ...unit },
    ...(interpretation !== undefined && { interpretation, ...referenceRangeOf(range, unit, word) }),
  };
}

const resultsSchema = z.array(observationInputSchema).min(1, { error: 'required' });

function Fields({ patient, formKey, draft, onStartOver, order, clinic }: DockedFormProps & { order: ServiceRequest; clinic: ClinicRanges | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const tests = testsOfOrder(order.code);
  const fields = tests.length > 0 ? tests.map(({ loinc }) => loinc) : ['result'];
  const filled = (values: Values) => fields.filter((field) => given(values[field] ?? '') !== undefined);
  const candidate = (values: Values) => {
    const common = { status: 'final', category: order.category === 'laboratory' ? 'laboratory' : 'procedure', effectiveDateTime: new Date().toISOString(), serviceRequestId: order.id };
    return filled(values).map((field) => {
      const typed = values[field] ?? '';
      const test = tests.find(({ loinc }) => loinc === field);
      return { ...common, ...(test ? testResult(test, readNumber(typed) ?? typed, judgedBy(test, personOf(patient), clinic), { language, builtIn: t('chart.ranges.builtIn') }) : { code: order.code, valueString: typed }) };
    });
  };
  const document = useClinicalForm<string, ObservationInput[]>({
    kind: 'observation', key: formKey, patientId: patient.id, fields, draft, candidate, schema: resultsSchema,
    values: Object.fromEntries(fields.map((field) => [field, ''])),
    // A path names the place among what was filled in; an empty form is told at its first field.
    fieldOf: { '': fields[0] ?? 'result', ...Object.fromEntries(fields.map((field) => [field, field])) },
  });
  const { form } = document;
  return (
    <DockForm
      document={document}
      draft={draft}
      first={fields[0] ?? 'result'}
      labelOf={(field) => tests.find(({ loinc }) => loinc === field)?.[language] ?? t('chart.laboratory.result')}
      onStartOver={onStartOver}
      save={(contents, { draftId }) => call('observations.create', { patientId: patient.id, contents, ...(draftId !== undefined && { draftId }) })}
    >
      <Text size="sm" fw={600}>
        {order.code.text}
      </Text>
      {tests.map((test) => {
        const typed = form.values[test.loinc] ?? '';
        const wrong = given(typed) !== undefined && readNumber(typed) === undefined;
        return (
          <TextInput
            key={test.loinc}
            label={`${test[language]}${test.unit === '' ? '' : ` (${test.unit})`}`}
            description={rangeOf(judgedBy(test, personOf(patient), clinic))}
            inputMode="decimal"
            autoComplete="off"
            {...form.getInputProps(test.loinc)}
            error={wrong ? t('issue.invalid-amount') : form.errors[test.loinc]}
          />
        );
      })}
      {tests.length === 0 && <Textarea label={t('chart.laboratory.result')} autosize minRows={3} {...form.getInputProps('result')} />}
    </DockForm>
  );
}

function rangeOf({ range, source }: JudgedBy): string | undefined {
  const text = rangeText({ referenceRange: undefined, ...referenceRangeOf(range, {}) });
  return [text, source].filter(Boolean).join(' · ') || undefined;
}
