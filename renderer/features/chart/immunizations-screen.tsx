import { Badge, Button, SegmentedControl, Table, Text, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { scheduledDoses, type DoseState } from '../../../shared/chart/due-immunizations.ts';
import { scheduleNames, type ScheduleName } from '../../../shared/chart/immunization-schedules.ts';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { today } from '../patients/calendar-day.ts';
import { useChartPatient } from '../patients/chart-context.ts';
import { paths } from '../patients/paths.ts';
import { useSchedule } from './use-schedule.ts';
import { HistoryLink } from '../versions/history-link.tsx';
import { dayText } from '../versions/time-text.ts';
import { openDock } from './dock-store.ts';
import { newest, TabScreen, whole } from './tab-screen.tsx';
import classes from './tables.module.css';
import { useLanguage } from './words.ts';

const shownFields = ['vaccine', 'occurrence', 'doseNumber', 'lotNumber', 'site'] as const;

/** What was given, and what the schedule says is due. */
export function ImmunizationsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const patient = useChartPatient();
  const [schedule, setSchedule] = useSchedule(patient.id);
  const { data, error } = useCall('immunizations.list', { patientId: patient.id, ...whole });
  const rows = data?.rows ?? [];
  const doses = scheduledDoses(schedule, patient, rows, today());
  return (
    <TabScreen
      patient={patient} title={t('chart.tab.immunisations')} freshAt={newest(data?.rows)} error={error}
      actions={
        <Button component={Link} to={paths.printSheet(patient.id, 'immunizations')} variant="default" size="xs" leftSection={<IconPrinter size={14} aria-hidden />}>
          {t('print.print')}
        </Button>
      }
      add={{ kind: 'immunization', label: t('chart.immunization.new'), permission: 'chart.write' }}
    >
      {rows.length > 0 && (
        <Table className={classes.table ?? ''} aria-label={t('chart.immunization.given')}>
          <Table.Thead>
            <Table.Tr>
              {shownFields.map((field) => (
                <Table.Th key={field}>{t(`chart.immunization.${field}`)}</Table.Th>
              ))}
              <Table.Th>{t('chart.recordedBy')}</Table.Th>
              <Table.Th>{t('chart.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ id, occurrenceDateTime, vaccineCode, doseNumber, lotNumber, site, recorderName, status }) => (
              <Table.Tr key={id} data-past={status !== 'completed' || undefined}>
                <Table.Th scope="row">{vaccineCode.text}</Table.Th>
                <Table.Td data-label={t('chart.immunization.occurrence')}>{dayText(occurrenceDateTime)}</Table.Td>
                <Table.Td data-label={t('chart.immunization.doseNumber')}>{doseNumber}</Table.Td>
                <Table.Td data-label={t('chart.immunization.lotNumber')}>{lotNumber}</Table.Td>
                <Table.Td data-label={t('chart.immunization.site')}>{site && t(`chart.site.${site}`)}</Table.Td>
                <Table.Td data-label={t('chart.recordedBy')}>{recorderName}</Table.Td>
                <Table.Td>
                  {may('chart.write') && (
                    <Button variant="subtle" size="compact-xs" aria-label={t('chart.editOf', { name: vaccineCode.text })} onClick={() => openDock(patient.id, 'immunization', id)}>
                      {t('chart.edit')}
                    </Button>
                  )}
                  <HistoryLink patientId={patient.id} collection="immunizations" id={id} name={vaccineCode.text} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Title order={3} size="h6" mt="sm" mb="xs">
        {t('chart.immunization.schedule')}
      </Title>
      <SegmentedControl
        size="xs" aria-label={t('chart.immunization.schedule')} value={schedule} onChange={(value) => setSchedule(value as ScheduleName)}
        data={scheduleNames.map((value) => ({ value, label: t(`chart.schedule.${value}`) }))}
      />
      {doses.length === 0 ? <Text c="dimmed">{t('chart.immunization.noneDue')}</Text> : <ScheduleTable doses={doses} />}
    </TabScreen>
  );
}

const colors: Record<DoseState['state'], string> = { given: 'green', overdue: 'red', due: 'orange', upcoming: 'gray' };

function ScheduleTable({ doses }: { doses: DoseState[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Table className={classes.table ?? ''} mt="xs" aria-label={t('chart.immunization.schedule')}>
      <Table.Tbody>
        {doses.map(({ vaccine, dose, dueDate, state, givenOn }) => (
          <Table.Tr key={`${vaccine.key} ${String(dose)}`}>
            <Table.Th scope="row">{t('chart.immunization.doseOf', { vaccine: vaccine[language], dose })}</Table.Th>
            <Table.Td>{t('chart.immunization.dueOn', { date: dueDate })}</Table.Td>
            <Table.Td>
              <Badge component="span" variant="light" color={colors[state]} tt="none">
                {t(`chart.immunization.state.${state}`)}
              </Badge>{' '}
              {givenOn}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
