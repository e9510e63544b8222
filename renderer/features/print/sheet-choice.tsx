import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../app/session.tsx';
import { paths } from '../patients/paths.ts';
import { patientSheets, type PatientSheet } from './patient-sheets.ts';

/** Which sheet about a patient is in the preview. */
export function SheetChoice({ patientId, sheet }: { patientId: string; sheet: PatientSheet }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const shown = patientSheets.filter((one) => one === 'label' || may('record.read'));
  return (
    <SegmentedControl
      aria-label={t('print.sheets')} size="xs" value={sheet} data={shown.map((value) => ({ value, label: t(`print.sheet.${value}`) }))}
      onChange={(value) => void navigate(paths.printSheet(patientId, value as PatientSheet), { replace: true })}
    />
  );
}
