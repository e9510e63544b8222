import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FleetWorkstation } from '../../../shared/contract/sync.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useFleetTask } from './use-fleet-task.ts';

const explained = ['handOver', 'lock', 'offline', 'copies', 'back'] as const;

/** Asks before a workstation is taken out of the fleet, and says all that comes of it. */
export function RevokeWorkstation({ workstation: { deviceId, name, unsent, self }, onClose }: { workstation: FleetWorkstation; onClose: () => void }) {
  const { t } = useTranslation();
  const revoke = useFleetTask('fleet.revoke', t('fleet.revokedNow'), onClose);
  return (
    <ConfirmDialog
      opened
      title={t('fleet.revokeTitle', { name })}
      confirmLabel={t('fleet.revokeConfirm')}
      cancelLabel={t('fleet.revokeCancel')}
      color="red"
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ deviceId })}
      onClose={onClose}
    >
      {self && (
        <Text fw={600} c="red" mb="xs">
          {t('fleet.revokeSelf')}
        </Text>
      )}
      {unsent > 0 && (
        <Text fw={600} mb="xs">
          {t('fleet.revokeUnsent', { count: unsent })}
        </Text>
      )}
      <List size="sm" spacing={4}>
        {explained.map((key) => (
          <List.Item key={key}>{t(`fleet.revokeExplain.${key}`)}</List.Item>
        ))}
      </List>
    </ConfirmDialog>
  );
}
