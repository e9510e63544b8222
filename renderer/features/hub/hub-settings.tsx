import { Button, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubState } from '../../../shared/contract/sync.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { AddWorkstation } from '../enrolment/add-workstation.tsx';
import { Copyable } from '../enrolment/copyable.tsx';
import { Fingerprint } from '../enrolment/fingerprint.tsx';
import { timeText } from '../versions/time-text.ts';
import { CentralSettings } from './central-settings.tsx';
import { StopHub } from './stop-hub.tsx';

/** The switch that lets this workstation serve the others of its clinic, and what they need to find it. */
export function HubSettings() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const hub = useCall('hub.state', {});
  const server = useCall('sync.state', {}).data?.server;
  const start = useCallMutation('hub.start');
  const [port, setPort] = useState<number | ''>('');
  const [stopping, setStopping] = useState(false);
  if (hub.error) return <ErrorNotice error={hub.error} onRetry={() => void hub.refetch()} />;
  if (!hub.data) return null;
  const { enabled, running } = hub.data;
  const elsewhere = server !== undefined && !enabled;
  const run = () => start.mutate(port === '' ? {} : { port }, { onSuccess: () => queryClient.invalidateQueries() });
  return (
    <Stack gap="sm" align="flex-start">
      <Switch
        label={t('hub.switch')}
        description={t(elsewhere ? 'hub.connectedElsewhere' : 'hub.switchHint')}
        checked={enabled || start.isPending}
        disabled={elsewhere || start.isPending}
        onChange={() => (enabled ? setStopping(true) : run())}
      />
      {start.isPending && (
        <Text size="sm" role="status">
          {t('hub.starting')}
        </Text>
      )}
      {start.error && <ErrorNotice error={start.error} />}
      {!enabled && !elsewhere && (
        <NumberInput label={t('hub.port')} description={t('hub.portHint')} min={1} max={65_535} allowDecimal={false} hideControls w="12rem" value={port} onChange={(value) => setPort(typeof value === 'number' ? value : '')} />
      )}
      {enabled && !running && (
        <>
          <Text size="sm">{t('hub.enabledNotRunning')}</Text>
          <Button variant="default" loading={start.isPending} onClick={run}>
            {t('hub.start')}
          </Button>
        </>
      )}
      {running && <Running hub={hub.data} />}
      {stopping && <StopHub onClose={() => setStopping(false)} />}
    </Stack>
  );
}

function Running({ hub: { addresses, fingerprint, startedAt, upstream } }: { hub: HubState }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  return (
    <Stack gap="sm" w="100%" align="stretch">
      {startedAt !== undefined && (
        <Text size="sm" c="dimmed">
          {t('hub.startedAt', { when: timeText(startedAt) })}
        </Text>
      )}
      {addresses.map((address, index) => (
        <Copyable key={address} label={index === 0 ? t('hub.running') : ''} copyLabel={t('enrolment.copyAddress')} value={address} />
      ))}
      {fingerprint !== undefined && <Fingerprint value={fingerprint} />}
      <div>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          {t('hub.addWorkstation')}
        </Button>
      </div>
      <CentralSettings upstream={upstream} />
      {adding && <AddWorkstation onClose={() => setAdding(false)} />}
    </Stack>
  );
}
