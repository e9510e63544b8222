import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { callQuery, useCall } from '../../api/queries.ts';
import { Barcode } from '../../components/barcode.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { PrintScreen } from '../print/print-screen.tsx';
import { Facts, Sheet } from '../print/sheet.tsx';
import { timeText } from '../versions/time-text.ts';

/** What a patient takes to the waiting room: name, when and with whom, and the number for a scanner. */
export function SlipScreen() {
  const { t } = useTranslation();
  const id = useParams()['encounterId'] ?? '';
  const { data: encounter, error } = useCall('encounters.get', { id });
  const { data: patient, error: noPatient } = useQuery({ ...callQuery('patients.get', { id: encounter?.patientId ?? '' }), enabled: encounter !== undefined });
  if (!encounter || !patient) return error || noPatient ? <ErrorNotice error={error ?? noPatient} /> : <Loader m="xl" />;
  return (
    <PrintScreen fileName={encounter.medicalRecordNumber} backTo="/queue" onPrinted={() => call('encounters.slipPrinted', { id })}>
      {(printedAt) => (
        <Sheet title={t('encounters.slipTitle')} patient={patient} printedAt={printedAt}>
          <Facts
            facts={[
              [t('encounters.column.patient'), encounter.patientName],
              [t('encounters.arrived'), timeText(encounter.arrivedAt)],
              [t('encounters.column.appointment'), encounter.appointmentStart && timeText(encounter.appointmentStart)],
              [t('encounters.column.practitioner'), encounter.practitionerName],
              [t('encounters.column.room'), encounter.room],
            ]}
          />
          <Barcode text={encounter.medicalRecordNumber} label={t('encounters.slipNumber', { number: encounter.medicalRecordNumber })} />
          <p>{t('encounters.slipWait')}</p>
        </Sheet>
      )}
    </PrintScreen>
  );
}
