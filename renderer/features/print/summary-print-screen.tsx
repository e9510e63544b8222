import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useIdParam } from '../patients/chart-context.ts';
import { localDay } from '../patients/calendar-day.ts';
import { paths } from '../patients/paths.ts';
import { PatientFacts } from './patient-facts.tsx';
import { PrintScreen } from './print-screen.tsx';
import { SheetChoice } from './sheet-choice.tsx';
import { Sheet } from './sheet.tsx';
import classes from './sheet.module.css';

/** A patient on paper, for a referral: who it is, and the newest records. */
export function SummaryPrintScreen() {
  const { t } = useTranslation();
  const id = useIdParam('patientId');
  const { data: patient, error: noPatient } = useCall('patients.get', { id, viewed: true });
  const { data: summary, error: noSummary } = useCall('patients.summary', { id });
  const error = noPatient ?? noSummary;
  if (!patient || !summary) return error ? <ErrorNotice error={error} /> : <Loader m="xl" />;
  return (
    <PrintScreen
      fileName={`${patient.medicalRecordNumber} ${localDay(new Date())}`}
      backTo={paths.patient(id)}
      options={<SheetChoice patientId={id} sheet="summary" />}
      onPrinted={() => call('patients.summary', { id, printed: true })}
    >
      {(printedAt) => (
        <Sheet title={t('print.summary')} patient={patient} printedAt={printedAt}>
          <PatientFacts patient={patient} />
          <section className={classes.section}>
            <h2>{t('print.recent')}</h2>
            <p>{summary.total === 0 ? t('print.noRecords') : t('print.recentOf', { shown: summary.recent.length, total: summary.total })}</p>
            {summary.recent.map((record) => (
              <RecordInShort key={record.id} record={record} />
            ))}
          </section>
        </Sheet>
      )}
    </PrintScreen>
  );
}

const sections = ['chiefComplaint', 'diagnosis', 'treatment', 'prescription'] as const;

function RecordInShort({ record }: { record: MedicalRecord }) {
  const { t } = useTranslation();
  const { admissionDate, dischargeDate, kind, status, department, doctorName } = record;
  const dates = dischargeDate === undefined ? admissionDate : `${admissionDate} – ${dischargeDate}`;
  return (
    <article className={classes.record}>
      <h3>{[dates, t(`records.kind.${kind}`), department, doctorName, t(`records.status.${status}`)].join(' · ')}</h3>
      {sections.map(
        (field) =>
          record[field] !== undefined && (
            <p key={field}>
              <strong>{t(`records.field.${field}`)}:</strong> {record[field]}
            </p>
          ),
      )}
    </article>
  );
}
