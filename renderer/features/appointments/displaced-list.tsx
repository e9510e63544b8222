import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCalendarExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AppointmentRow } from '../../../shared/contract/appointments.ts';
import { useCall } from '../../api/queries.ts';
import { timeText } from '../versions/time-text.ts';

/** What was booked twice while desks did not see each other: told at every desk, until it has another time. */
export function DisplacedList({ onRebook }: { onRebook?: ((appointment: AppointmentRow) => void) | undefined }) {
  const { t } = useTranslation();
  const { data = [] } = useCall('appointments.listDisplaced', {});
  if (data.length === 0) return null;
  return (
    <Alert role="status" color="yellow" icon={<IconCalendarExclamation aria-hidden />} title={t('appointments.displaced.title')} style={{ flex: 'none' }}>
      <Stack gap={6}>
        <Text size="sm">{t('appointments.displaced.explain')}</Text>
        {data.map((appointment) => (
          <Group key={appointment.id} gap="sm">
            <Text size="sm" fw={600}>{appointment.patientName}</Text>
            <Text size="sm">{t('appointments.displaced.was', { time: timeText(appointment.start), place: [appointment.practitionerName, appointment.room].filter(Boolean).join(' · ') })}</Text>
            <Text size="sm">
              {appointment.keptFor ? t('appointments.displaced.keptFor', { patient: appointment.keptFor.patientName, number: appointment.keptFor.medicalRecordNumber }) : t('appointments.displaced.kept')}
            </Text>
            {onRebook && (
              <Button size="compact-sm" variant="default" onClick={() => onRebook(appointment)}>
                {t('appointments.displaced.rebook')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}
