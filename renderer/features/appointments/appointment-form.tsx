import { Autocomplete, Button, Group, NumberInput, Select, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AppointmentRow } from '../../../shared/contract/appointments.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { appointmentInputSchema, repeatIntervals, type Appointment, type Repeat } from '../../../shared/schema/appointment.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formErrors, formErrorsOf } from '../../components/form-errors.ts';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { fieldIssues } from '../../../shared/field-issues.ts';
import { instantOfMoment, momentText } from '../patients/calendar-day.ts';
import { dayInputProps, MomentInput } from '../patients/day-input.tsx';
import { paths } from '../patients/paths.ts';
import { minutesOf, slotMinutes } from './book-model.ts';
import { CancelSeriesForm } from './cancel-series-form.tsx';
import { PatientChoice, type ChosenPatient } from './patient-choice.tsx';

/** What the form begins with: a free place in the book, or an appointment. */
export interface Wanted {
  start: string;
  practitionerId?: string | undefined;
  room?: string | undefined;
  appointment?: AppointmentRow;
}

const chosenOf = ({ patientId, patientName, medicalRecordNumber }: AppointmentRow): ChosenPatient => ({ id: patientId, label: `${patientName} · ${medicalRecordNumber}` });

/** Books a slot, once or again and again, or changes what was booked. */
export function AppointmentForm({ wanted, onClose }: { wanted: Wanted; onClose: () => void }) {
  const { t } = useTranslation();
  const { appointment } = wanted;
  const places = useCall('appointments.places', {}).data ?? { practitioners: [], rooms: [] };
  const book = useCallMutation('appointments.book');
  const update = useCallMutation('appointments.update');
  const [patient, setPatient] = useState(appointment && chosenOf(appointment));
  const [series, setSeries] = useState<readonly Appointment[]>();
  const form = useForm({
    initialValues: {
      practitionerId: wanted.practitionerId ?? null, room: wanted.room ?? '', start: momentText(wanted.start), minutes: appointment ? minutesOf(appointment) : slotMinutes as number | string,
      reason: appointment?.reason ?? '', every: 'none', times: 4 as number | string,
    },
  });
  const done = (text: string) => {
    notifyDone(text, t);
    onClose();
  };
  const refuse = ({ error }: Parameters<NonNullable<Parameters<typeof book.mutate>[1]>['onError'] & object>[0]) => form.setErrors(withoutNoun(formErrorsOf(error, t) ?? {}));
  const submit = form.onSubmit((values) => {
    const start = instantOfMoment(values.start);
    if (patient === undefined) return form.setErrors({ patientId: t('appointments.patientRequired') });
    if (start === undefined) return form.setErrors({ start: t('issue.invalid-date') });
    const input = {
      patientId: patient.id, start, end: new Date(Date.parse(start) + Number(values.minutes) * 60_000).toISOString(), reason: values.reason, room: values.room,
      ...(values.practitionerId !== null && { practitionerId: values.practitionerId }),
    } satisfies CallInput<'appointments.book'>['appointment'];
    const parsed = appointmentInputSchema.safeParse(input);
    if (!parsed.success) return form.setErrors(formErrors(fieldIssues(parsed.error), t));
    if (appointment) return update.mutate({ id: appointment.id, rev: appointment.rev, appointment: input }, { onSuccess: () => done(t('appointments.changed')), onError: refuse });
    const repeat = values.every === 'none' ? {} : { repeat: { every: values.every as Repeat['every'], times: Number(values.times) } };
    return book.mutate({ appointment: input, ...repeat }, { onSuccess: (booked) => done(t('appointments.booked', { count: booked.length })), onError: refuse });
  });
  const errorAt = (name: string) => form.errors[name];
  if (appointment && series) return <CancelSeriesForm appointment={appointment} series={series} onCancelled={onClose} onClose={() => setSeries(undefined)} />;
  return (
    <FormDialog
      title={t(appointment ? 'appointments.editTitle' : 'appointments.bookTitle')}
      submitLabel={t(appointment ? 'appointments.save' : 'appointments.book')}
      busy={book.isPending || update.isPending}
      size={appointment ? 'lg' : 'md'}
      error={book.error ?? update.error}
      onSubmit={submit}
      onClose={onClose}
      {...(appointment && { aside: <Endings appointment={appointment} onSeries={setSeries} onClose={onClose} /> })}
    >
      <PatientChoice value={patient} onChange={setPatient} error={errorAt('patientId')} />
      <Group grow align="flex-start">
        <Select
          label={t('appointments.practitioner')}
          placeholder={t('appointments.none')}
          clearable
          clearButtonProps={{ 'aria-label': t('appointments.none') }}
          data={places.practitioners.map(({ id, displayName }) => ({ value: id, label: displayName }))}
          {...form.getInputProps('practitionerId')}
        />
        <Autocomplete label={t('appointments.room')} data={places.rooms} openOnFocus={places.rooms.length > 0} maxLength={100} {...form.getInputProps('room')} />
      </Group>
      <Group grow align="flex-start">
        <MomentInput label={t('appointments.start')} required {...dayInputProps(form, 'start')} />
        <NumberInput label={t('appointments.minutes')} min={5} max={1440} step={5} error={errorAt('end')} value={form.values.minutes} onChange={(minutes) => form.setFieldValue('minutes', minutes)} />
      </Group>
      <Textarea label={t('appointments.reason')} autosize minRows={1} maxRows={4} {...form.getInputProps('reason')} />
      {!appointment && (
        <Group grow align="flex-start">
          <Select
            label={t('appointments.repeat')}
            allowDeselect={false}
            data={(['none', ...repeatIntervals] as const).map((value) => ({ value, label: t(`appointments.repeats.${value}`) }))}
            {...form.getInputProps('every')}
          />
          {form.values.every !== 'none' && <NumberInput label={t('appointments.repeatTimes')} min={2} max={60} error={errorAt('repeat.times')} {...form.getInputProps('times')} />}
        </Group>
      )}
    </FormDialog>
  );
}

/** The call names its fields below `appointment`; the form is the appointment. */
const withoutNoun = (errors: Record<string, string>) => Object.fromEntries(Object.entries(errors).map(([path, text]) => [path.replace(/^appointment\./, ''), text]));

/** What else can become of an appointment. */
function Endings({ appointment: { id, rev, patientId, status }, onSeries, onClose }: { appointment: AppointmentRow; onSeries: (series: readonly Appointment[]) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: series = [], isPending } = useCall('appointments.series', { id });
  const cancel = useCallMutation('appointments.cancel');
  const checkIn = useCallMutation('encounters.checkIn');
  const end = (ending: 'cancelled' | 'noshow') =>
    cancel.mutate({ id, rev, status: ending }, {
      onSuccess: () => {
        notifyDone(t('appointments.cancelled'), t);
        onClose();
      },
      onError: (refusal) => notifyError(refusal, t),
    });
  return (
    <Group gap={4}>
      {status === 'booked' && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={checkIn.isPending}
          onClick={() =>
            checkIn.mutate(
              { patientId, appointmentId: id, kind: 'outpatient', urgency: { priority: 'routine' } },
              { onSuccess: (encounter) => void navigate(`/queue/${encounter.id}/slip`), onError: (refusal) => notifyError(refusal, t) },
            )
          }
        >
          {t('appointments.checkIn')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={() => void navigate(paths.patient(patientId))}>{t('appointments.openChart')}</Button>
      <Button size="compact-sm" variant="subtle" onClick={() => void navigate(paths.documentHistory(patientId, 'appointments', id))}>{t('history.open')}</Button>
      <Button size="compact-sm" variant="subtle" color="red" loading={cancel.isPending || isPending} onClick={() => (series.length > 1 ? onSeries(series) : end('cancelled'))}>{t('appointments.cancel')}</Button>
      <Button size="compact-sm" variant="subtle" color="red" loading={cancel.isPending} onClick={() => end('noshow')}>{t('appointments.noshow')}</Button>
    </Group>
  );
}
