import { Button, SegmentedControl } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QuarantineList } from '../quarantine/quarantine-list.tsx';
import { ChangeSetList } from './change-set-list.tsx';
import { StatusPanel } from './status-panel.tsx';

const lists = ['waiting', 'onServer', 'quarantine'] as const;
type ListName = (typeof lists)[number];

/** The sync centre: what waits and why, what arrived and where, what was refused. */
export function SyncScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const state = useCall('sync.state', {});
  const syncNow = useCallMutation('sync.syncNow');
  const [shown, show] = useShownList(may('quarantine.manage'));
  if (!state.data) return <Page>{state.error && <ErrorNotice error={state.error} onRetry={() => void state.refetch()} />}</Page>;
  const { phase, waiting, quarantined } = state.data;
  // Without a server nothing is late, however much there is.
  const counts: Partial<Record<ListName, number>> = phase === 'off' ? {} : { waiting, quarantine: quarantined };
  return (
    <Page fill>
      <PageHeader
        title={t('sync.title')}
        description={t('sync.intro')}
        actions={
          phase !== 'off' &&
          phase !== 'revoked' && (
            <Button leftSection={<IconRefresh size={16} aria-hidden />} loading={syncNow.isPending} onClick={() => syncNow.mutate({})}>
              {t('sync.now')}
            </Button>
          )
        }
      />
      {syncNow.error && <ErrorNotice error={syncNow.error} />}
      <StatusPanel state={state.data} />
      <SegmentedControl
        aria-label={t('sync.show')}
        style={{ alignSelf: 'flex-start', flex: 'none' }}
        data={lists.filter((name) => name !== 'quarantine' || may('quarantine.manage')).map((name) => ({ value: name, label: labelOf(name) }))}
        value={shown}
        onChange={show}
      />
      {shown === 'quarantine' ? <QuarantineList /> : <ChangeSetList key={shown} state={shown === 'waiting' ? 'waiting' : 'on-server'} phase={phase} isEmpty={shown === 'waiting' && waiting === 0} />}
    </Page>
  );

  function labelOf(name: ListName): string {
    const count = counts[name] ?? 0;
    return count > 0 ? `${t(`sync.list.${name}`)} (${String(count)})` : t(`sync.list.${name}`);
  }
}

/** The list that is shown stands in the address, so that a count elsewhere can lead to it. */
function useShownList(mayQuarantine: boolean): [ListName, (name: string) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = lists.find((name) => name === search.get('show')) ?? 'waiting';
  const show = (name: string) => setSearch({ show: name }, { replace: true });
  return [asked === 'quarantine' && !mayQuarantine ? 'waiting' : asked, show];
}
