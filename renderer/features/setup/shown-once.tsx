import { Alert, Button, Checkbox, Group, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { useStatus } from '../../api/use-status.ts';
import { Entrance } from '../../app/entrance.tsx';
import { useUi, type ShownOnce } from '../../app/ui-store.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { ServingNotice } from '../hub/serving-notice.tsx';
import { RecoveryKeyCard } from '../backups/recovery-key-card.tsx';
import { DemoAccounts } from '../sessions/demo-accounts.tsx';

const done = () => useUi.setState({ shownOnce: undefined });

/** After set-up: the recovery key, once, and a demo's accounts. */
export function ShownOnceScreen({ shown }: { shown: ShownOnce }) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(false);
  const queryClient = useQueryClient();
  const confirm = useCallMutation('recoveryKey.confirm');
  // Who is signed in already sees the screens at once: they are not to ask for the key. A backend that did not hear of it asks later.
  const kept = () => confirm.mutate({}, { onSettled: () => void queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey }).finally(done) });
  const signedIn = useStatus().data?.session.state === 'active';
  return (
    <Entrance wide>
      <Title order={1} size="h3">
        {t(shown.accounts ? 'setup.demoReady' : 'setup.clinicReady')}
      </Title>
      {shown.accounts && <DemoAccounts accounts={shown.accounts} onSignedIn={done} />}
      {shown.job && <JobProgress job={shown.job} label={t('setup.demoFilling')} />}
      {shown.serving && <ServingNotice serving={shown.serving} />}
      <RecoveryKeyCard recoveryKey={shown.recoveryKey} />
      {!shown.accounts && (
        <>
          <Alert color="yellow">{t('setup.keyWarning')}</Alert>
          <Checkbox label={t('setup.keyWritten')} checked={written} onChange={(event) => setWritten(event.currentTarget.checked)} />
        </>
      )}
      <Group justify="flex-end">
        <Button disabled={!written && !shown.accounts} loading={confirm.isPending} onClick={kept}>
          {t(signedIn ? 'common.next' : 'setup.toSignIn')}
        </Button>
      </Group>
    </Entrance>
  );
}
