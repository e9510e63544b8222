import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubUpstream } from '../../../shared/contract/sync.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { FailureNotice } from '../sync/failure-notice.tsx';
import { timeText } from '../versions/time-text.ts';
import { FollowForm } from './follow-form.tsx';

/** The central server that this hub follows: begin, see how far it is, end. */
export function CentralSettings({ upstream }: { upstream: HubUpstream | undefined }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'follow' | 'unfollow'>();
  const close = () => setDialog(undefined);
  return (
    <Stack gap="xs" align="flex-start">
      <Text fw={600}>{t('hub.centralTitle')}</Text>
      {upstream === undefined ? <Text size="sm">{t('hub.centralHint')}</Text> : <Following upstream={upstream} />}
      <Button variant="default" onClick={() => setDialog(upstream === undefined ? 'follow' : 'unfollow')}>
        {t(upstream === undefined ? 'hub.follow' : 'hub.unfollow')}
      </Button>
      {dialog === 'unfollow' && <Unfollow onClose={close} />}
      <Modal opened={dialog === 'follow'} onClose={close} closeOnClickOutside={false} size="lg" title={t('hub.follow')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <FollowForm onClose={close} />
      </Modal>
    </Stack>
  );
}

function Following({ upstream: { organisationName, address, unsent, behind, quarantined, oldestUnsentAt, lastSuccessAt, failure, firstCopy, revoked } }: { upstream: HubUpstream }) {
  const { t } = useTranslation();
  const facts = [
    address,
    unsent + behind === 0 && firstCopy === undefined ? t('hub.allSent') : '',
    firstCopy === undefined ? '' : t('hub.firstCopy', firstCopy),
    unsent === 0 ? '' : t('hub.unsent', { count: unsent }),
    oldestUnsentAt === undefined ? '' : t('hub.oldestUnsent', { when: timeText(oldestUnsentAt) }),
    behind === 0 ? '' : t('hub.behind', { count: behind }),
    quarantined === 0 ? '' : t('hub.refused', { count: quarantined }),
    lastSuccessAt === undefined ? '' : t('hub.lastSuccess', { when: timeText(lastSuccessAt) }),
  ];
  return (
    <Stack gap={4} w="100%">
      <Text size="sm" fw={600}>
        {t('hub.follows', { name: organisationName })}
      </Text>
      {facts.filter((fact) => fact !== '').map((fact) => (
        <Text key={fact} size="sm">
          {fact}
        </Text>
      ))}
      {revoked && <Alert color="red">{t('hub.revoked')}</Alert>}
      {failure !== undefined && <FailureNotice failure={failure} waits={failure === 'unreachable' || failure === 'timed-out'} />}
    </Stack>
  );
}

/** Asks before the central server is no longer followed. */
function Unfollow({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const unfollow = useCallMutation('hub.unfollow');
  const confirm = () =>
    unfollow.mutate({}, {
      onSuccess: () => {
        notifyDone(t('hub.unfollowed'), t);
        onClose();
        return queryClient.invalidateQueries();
      },
    });
  return (
    <ConfirmDialog
      opened
      title={t('hub.unfollowTitle')}
      confirmLabel={t('hub.unfollow')}
      cancelLabel={t('hub.keepFollowing')}
      color="red"
      busy={unfollow.isPending}
      error={unfollow.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t('hub.unfollowExplain')}
    </ConfirmDialog>
  );
}
