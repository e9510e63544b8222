import { Badge, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { ChartSummary } from '../../../shared/contract/chart.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useCall } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useChartPatient } from '../patients/chart-context.ts';
import { ChartTitle } from '../patients/chart-title.tsx';
import { paths } from '../patients/paths.ts';
import { dayText } from '../versions/time-text.ts';
import { AlertsCard } from './alerts-card.tsx';
import { AllergyBadges } from './allergy-badges.tsx';
import { dosageText } from './dosage-text.tsx';
import { LaboratoryCard, VitalSignsCard } from './measured-cards.tsx';
import { SummaryCard } from './summary-card.tsx';
import classes from './summary.module.css';

/** What is known of a patient, on one screen. */
export function SummaryScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const patient = useChartPatient();
  useShortcut('back', () => void navigate(paths.patients));
  const { data: summary, error, refetch } = useCall('chart.summary', { patientId: patient.id });
  return (
    <>
      <ChartTitle>{t('chart.tab.summary')}</ChartTitle>
      {summary && <Cards patient={patient} summary={summary} />}
      {!summary && (error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loader m="xl" />)}
    </>
  );
}

function Cards({ patient, summary }: { patient: Patient; summary: ChartSummary }) {
  return (
    <div className={classes.cards} data-chart-summary>
      <AlertsCard patient={patient} summary={summary} />
      <ConditionsCard patient={patient} summary={summary} />
      <AllergiesCard patient={patient} summary={summary} />
      <MedicationCard patient={patient} summary={summary} />
      <VitalSignsCard patient={patient} summary={summary} />
      <LaboratoryCard patient={patient} summary={summary} />
      <OrdersCard patient={patient} summary={summary} />
      <RecordsCard patient={patient} summary={summary} />
    </div>
  );
}

interface CardProps {
  patient: Patient;
  summary: ChartSummary;
}

function ConditionsCard({ patient, summary: { conditions, updatedAt } }: CardProps) {
  const { t } = useTranslation();
  return (
    <SummaryCard title={t('chart.tab.problems')} to={paths.chartTab(patient.id, 'problems')} freshAt={updatedAt.conditions} count={conditions.length}>
      <ul className={classes.list}>
        {conditions.map(({ id, code, onsetDateTime }) => (
          <li key={id}>
            <span className={classes.name}>{code.text}</span>
            <span className={classes.aside}>{dayText(onsetDateTime)}</span>
          </li>
        ))}
      </ul>
    </SummaryCard>
  );
}

function AllergiesCard({ patient, summary: { allergyIntolerances, updatedAt } }: CardProps) {
  const { t } = useTranslation();
  return (
    <SummaryCard title={t('chart.tab.allergies')} to={paths.chartTab(patient.id, 'allergies')} freshAt={updatedAt.allergyIntolerances} count={allergyIntolerances.length}>
      <AllergyBadges allergies={allergyIntolerances} />
    </SummaryCard>
  );
}

function MedicationCard({ patient, summary: { medicationRequests, updatedAt } }: CardProps) {
  const { t } = useTranslation();
  return (
    <SummaryCard title={t('chart.tab.medication')} to={paths.chartTab(patient.id, 'medication')} freshAt={updatedAt.medicationRequests} count={medicationRequests.length}>
      <ul className={classes.list}>
        {medicationRequests.map((request) => (
          <li key={request.id}>
            <span className={classes.name}>
              <strong>{request.medicationCodeableConcept.text}</strong> {dosageText(request, t)}
            </span>
            <span className={classes.aside}>{dayText(request.authoredOn)}</span>
          </li>
        ))}
      </ul>
    </SummaryCard>
  );
}

function OrdersCard({ patient, summary: { serviceRequests, updatedAt } }: CardProps) {
  const { t } = useTranslation();
  return (
    <SummaryCard title={t('chart.underWay')} to={paths.chartTab(patient.id, 'laboratory')} freshAt={updatedAt.serviceRequests} count={serviceRequests.length}>
      <ul className={classes.list}>
        {serviceRequests.map(({ id, code, priority, authoredOn }) => (
          <li key={id}>
            <span className={classes.name}>
              {code.text}{' '}
              {priority !== undefined && priority !== 'routine' && (
                <Badge component="span" size="xs" color="red" variant="light" tt="none">
                  {t(`chart.priority.${priority}`)}
                </Badge>
              )}
            </span>
            <span className={classes.aside}>{dayText(authoredOn)}</span>
          </li>
        ))}
      </ul>
    </SummaryCard>
  );
}

function RecordsCard({ patient, summary: { records, recordTotal, updatedAt } }: CardProps) {
  const { t } = useTranslation();
  return (
    <SummaryCard title={t('chart.recentRecords')} freshAt={updatedAt.records} count={recordTotal}>
      <ul className={classes.list}>
        {records.map(({ id, admissionDate, diagnosis, chiefComplaint, department }) => (
          <li key={id}>
            <Link to={paths.record(patient.id, id)} className={classes.name ?? ''}>
              {(diagnosis ?? chiefComplaint).split('\n', 1)[0]}
            </Link>
            <span className={classes.aside}>
              {admissionDate} {department}
            </span>
          </li>
        ))}
      </ul>
    </SummaryCard>
  );
}
