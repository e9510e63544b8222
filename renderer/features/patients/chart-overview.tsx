import { DataList, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import classes from './chart-overview.module.css';
import { useChartPatient } from './chart-context.ts';
import { ChartTitle } from './chart-title.tsx';
import { paths } from './paths.ts';

/** What a chart shows before a record is chosen: the rest of what is known of the patient. */
export function ChartOverviewScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const patient = useChartPatient();
  useShortcut('back', () => void navigate(paths.patients));
  const { emergencyContact: contact } = patient;
  const lines = [
    ['address', patient.address],
    ['phone', patient.phone],
    ['nationalId', patient.nationalId],
    ['insuranceNumber', patient.insuranceNumber],
    ['emergencyContact', contact && [contact.name, contact.relationship, contact.phone].filter(Boolean).join(' · ')],
    ['notes', patient.notes],
  ] as const;
  return (
    <>
      <ChartTitle>{t('patients.details')}</ChartTitle>
      <DataList labelWidth="9rem">
        {lines.map(([field, text]) => (
          <DataList.Item key={field}>
            <DataList.ItemLabel>{t(`patients.field.${field}`)}</DataList.ItemLabel>
            <DataList.ItemValue className={classes.value}>{text === undefined || text === '' ? t('patients.notKnown') : text}</DataList.ItemValue>
          </DataList.Item>
        ))}
      </DataList>
      {may('record.read') && (
        <Text size="sm" c="dimmed" mt="lg">
          {t('records.timeline.choose')}
        </Text>
      )}
    </>
  );
}
