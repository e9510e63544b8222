import { SegmentedControl, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rangeFor, toReferenceRange } from '../../../shared/chart/reference-ranges.ts';
import { readingsOf, vitalSignOf, vitalSigns, type Reading, type VitalSignKey } from '../../../shared/chart/vital-signs.ts';
import { yearsOn } from '../../../shared/patients/age.ts';
import { isValidObservation, type Observation } from '../../../shared/schema/observation.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { today } from '../patients/calendar-day.ts';
import { useChartPatient } from '../patients/chart-context.ts';
import { timeText } from '../versions/time-text.ts';
import { Flag } from './flag.tsx';
import { newest, TabScreen, whole } from './tab-screen.tsx';
import classes from './tables.module.css';
import { TrendChart, type TrendLine } from './trend-chart.tsx';
import { VitalSignsEntry } from './vital-signs-entry.tsx';
import { numberText, rangeText } from './words.ts';

/** Times that fit beside each other. */
const columnsShown = 12;

interface Column {
  at: string;
  readings: Partial<Record<VitalSignKey, Reading>>;
}

/** What was measured at one moment stands in one column, latest first. */
function columnsOf(observations: readonly Observation[]): Column[] {
  const columns = new Map<string, Column>();
  for (const observation of observations) {
    const at = observation.effectiveDateTime;
    columns.set(at, { at, readings: { ...columns.get(at)?.readings, ...readingsOf(observation) } });
  }
  return [...columns.values()].filter(({ readings }) => Object.keys(readings).length > 0);
}

/** Vital signs as a grid by time, with a column to write in, and a chart of what is chosen. */
export function VitalSignsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const patient = useChartPatient();
  const { data, error } = useCall('observations.list', { patientId: patient.id, category: 'vital-signs', ...whole });
  const columns = columnsOf(data?.rows.filter(isValidObservation) ?? []);
  return (
    <TabScreen patient={patient} title={t('chart.tab.vitals')} freshAt={newest(data?.rows)} error={error}>
      {may('chart.write') && !patient.deleted && <VitalSignsEntry patient={patient} />}
      {columns.length > 0 && (
        <>
          <Grid patient={patient} columns={columns} />
          <Trend patient={patient} columns={columns} />
        </>
      )}
    </TabScreen>
  );
}

const rangeOf = (key: VitalSignKey, patient: Patient) => rangeFor(vitalSignOf(key).ranges, { gender: patient.gender, age: yearsOn(patient, today()) });

function Grid({ patient, columns }: { patient: Patient; columns: Column[] }) {
  const { t } = useTranslation();
  const shown = columns.slice(0, columnsShown);
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('chart.tab.vitals')}>
      <Table className={`${classes.table ?? ''} ${classes.grid ?? ''}`} aria-label={t('chart.tab.vitals')} mt="sm" w="auto">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('chart.vitalSign')}</Table.Th>
            <Table.Th>{t('chart.laboratory.range')}</Table.Th>
            {shown.map(({ at }) => (
              <Table.Th key={at} scope="col">
                {timeText(at).slice(0, 10)}
                <br />
                {timeText(at).slice(11)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {vitalSigns.map(({ key, unit }) => {
            const range = rangeOf(key, patient);
            return (
              <Table.Tr key={key}>
                <Table.Th scope="row">
                  {t(`chart.vital.${key}`)} {unit}
                </Table.Th>
                <Table.Td c="dimmed">{range && rangeText({ referenceRange: [toReferenceRange(range, {})] })}</Table.Td>
                {shown.map(({ at, readings }) => (
                  <Table.Td key={at}>
                    {readings[key] && numberText(readings[key].value)} <Flag interpretation={readings[key]?.interpretation} />
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Both pressures are drawn together; everything else by itself. */
const drawn: readonly { key: VitalSignKey; keys: readonly VitalSignKey[] }[] = [
  { key: 'systolic', keys: ['systolic', 'diastolic'] },
  ...(['heartRate', 'temperature', 'oxygenSaturation', 'respiratoryRate', 'weight'] as const).map((key) => ({ key, keys: [key] })),
];

function Trend({ patient, columns }: { patient: Patient; columns: Column[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<VitalSignKey>('systolic');
  const keys = drawn.find(({ key }) => key === chosen)?.keys ?? [chosen];
  const lines: TrendLine[] = keys.map((key) => ({
    name: t(`chart.vital.${key}`),
    points: columns.flatMap(({ at, readings }) => (readings[key] ? [{ at, value: readings[key].value }] : [])),
  }));
  const [first, last] = [keys[0] ?? chosen, keys.at(-1) ?? chosen];
  const name = t(chosen === 'systolic' ? 'chart.bloodPressure' : `chart.vital.${chosen}`);
  return (
    <>
      <SegmentedControl
        className={classes.choices ?? ''} size="xs" mt="sm" aria-label={t('chart.trend')} value={chosen} onChange={(value) => setChosen(value as VitalSignKey)}
        data={drawn.map(({ key }) => ({ value: key, label: t(key === 'systolic' ? 'chart.bloodPressure' : `chart.vital.${key}`) }))}
      />
      <TrendChart label={t('chart.trendOf', { name })} lines={lines} low={rangeOf(last, patient)?.low} high={rangeOf(first, patient)?.high} />
    </>
  );
}
