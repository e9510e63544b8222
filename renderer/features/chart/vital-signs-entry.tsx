import { Button, Group, Loader, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldIssue } from '../../../shared/errors.ts';
import { readingsOf, vitalSignIssues, vitalSignObservations, vitalSigns, type VitalSignKey } from '../../../shared/chart/vital-signs.ts';
import { yearsOn } from '../../../shared/patients/age.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import { isValidObservation, type ObservationInput } from '../../../shared/schema/observation.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifySaved } from '../habits/notify-saved.tsx';
import { AutosaveStatus } from '../drafts/autosave-status.tsx';
import { useDraftOnOpen } from '../drafts/draft-on-open.ts';
import { FormNotices } from '../drafts/form-notices.tsx';
import { useDocumentForm } from '../drafts/use-document-form.ts';
import type { FormReading } from '../patients/patient-form-values.ts';
import { today } from '../patients/calendar-day.ts';
import { useDock } from './dock-store.ts';
import classes from './vital-signs-entry.module.css';
import { readNumber } from './words.ts';

/** What is typed; the body mass index is computed. */
const entered = vitalSigns.filter(({ key }) => key !== 'bodyMassIndex');
const fields = [...entered.map(({ key }) => key), 'time'] as const;
type Field = (typeof fields)[number];
type Values = Record<Field, string>;
const empty = Object.fromEntries(fields.map((field) => [field, ''])) as Values;

/** The values that were typed, or what is amiss with each. Without a time it is now. */
function readEntry(values: Values, patient: Patient): FormReading<ObservationInput[]> {
  const issues: FieldIssue[] = [];
  const measured: Partial<Record<VitalSignKey, number>> = {};
  for (const { key, possible: [least, most] } of entered) {
    const typed = values[key].trim();
    if (typed === '') continue;
    const value = readNumber(typed);
    if (value === undefined) issues.push({ path: key, code: 'invalid-amount' });
    else if (value < least || value > most) issues.push({ path: key, code: 'out-of-range' });
    else measured[key] = value;
  }
  const at = values.time.trim() === '' ? new Date() : new Date(values.time.trim().replace(' ', 'T'));
  if (Number.isNaN(at.getTime())) issues.push({ path: 'time', code: 'invalid-time' });
  if (issues.length === 0 && Object.keys(measured).length === 0) issues.push({ path: fields[0], code: 'required' });
  if (issues.length > 0) return { ok: false, issues };
  const input = vitalSignObservations(measured, at.toISOString(), { gender: patient.gender, age: yearsOn(patient, today()) });
  // Each is possible and both together are not: a height in other units, or a digit too many in one of them.
  if (input.some((observation) => vitalSignIssues(observation).length > 0)) return { ok: false, issues: (['weight', 'height'] as const).map((path) => ({ path, code: 'out-of-range' })) };
  return { ok: true, input };
}

/** A line to write a round of vital signs in; Enter saves it and it becomes a column of the grid. */
export function VitalSignsEntry({ patient }: { patient: Patient }) {
  const { draft, error, retry, forget } = useDraftOnOpen({ kind: 'observation', key: 'new', patientId: patient.id });
  const [round, setRound] = useState(0);
  if (draft === undefined) return error ? <ErrorNotice error={error} onRetry={retry} /> : <Loader size="sm" />;
  const again = () => {
    forget();
    setRound(round + 1);
  };
  return <Entry key={round} patient={patient} draft={draft} onAgain={again} />;
}

function Entry({ patient, draft, onAgain }: { patient: Patient; draft: Draft | null; onAgain(): void }) {
  const { t } = useTranslation();
  const docked = useDock((state) => state.docked);
  const document = useDocumentForm<Field, ObservationInput[]>({
    fields, values: empty, draft, target: { kind: 'observation', key: 'new', patientId: patient.id },
    read: (values) => readEntry(values, patient),
    fieldOfPath: (path) => (path.endsWith('effectiveDateTime') ? 'time' : fields.find((field) => field === path)),
    versions: () => Promise.resolve([]),
  });
  const { form } = document;
  async function submit() {
    const saved = await document.submit((contents, { draftId }) => call('observations.create', { patientId: patient.id, contents, ...(draftId !== undefined && { draftId }) }));
    if (!saved) return;
    void notifySaved(t('chart.saved'), t);
    onAgain();
  }
  // A form in the dock has Alt+S for itself.
  useShortcut('save', () => void submit(), docked === undefined || docked.minimised);
  return (
    <form
      noValidate
      aria-label={t('chart.vitalsEntry')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <FormNotices document={document} draft={draft} latestRev={undefined} labelOf={(field) => (field === 'time' ? t('chart.vitalsTime') : t(`chart.vital.${field}`))} onStartOver={onAgain} wrong={(total) => t('records.editor.wrong', { total })} />
      <div className={classes.entry}>
        {entered.map(({ key, unit }) => (
          <TextInput key={key} size="xs" label={`${t(`chart.vital.${key}`)} ${unit}`} inputMode="decimal" autoComplete="off" {...form.getInputProps(key)} />
        ))}
        <TextInput size="xs" label={t('chart.vitalsTime')} placeholder={t('chart.now')} autoComplete="off" {...form.getInputProps('time')} />
      </div>
      <Group mt="xs" gap="sm">
        <Button type="submit" size="xs" loading={document.saving}>
          {t('chart.vitalsSave')}
        </Button>
        <LastBody patientId={patient.id} onCopy={(values) => form.setValues(values)} />
        <AutosaveStatus state={document.autosave} />
      </Group>
    </form>
  );
}

/**
 * Height and weight as they were last measured: of a grown-up they seldom change. Pressure, pulse and temperature are
 * never copied, since a value that nobody measured would be read as one that somebody did.
 */
function LastBody({ patientId, onCopy }: { patientId: string; onCopy: (values: Partial<Values>) => void }) {
  const { t } = useTranslation();
  const { data } = useCall('observations.list', { patientId, category: 'vital-signs', offset: 0, limit: 100 });
  const last = (key: 'height' | 'weight') => data?.rows.filter(isValidObservation).map((row) => readingsOf(row)[key]?.value).find((value) => value !== undefined);
  const values = { height: last('height'), weight: last('weight') };
  const known = Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])));
  if (Object.keys(known).length === 0) return null;
  return (
    <Button variant="default" size="xs" onClick={() => onCopy(known)}>
      {t('habits.lastBody')}
    </Button>
  );
}
