import { Select, Text, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { recordKinds, type RecordKind } from '../../../shared/schema/medical-record.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { instantOf, clockOf, minuteOf } from '../appointments/book-model.ts';
import { PatientChoice, type ChosenPatient } from '../appointments/patient-choice.tsx';
import { addDays, today } from '../patients/calendar-day.ts';
import { PriorityFields, urgencyOf } from './priority-fields.tsx';

/** Checks in somebody who has an appointment today, or who walks in. */
export function CheckInForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const checkIn = useCallMutation('encounters.checkIn');
  const [patient, setPatient] = useState<ChosenPatient>();
  const [kind, setKind] = useState<RecordKind>('outpatient');
  const [reason, setReason] = useState('');
  const [urgency, setUrgency] = useState({ priority: 'routine' as const, priorityReason: '' } as Parameters<typeof urgencyOf>[0]);
  const [missing, setMissing] = useState({ patient: false, reason: false });
  const { data: todays = [] } = useCall('appointments.list', { from: instantOf(today(), 0), to: instantOf(addDays(today(), 1), 0) });
  const expected = todays.find(({ patientId, status }) => patientId === patient?.id && (status === 'booked' || status === 'proposed'));
  function submit(event?: FormEvent) {
    event?.preventDefault();
    const lacks = { patient: patient === undefined, reason: urgency.priority !== 'routine' && urgency.priorityReason.trim() === '' };
    setMissing(lacks);
    if (patient === undefined || lacks.reason) return;
    checkIn.mutate(
      { patientId: patient.id, kind, reason, urgency: urgencyOf(urgency), ...(expected && { appointmentId: expected.id }) },
      {
        onSuccess: ({ id }) => {
          notifyDone(t('encounters.checkedIn'), t);
          void navigate(`/queue/${id}/slip`);
        },
      },
    );
  }
  return (
    <FormDialog title={t('encounters.checkInTitle')} submitLabel={t('encounters.checkIn')} busy={checkIn.isPending} error={checkIn.error} onSubmit={submit} onClose={onClose}>
      <PatientChoice value={patient} onChange={setPatient} error={missing.patient && t('appointments.patientRequired')} />
      {patient && (
        <Text size="sm" role="status">
          {expected ? [t('encounters.expected'), clockOf(minuteOf(expected.start)), expected.practitionerName, expected.room].filter(Boolean).join(' · ') : t('encounters.walkIn')}
        </Text>
      )}
      <Select label={t('encounters.kind')} allowDeselect={false} data={recordKinds.map((value) => ({ value, label: t(`records.kind.${value}`) }))} value={kind} onChange={(value) => setKind(value as RecordKind)} />
      <Textarea label={t('encounters.reason')} autosize minRows={1} maxRows={4} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <PriorityFields value={urgency} onChange={setUrgency} error={missing.reason ? t('issue.required') : undefined} />
    </FormDialog>
  );
}
