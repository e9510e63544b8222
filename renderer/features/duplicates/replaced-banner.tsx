import { Alert, Anchor, Button, Group } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { replacedBy } from '../../../shared/patients/links.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { focusPageTitle, isFocusLost } from '../../components/page-title.ts';
import { paths } from '../patients/paths.ts';

/** Says on a chart whose entries it stands for, and separates them again. */
export function ReplacedBanner({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const may = useMay();
  const { data = [] } = useCall('patients.replaced', { id: patient.id });
  const survivorId = replacedBy(patient);
  const [separating, setSeparating] = useState<Pick<Patient, 'id' | 'rev' | 'name' | 'medicalRecordNumber'>>();
  useFocusAfterSeparation(data.length + (survivorId === undefined ? 0 : 1), separating !== undefined);
  const unmerge = useCallMutation('patients.unmerge');
  const confirm = () =>
    separating && unmerge.mutate({ replaced: { id: separating.id, rev: separating.rev } }, {
      onSuccess: () => {
        setSeparating(undefined);
        notifyDone(t('duplicates.separated'), t);
      },
    });
  if (data.length === 0 && survivorId === undefined) return null;
  return (
    <Alert role="status" color="blue" radius={0} py={6} icon={<IconUsers aria-hidden />}>
      {survivorId !== undefined && (
        <Group justify="space-between" gap="xs">
          <span>{t('duplicates.goesBy')}</span>
          <Anchor component={Link} to={paths.patient(survivorId)} size="sm" underline="always" c="inherit">{t('duplicates.openOther')}</Anchor>
          {may('patient.merge') && <Button size="compact-sm" variant="default" onClick={() => setSeparating(patient)}>{t('duplicates.separate')}</Button>}
        </Group>
      )}
      {data.map((row) => (
        <Group key={row.id} justify="space-between" gap="xs">
          <span>{t('duplicates.replaced', { name: row.name, number: row.medicalRecordNumber })}</span>
          {may('patient.merge') && <Button size="compact-sm" variant="default" onClick={() => setSeparating(row)}>{t('duplicates.separate')}</Button>}
        </Group>
      ))}
      <ConfirmDialog opened={separating !== undefined} title={separating ? t('duplicates.separateTitle', { name: separating.name, number: separating.medicalRecordNumber }) : ''} confirmLabel={t('duplicates.separate')} busy={unmerge.isPending} error={unmerge.error} onConfirm={confirm} onClose={() => setSeparating(undefined)}>
        {t('duplicates.separateExplain')}
      </ConfirmDialog>
    </Alert>
  );
}

/** The button that separated them is gone with its line, and the question with both: the focus goes to the title of the chart. */
function useFocusAfterSeparation(lines: number, isAsking: boolean): void {
  const known = useRef(lines);
  const isOwed = useRef(false);
  useEffect(() => {
    if (lines < known.current) isOwed.current = true;
    known.current = lines;
    if (!isOwed.current || isAsking) return;
    isOwed.current = false;
    if (isFocusLost(document.querySelector('[role=dialog]') ?? undefined)) focusPageTitle();
  }, [lines, isAsking]);
}
