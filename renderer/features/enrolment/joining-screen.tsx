import { Button, Group, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '../../../shared/contract/sync.ts';
import { Entrance } from '../../app/entrance.tsx';
import { FailureNotice } from '../sync/failure-notice.tsx';
import { FirstCopy } from '../sync/first-copy.tsx';

/** The first copy of a clinic's data is arriving and nobody is signed in. */
export function JoiningScreen({ state, onSignIn }: { state: SyncState; onSignIn: () => void }) {
  const { t } = useTranslation();
  const { failure, server, snapshot, needsCode = false } = state;
  useEffect(() => {
    document.title = `${t('enrolment.fetching')} · ${t('common.appName')}`;
  }, [t]);
  return (
    <Entrance wide>
      <div>
        <Title order={1} size="h3">
          {t('enrolment.fetching')}
        </Title>
        {server && (
          <Text c="dimmed">{[server.organisationName, server.siteName].filter(Boolean).join(' · ')}</Text>
        )}
      </div>
      <FirstCopy snapshot={snapshot} />
      {failure && <FailureNotice failure={failure} waits={state.phase !== 'refused'} />}
      <Text size="sm">{t('enrolment.fetchingHint')}</Text>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {needsCode && t('enrolment.signInSoon')}
        </Text>
        <Button variant="default" disabled={needsCode} onClick={onSignIn}>
          {t('enrolment.signInMeanwhile')}
        </Button>
      </Group>
    </Entrance>
  );
}
