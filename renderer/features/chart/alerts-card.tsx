import { useTranslation } from 'react-i18next';
import { scheduledDoses } from '../../../shared/chart/due-immunizations.ts';
import type { ChartSummary } from '../../../shared/contract/chart.ts';
import { isNoKnownAllergy } from '../../../shared/schema/allergy-intolerance.ts';
import type { Observation } from '../../../shared/schema/observation.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { addDays, today } from '../patients/calendar-day.ts';
import { dayText } from '../versions/time-text.ts';
import { useSchedule } from './use-schedule.ts';
import { Flag } from './flag.tsx';
import { SummaryCard } from './summary-card.tsx';
import classes from './summary.module.css';
import { observationName, valueText } from './words.ts';

/** Days for which a critical value goes on warning. */
const criticalFor = 30;

/** What somebody who opens the chart must not miss. */
export function AlertsCard({ patient, summary }: { patient: Patient; summary: ChartSummary }) {
  const { t } = useTranslation();
  const [schedule] = useSchedule(patient.id);
  const { allergyIntolerances, vitalSigns, laboratory, immunizations, updatedAt } = summary;
  const since = addDays(today(), -criticalFor);
  const seen = new Set<string>();
  // Only the latest value of a kind warns: what came right again is the trend's to show.
  const keyOf = ({ code }: Observation) => code.coding?.[0]?.code ?? code.text;
  const latest = [...vitalSigns, ...laboratory].filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)));
  const critical = latest.filter(({ effectiveDateTime, interpretation, component = [] }) =>
    effectiveDateTime >= since && [interpretation, ...component.map((part) => part.interpretation)].some((one) => one === 'LL' || one === 'HH' || one === 'AA'));
  const overdue = scheduledDoses(schedule, patient, immunizations, today()).filter(({ state }) => state === 'overdue');
  const contradicted = allergyIntolerances.some(isNoKnownAllergy) && allergyIntolerances.some((allergy) => !isNoKnownAllergy(allergy));
  const unasked = allergyIntolerances.length === 0;
  const count = critical.length + (overdue.length > 0 ? 1 : 0) + Number(contradicted) + Number(unasked);
  return (
    <SummaryCard title={t('chart.alerts')} freshAt={[updatedAt.vitalSigns, updatedAt.laboratory, updatedAt.allergyIntolerances].filter((at) => at !== undefined).sort().at(-1)} count={count}>
      <ul className={classes.list}>
        {critical.map((observation) => (
          <li key={observation.id}>
            <span className={classes.name}>
              {t('chart.critical', { name: observationName(observation.code, t), value: valueText(observation, t) })}{' '}
              <Flag interpretation={observation.interpretation ?? observation.component?.find(({ interpretation }) => interpretation === 'LL' || interpretation === 'HH')?.interpretation} />
            </span>
            <span className={classes.aside}>{dayText(observation.effectiveDateTime)}</span>
          </li>
        ))}
        {contradicted && <li>{t('chart.allergy.contradicted')}</li>}
        {unasked && <li>{t('chart.allergy.unknown')}</li>}
        {overdue.length > 0 && <li>{t('chart.immunization.overdueCount', { count: overdue.length })}</li>}
      </ul>
    </SummaryCard>
  );
}
