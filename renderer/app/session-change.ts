import type { QueryClient } from '@tanstack/react-query';
import { forgetAnswers } from '../api/query-client.ts';
import { router } from './router.tsx';
import { useUi } from './ui-store.ts';
import { watchSession } from './watch-session.ts';

/**
 * Keeps one person's screens from the next. Runs as soon as the new status is known and before it is drawn: answers
 * are forgotten, and somebody else begins at the start page instead of at the chart that was open.
 */
export const leaveNothingBehind = (queryClient: QueryClient) =>
  watchSession(({ isAnother }) => {
    forgetAnswers(queryClient);
    useUi.setState({ lockedHere: false, menuOpen: false, helpOpen: false, paletteOpen: false });
    if (isAnother) void router.navigate('/', { replace: true });
  });
