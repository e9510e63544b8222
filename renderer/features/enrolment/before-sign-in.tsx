import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { callQuery } from '../../api/queries.ts';
import { isJoining } from '../sync/sync-phase.ts';
import { JoiningScreen } from './joining-screen.tsx';
import { ResumeJoining } from './resume-joining.tsx';

/** Events before a sign-in may be missed; a bar that stands still would look like a program that does. */
const anew = 2000;

/** What a workstation shows to nobody yet: a joining that is under way or was cut, else `children`. */
export function BeforeSignIn({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [signingIn, setSigningIn] = useState(false);
  const { data: state, isPending } = useQuery({
    ...callQuery('sync.state', {}),
    refetchInterval: (query) => (query.state.data && isJoining(query.state.data) ? anew : false),
  });
  if (isPending) {
    return (
      <Center h="100%">
        <Loader aria-label={t('app.starting')} role="status" />
      </Center>
    );
  }
  if (state && isJoining(state) && (!signingIn || state.needsCode === true)) return <JoiningScreen state={state} onSignIn={() => setSigningIn(true)} />;
  if (state?.needsCode === true) return <ResumeJoining />;
  return children;
}
