import { Select, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import type { Fleet, FleetWorkstation } from '../../../shared/contract/sync.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { showFirstError, validateWith } from '../../components/form-errors.ts';
import { useFleetTask } from './use-fleet-task.ts';

interface MoveWorkstationProps {
  workstation: FleetWorkstation;
  sites: Fleet['sites'];
  onClose: () => void;
}

export function MoveWorkstation({ workstation: { deviceId, name, siteId }, sites, onClose }: MoveWorkstationProps) {
  const { t } = useTranslation();
  const move = useFleetTask('fleet.move', t('fleet.moved'), onClose);
  const form = useForm({
    initialValues: { siteId: '' },
    validate: (values) => (values.siteId === '' ? { siteId: t('issue.required') } : validateWith(contract['fleet.move'].input, t)({ ...values, deviceId })),
  });
  const submit = form.onSubmit((values) => move.mutate({ ...values, deviceId }), showFirstError);
  const others = sites.filter(({ id }) => id !== siteId);
  return (
    <FormDialog title={t('fleet.moveTitle', { name })} submitLabel={t('fleet.moveConfirm')} busy={move.isPending} error={move.error} onSubmit={submit} onClose={onClose}>
      <Text size="sm">{t('fleet.moveExplain')}</Text>
      <Select
        label={t('fleet.moveTo')}
        required
        data-autofocus
        disabled={others.length === 0}
        description={others.length === 0 ? t('fleet.moveNowhere') : undefined}
        data={others.map((site) => ({ value: site.id, label: site.name }))}
        {...form.getInputProps('siteId')}
      />
    </FormDialog>
  );
}
