import { useTranslation } from 'react-i18next';
import { readingsOf, vitalSigns as signs } from '../../../shared/chart/vital-signs.ts';
import type { ChartSummary } from '../../../shared/contract/chart.ts';
import type { Observation } from '../../../shared/schema/observation.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { paths } from '../patients/paths.ts';
import { Flag } from './flag.tsx';
import { Sparkline } from './sparkline.tsx';
import { SummaryCard } from './summary-card.tsx';
import classes from './summary.module.css';
import { numberText, valueText } from './words.ts';

interface CardProps {
  patient: Patient;
  summary: ChartSummary;
}

/** The last value of each vital sign with its trend. */
export function VitalSignsCard({ patient, summary: { vitalSigns, updatedAt } }: CardProps) {
  const { t } = useTranslation();
  const rows = signs.flatMap((sign) => {
    const readings = vitalSigns.flatMap((observation) => {
      const reading = readingsOf(observation)[sign.key];
      return reading ? [{ ...reading, at: observation.effectiveDateTime }] : [];
    });
    const [last] = readings;
    return last ? [{ sign, last, values: readings.map(({ value }) => value).reverse() }] : [];
  });
  return (
    <SummaryCard title={t('chart.tab.vitals')} to={paths.chartTab(patient.id, 'vitals')} freshAt={updatedAt.vitalSigns} count={rows.length}>
      <ul className={classes.list}>
        {rows.map(({ sign, last, values }) => (
          <li key={sign.key}>
            <span className={classes.name}>{t(`chart.vital.${sign.key}`)}</span>
            <span className={classes.value}>
              <Sparkline values={values} />
              {numberText(last.value)} {sign.unit} <Flag interpretation={last.interpretation} />
            </span>
          </li>
        ))}
      </ul>
    </SummaryCard>
  );
}

/** Observations by the code of their test, the latest first in each. */
export function byTest(observations: readonly Observation[]): [latest: Observation, all: Observation[]][] {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    const key = observation.code.coding?.[0]?.code ?? observation.code.text;
    groups.set(key, [...(groups.get(key) ?? []), observation]);
  }
  return [...groups.values()].map((all) => [all[0] as Observation, all]);
}

export const valuesOf = (observations: readonly Observation[]): number[] =>
  observations.map(({ valueQuantity }) => valueQuantity?.value).filter((value) => value !== undefined);

/** The last result of each test with its trend. */
export function LaboratoryCard({ patient, summary: { laboratory, updatedAt } }: CardProps) {
  const { t } = useTranslation();
  const rows = byTest(laboratory);
  return (
    <SummaryCard title={t('chart.tab.laboratory')} to={paths.chartTab(patient.id, 'laboratory')} freshAt={updatedAt.laboratory} count={rows.length}>
      <ul className={classes.list}>
        {rows.map(([latest, all]) => (
          <li key={latest.id}>
            <span className={classes.name}>{latest.code.text}</span>
            <span className={classes.value}>
              <Sparkline values={valuesOf(all).reverse()} />
              {valueText(latest, t)} <Flag interpretation={latest.interpretation} />
            </span>
          </li>
        ))}
      </ul>
    </SummaryCard>
  );
}
