import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { paths } from '../patients/paths.ts';
import { useScanner } from './use-scanner.ts';

/** Opens the chart of whoever's number a scanner reads, on any screen. */
export function ScannedPatient() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  async function find(medicalRecordNumber: string) {
    const found = await call('patients.findByNumber', { medicalRecordNumber });
    if (found === null) {
      notifications.show({ color: 'yellow', role: 'alert', message: t('encounters.notFound', { number: medicalRecordNumber }), closeButtonProps: { 'aria-label': t('common.close') } });
      return;
    }
    await navigate(paths.patient(found.id));
    notifyDone(t('encounters.scanned'), t);
  }
  useScanner((text) => {
    if (may('patient.read')) find(text).catch((error: unknown) => notifyError(error, t));
  });
  return null;
}
