import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { Barcode } from '../../components/barcode.tsx';
import { paths } from '../patients/paths.ts';
import { timeText } from '../versions/time-text.ts';
import { PatientFacts } from './patient-facts.tsx';
import { Pending } from './pending.tsx';
import { PrintScreen } from './print-screen.tsx';
import { Facts, Sheet } from './sheet.tsx';
import classes from './sheet.module.css';
import { useSheetPatient } from './use-sheet-patient.ts';

/** What goes to the laboratory with the specimens: no prescription is on it. */
export function LaboratoryRequestPrintScreen() {
  const { t } = useTranslation();
  const { id, patient, error } = useSheetPatient();
  const groupIdentifier = useParams()['groupIdentifier'] ?? '';
  const { data: orders, error: noOrders } = useCall('orders.group', { patientId: id, groupIdentifier });
  if (!patient || !orders) return <Pending error={error ?? noOrders} />;
  const tests = orders.serviceRequests.filter(({ category }) => category === 'laboratory');
  const [first] = tests;
  return (
    <PrintScreen fileName={patient.medicalRecordNumber} backTo={paths.chartTab(id, 'laboratory')} onPrinted={() => call('orders.printed', { patientId: id, groupIdentifier })}>
      {(printedAt) => (
        <Sheet title={t('print.laboratoryRequest')} patient={patient} printedAt={printedAt}>
          <PatientFacts patient={patient} />
          <Facts
            facts={[
              [t('print.requested'), first?.authoredOn && timeText(first.authoredOn)],
              [t('print.handSignature'), first?.signature?.name],
              [t('records.field.department'), orders.visit.department],
              [t('chart.prescriptionSheet.diagnosis'), orders.visit.diagnoses.join('; ')],
            ]}
          />
          <div className={classes.bars}>
            <Barcode text={patient.medicalRecordNumber} label={t('print.patientNumber', { number: patient.medicalRecordNumber })} />
          </div>
          <section className={classes.section}>
            <h2>{t('chart.prescriptionSheet.tests')}</h2>
            {tests.length === 0 && <p>{t('print.noRequests')}</p>}
            {tests.map(({ id: testId, code, priority, note }, index) => (
              <p key={testId}>
                {index + 1}. {code.text} {priority && `(${t(`chart.priority.${priority}`)})`} {note}
              </p>
            ))}
          </section>
          <p>{t('print.specimen')}</p>
        </Sheet>
      )}
    </PrintScreen>
  );
}
