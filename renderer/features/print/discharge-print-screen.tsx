import { useTranslation } from 'react-i18next';
import type { ChartSummary } from '../../../shared/contract/chart.ts';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { dosageText } from '../chart/dosage-text.tsx';
import { useIdParam } from '../patients/chart-context.ts';
import { paths } from '../patients/paths.ts';
import { PatientFacts } from './patient-facts.tsx';
import { Pending } from './pending.tsx';
import { PrintScreen } from './print-screen.tsx';
import { Facts, Section, Sheet, type SheetProps } from './sheet.tsx';
import { Signatures } from './signatures.tsx';
import { useSheetPatient } from './use-sheet-patient.ts';

/** What goes with a patient who leaves the ward, for whoever cares next: the stay, and what is taken from now on. */
export function DischargePrintScreen() {
  const { id, patient, error } = useSheetPatient();
  const recordId = useIdParam('recordId');
  const { data: record, error: noRecord } = useCall('records.get', { id: recordId, viewed: true });
  const { data: summary, error: noSummary } = useCall('chart.summary', { patientId: id });
  if (!patient || !record || !summary) return <Pending error={error ?? noRecord ?? noSummary} />;
  return (
    <PrintScreen fileName={`${patient.medicalRecordNumber} ${record.dischargeDate ?? ''}`} backTo={paths.record(id, recordId)} onPrinted={() => call('records.printed', { id: recordId })}>
      {(printedAt) => (
        <DischargeTitle patient={patient} printedAt={printedAt}>
          <PatientFacts patient={patient} />
          <Stay record={record} summary={summary} />
        </DischargeTitle>
      )}
    </PrintScreen>
  );
}

function DischargeTitle(props: Omit<SheetProps, 'title'>) {
  const { t } = useTranslation();
  return <Sheet title={t('print.discharge')} {...props} />;
}

const day = 86_400_000;

function Stay({ record, summary: { conditions, allergyIntolerances, medicationRequests } }: { record: MedicalRecord; summary: ChartSummary }) {
  const { t } = useTranslation();
  const { admissionDate, dischargeDate } = record;
  const days = dischargeDate === undefined ? undefined : Math.max(1, Math.round((Date.parse(dischargeDate) - Date.parse(admissionDate)) / day));
  const lines = (texts: string[]) => (texts.length === 0 ? undefined : texts.join('\n'));
  return (
    <>
      <Facts
        facts={[
          [t('records.field.department'), record.department],
          [t('records.field.doctor'), record.doctorName],
          [t('records.field.admissionDate'), admissionDate],
          [t('records.field.dischargeDate'), dischargeDate],
          [t('print.stay'), days === undefined ? undefined : t('print.dischargeDays', { count: days })],
        ]}
      />
      <Section title={t('print.reasonForAdmission')} text={record.chiefComplaint} />
      <Section title={t('records.field.diagnosis')} text={record.diagnosis} />
      <Section title={t('print.course')} text={record.treatment} />
      <Section title={t('print.problems')} text={lines(conditions.map(({ code }) => code.text))} />
      <Section title={t('print.allergies')} text={lines(allergyIntolerances.map(({ code }) => code.text)) ?? t('chart.allergy.unknown')} />
      <Section title={t('print.atDischarge')} text={lines(medicationRequests.map((request) => `${request.medicationCodeableConcept.text}: ${dosageText(request, t)}`))} />
      <Section title={t('print.advice')} text={record.prescription} />
      <Signatures record={record} />
    </>
  );
}
