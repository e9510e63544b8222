import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { AllergyIntolerance } from '../../../shared/schema/allergy-intolerance.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { dosageText } from '../chart/dosage-text.tsx';
import { dispensedText, numberText } from '../chart/words.ts';
import { useIdParam } from '../patients/chart-context.ts';
import { paths } from '../patients/paths.ts';
import { useAgeLabel } from '../patients/use-age-label.ts';
import { dayText, timeText } from '../versions/time-text.ts';
import { PrintScreen } from './print-screen.tsx';
import { Facts, Sheet } from './sheet.tsx';
import classes from './sheet.module.css';

/** What was signed together, on paper: for the pharmacy, and for the laboratory. */
export function OrdersPrintScreen() {
  const patientId = useIdParam('patientId');
  const groupIdentifier = useParams()['groupIdentifier'] ?? '';
  const { data: patient, error: noPatient } = useCall('patients.get', { id: patientId, viewed: true });
  const { data: orders, error: noOrders } = useCall('orders.group', { patientId, groupIdentifier });
  const { data: summary } = useCall('chart.summary', { patientId });
  const error = noPatient ?? noOrders;
  if (!patient || !orders || !summary) return error ? <ErrorNotice error={error} /> : <Loader m="xl" />;
  const [first] = [...orders.medicationRequests, ...orders.serviceRequests];
  return (
    <PrintScreen
      fileName={`${patient.medicalRecordNumber} ${dayText(first?.authoredOn)}`}
      backTo={paths.chartTab(patientId, 'medication')}
      onPrinted={() => call('orders.printed', { patientId, groupIdentifier })}
    >
      {(printedAt) => (
        <OrdersSheet patient={patient} orders={orders} allergies={summary.allergyIntolerances} printedAt={printedAt} />
      )}
    </PrintScreen>
  );
}

/** Who answers for what in the pharmacy, each by hand. */
const handLines = ['checked', 'madeUp', 'handedOut', 'amount'] as const;

interface OrdersSheetProps {
  patient: Patient;
  orders: CallOutput<'orders.group'>;
  allergies: readonly AllergyIntolerance[];
  printedAt: Date;
}

function OrdersSheet({ patient, orders, allergies, printedAt }: OrdersSheetProps) {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  const { medicationRequests, serviceRequests, visit: { day, department, kind, diagnoses, weight } } = orders;
  const signature = [...medicationRequests, ...serviceRequests][0]?.signature;
  return (
    <Sheet title={t('chart.prescriptionSheet.title')} patient={patient} printedAt={printedAt}>
      <Facts
        facts={[
          [t('patients.field.name'), patient.name],
          [t('patients.field.medicalRecordNumber'), patient.medicalRecordNumber],
          [t('patients.field.gender'), t(`patients.gender.${patient.gender}`)],
          [t('patients.field.age'), ageLabel(patient, day)],
          [t('chart.vital.weight'), weight && t('chart.prescriptionSheet.weight', { weight: numberText(weight.value), day: weight.day })],
          [t('records.field.department'), [department, kind && t(`records.kind.${kind}`)].filter(Boolean).join(' · ')],
          [t('chart.prescriptionSheet.date'), day],
          [t('patients.field.phone'), patient.phone],
          [t('patients.field.insuranceNumber'), patient.insuranceNumber],
          [t('chart.prescriptionSheet.diagnosis'), diagnoses.join('; ')],
          [t('chart.prescriptionSheet.allergies'), allergies.length === 0 ? t('chart.allergy.unknown') : allergies.map(({ code }) => code.text).join('; ')],
        ]}
      />
      {medicationRequests.length > 0 && (
        <section className={classes.section}>
          <h2>{t('chart.prescriptionSheet.medication')}</h2>
          {medicationRequests.map((request, index) => (
            <div key={request.id} className={classes.record}>
              <h3>
                {index + 1}. {request.medicationCodeableConcept.text} — {dispensedText(request, t)}
              </h3>
              <p>
                {dosageText(request, t)}
                {request.note !== undefined && ` · ${request.note}`}
              </p>
              {request.detectedIssues?.map(({ kind, detail, reason }) => (
                <p key={`${kind} ${detail}`}>
                  {t(`chart.issueText.${kind}`, { detail })} {reason !== undefined && t('chart.basket.because', { reason })}
                </p>
              ))}
              {request.status !== 'active' && <p>{t(`chart.orderStatus.${request.status}`)}</p>}
            </div>
          ))}
        </section>
      )}
      {serviceRequests.length > 0 && (
        <section className={classes.section}>
          <h2>{t('chart.prescriptionSheet.tests')}</h2>
          {serviceRequests.map(({ id, code, priority, note }, index) => (
            <p key={id}>
              {index + 1}. {code.text} {priority && `(${t(`chart.priority.${priority}`)})`} {note}
            </p>
          ))}
        </section>
      )}
      <p className={classes.end}>{t('chart.prescriptionSheet.end')}</p>
      <div className={classes.signatures}>
        {signature && <p>{t('chart.prescriptionSheet.signedBy', { name: signature.name, time: timeText(signature.at) })}</p>}
        <div className={classes.hand}>
          <span>{t('print.handSignature')}</span>
          {medicationRequests.length > 0 && handLines.map((line) => <span key={line}>{t(`chart.prescriptionSheet.${line}`)}</span>)}
        </div>
        {medicationRequests.length > 0 && <p>{t('chart.prescriptionSheet.validity')}</p>}
      </div>
    </Sheet>
  );
}
