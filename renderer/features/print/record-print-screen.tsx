import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useIdParam } from '../patients/chart-context.ts';
import { paths } from '../patients/paths.ts';
import { PatientFacts } from './patient-facts.tsx';
import { PrintScreen } from './print-screen.tsx';
import { Facts, Section, Sheet } from './sheet.tsx';
import { Signatures } from './signatures.tsx';

/** A record on paper, as it is saved. */
export function RecordPrintScreen() {
  const patientId = useIdParam('patientId');
  const id = useIdParam('recordId');
  const { data: patient, error: noPatient } = useCall('patients.get', { id: patientId, viewed: true });
  const { data: record, error: noRecord } = useCall('records.get', { id, viewed: true });
  const error = noPatient ?? noRecord;
  if (!patient || !record) return error ? <ErrorNotice error={error} /> : <Loader m="xl" />;
  return (
    <PrintScreen
      fileName={`${patient.medicalRecordNumber} ${record.admissionDate}`}
      backTo={paths.record(patientId, id)}
      onPrinted={() => call('records.printed', { id })}
    >
      {(printedAt) => <RecordSheet patient={patient} record={record} printedAt={printedAt} />}
    </PrintScreen>
  );
}

function RecordSheet({ patient, record, printedAt }: { patient: Patient; record: MedicalRecord; printedAt: Date }) {
  const { t } = useTranslation();
  const { kind, admissionDate, dischargeDate } = record;
  return (
    <Sheet title={t('print.recordTitle', { kind: t(`records.kind.${kind}`) })} patient={patient} printedAt={printedAt}>
      <PatientFacts patient={patient} />
      <Facts
        facts={[
          [t('records.field.department'), record.department],
          [t('records.field.doctor'), record.doctorName],
          [t(kind === 'inpatient' ? 'records.field.admissionDate' : 'records.field.visitDate'), admissionDate],
          [t('records.field.dischargeDate'), dischargeDate],
        ]}
      />
      <Section title={t('records.field.chiefComplaint')} text={record.chiefComplaint} />
      <Section title={t('records.field.diagnosis')} text={record.diagnosis} />
      <Section title={t('records.field.treatment')} text={record.treatment} />
      <Section title={t('records.field.prescription')} text={record.prescription} />
      <Signatures record={record} />
    </Sheet>
  );
}
