import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assertNever } from '../../../shared/assert-never.ts';
import { clockText } from '../versions/time-text.ts';
import type { AutosaveState } from './autosaver.ts';

/** Where the typed text is: said to be on disk only once the backend has answered so. */
export function AutosaveStatus({ state }: { state: AutosaveState }) {
  const text = useAutosaveText(state);
  const failed = state.phase === 'failed';
  // A save twice a second must not talk into a screen reader; a failure must.
  return (
    <Text size="xs" c={failed ? 'red' : 'dimmed'} role={failed ? 'alert' : undefined} data-autosave={state.phase}>
      {text}
    </Text>
  );
}

function useAutosaveText(state: AutosaveState): string {
  const { t } = useTranslation();
  switch (state.phase) {
    case 'untouched':
      return '';
    case 'waiting':
      return state.at === undefined ? t('drafts.state.waiting') : t('drafts.state.saved', { time: clockText(state.at) });
    case 'saved':
      return t('drafts.state.saved', { time: clockText(state.at) });
    case 'failed':
      return state.at === undefined ? t('drafts.state.failed') : t('drafts.state.failedAfter', { time: clockText(state.at) });
    default:
      return assertNever(state);
  }
}
