import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncServer } from '../../../shared/contract/sync.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Fingerprint } from './fingerprint.tsx';
import { JoinForm } from './join-form.tsx';
import { LeaveServer } from './leave-server.tsx';

/** The server that this workstation follows: connect to one, or leave it. */
export function ServerSettings() {
  const { t } = useTranslation();
  const sync = useCall('sync.state', {});
  const [dialog, setDialog] = useState<'connect' | 'leave'>();
  const close = () => setDialog(undefined);
  if (sync.error) return <ErrorNotice error={sync.error} onRetry={() => void sync.refetch()} />;
  const server = sync.data?.server;
  return (
    <Stack gap="sm" align="flex-start">
      {server ? <Connected server={server} /> : <Text size="sm">{t('enrolment.notConnected')}</Text>}
      <Button variant="default" onClick={() => setDialog(server ? 'leave' : 'connect')}>
        {t(server ? 'enrolment.leave' : 'enrolment.connect')}
      </Button>
      {dialog === 'leave' && <LeaveServer onClose={close} />}
      <Modal
        opened={dialog === 'connect'}
        onClose={close}
        closeOnClickOutside={false}
        size="lg"
        title={t('enrolment.connect')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Text size="sm" mb="md">
          {t('enrolment.connectExplain')}
        </Text>
        <JoinForm submitLabel={t('enrolment.connectNow')} onJoined={close} onBack={close} />
      </Modal>
    </Stack>
  );
}

function Connected({ server: { organisationName, address, fingerprint } }: { server: SyncServer }) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <Text size="sm" fw={600}>
          {t('enrolment.connectedTo', { name: organisationName })}
        </Text>
        <Text size="sm">{address}</Text>
      </div>
      {fingerprint !== undefined && <Fingerprint value={fingerprint} />}
    </>
  );
}
