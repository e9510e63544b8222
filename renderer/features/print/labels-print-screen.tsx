import { NumberInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Patient } from '../../../shared/schema/patient.ts';
import type { ServiceRequest } from '../../../shared/schema/service-request.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { Barcode } from '../../components/barcode.tsx';
import { paths } from '../patients/paths.ts';
import { useAgeLabel } from '../patients/use-age-label.ts';
import { timeText } from '../versions/time-text.ts';
import classes from './label.module.css';
import { Pending } from './pending.tsx';
import { PrintScreen } from './print-screen.tsx';
import { SheetChoice } from './sheet-choice.tsx';
import { useSheetPatient } from './use-sheet-patient.ts';

/** Labels of a roll, 60 by 40 millimetres, each a page of its own: for a folder, a bed, a wrist. */
export function LabelsPrintScreen() {
  const { t } = useTranslation();
  const { id, patient, error } = useSheetPatient();
  const [copies, setCopies] = useState(1);
  if (!patient) return <Pending error={error} />;
  return (
    <PrintScreen
      fileName={patient.medicalRecordNumber} backTo={paths.patient(id)} onPrinted={() => call('prints.printed', { patientId: id, sheet: 'label' })}
      options={
        <>
          <SheetChoice patientId={id} sheet="label" />
          <NumberInput size="xs" w="6rem" aria-label={t('print.copies')} min={1} max={50} clampBehavior="strict" value={copies} onChange={(value) => setCopies(Math.max(1, Number(value)))} />
        </>
      }
    >
      {() => (
        <Roll title={t('print.labels')}>
          {Array.from({ length: copies }, (_, index) => (
            <Label key={index} patient={patient} />
          ))}
        </Roll>
      )}
    </PrintScreen>
  );
}

/** A label for each specimen of a basket's tests: whose it is, and what is asked of it. */
export function SpecimenLabelsPrintScreen() {
  const { t } = useTranslation();
  const { id, patient, error } = useSheetPatient();
  const groupIdentifier = useParams()['groupIdentifier'] ?? '';
  const { data: orders, error: noOrders } = useCall('orders.group', { patientId: id, groupIdentifier });
  if (!patient || !orders) return <Pending error={error ?? noOrders} />;
  const tests = orders.serviceRequests.filter(({ category }) => category === 'laboratory');
  return (
    <PrintScreen fileName={patient.medicalRecordNumber} backTo={paths.chartTab(id, 'laboratory')} onPrinted={() => call('orders.printed', { patientId: id, groupIdentifier })}>
      {() => (
        <Roll title={t('print.labels')}>
          {tests.map((test) => (
            <Label key={test.id} patient={patient} test={test} />
          ))}
          {tests.length === 0 && <p>{t('print.noRequests')}</p>}
        </Roll>
      )}
    </PrintScreen>
  );
}

function Roll({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.roll}>
      <h1 className="visually-hidden" tabIndex={-1} data-page-title>
        {title}
      </h1>
      {children}
    </div>
  );
}

function Label({ patient, test }: { patient: Patient; test?: ServiceRequest }) {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  const { name, gender, birthday, medicalRecordNumber } = patient;
  return (
    <article className={classes.label} aria-label={test?.code.text ?? name}>
      <strong>{name}</strong>
      <span>{[t(`patients.gender.${gender}`), birthday ?? ageLabel(patient)].join(' · ')}</span>
      {test && (
        <span>
          <b>{test.code.text}</b> {test.authoredOn && timeText(test.authoredOn)}
        </span>
      )}
      <Barcode text={medicalRecordNumber} label={t('print.patientNumber', { number: medicalRecordNumber })} />
    </article>
  );
}
