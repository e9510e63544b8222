import { Center, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AppStatus } from '../../shared/contract/app.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { useStatus } from '../api/use-status.ts';
import { DatabaseTrouble } from '../features/backups/database-trouble.tsx';
import { BeforeSignIn } from '../features/enrolment/before-sign-in.tsx';
import { RevokedScreen } from '../features/enrolment/revoked-screen.tsx';
import { SignIn } from '../features/sessions/sign-in.tsx';
import { FirstRun } from '../features/setup/first-run.tsx';
import { ShownOnceScreen } from '../features/setup/shown-once.tsx';
import { BackendAway } from './backend-away.tsx';
import { useUi } from './ui-store.ts';
import { Workspace } from './workspace.tsx';

/** Chooses what the window shows by where the program stands. */
export function Gate() {
  const { t } = useTranslation();
  const status = useStatus();
  const shownOnce = useUi((state) => state.shownOnce);
  if (status.data === undefined) {
    if (status.isError) return <BackendAway onRetry={() => void status.refetch()} />;
    return (
      <Center h="100%">
        <Loader aria-label={t('app.starting')} role="status" />
      </Center>
    );
  }
  // The recovery key is on screen until somebody says that it is written down, whatever happens meanwhile.
  if (shownOnce) return <ShownOnceScreen shown={shownOnce} />;
  return <ByDatabase status={status.data} />;
}

function ByDatabase({ status }: { status: AppStatus }) {
  const { database, session } = status;
  switch (database) {
    case 'absent':
      return (
        <BeforeSignIn>
          <FirstRun />
        </BeforeSignIn>
      );
    case 'revoked':
      return <RevokedScreen />;
    case 'damaged':
    case 'newer':
    case 'key-lost':
      return <DatabaseTrouble state={database} />;
    case 'closed':
    case 'open':
      if (session.state === 'none') {
        return (
          <BeforeSignIn>
            <SignIn />
          </BeforeSignIn>
        );
      }
      // Another person's screens are never the former one's, not even when nothing was drawn in between.
      return <Workspace key={session.user.id} session={session} lockAfterMinutes={status.lockAfterMinutes} />;
    default:
      return assertNever(database);
  }
}
