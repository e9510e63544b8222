import { Alert, Button, Group, List, Select, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { heldAbout, heldAction, heldFrom, heldWhy } from '../../../shared/conflicts/held-words.ts';
import type { HeldChangeSet, HeldOutcome } from '../../../shared/contract/sync.ts';
import { callQuery, useCall } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { timeText } from '../versions/time-text.ts';
import { HeldDialog } from './held-dialog.tsx';
import { outcomeLines } from './held-words.ts';
import { useExportHeld } from './use-export-held.ts';
import { useRelease } from './use-release.ts';

/** The server's quarantine: what it refused from any workstation and what revoked ones handed over. */
export function HeldScreen() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const deviceId = search.get('workstation') ?? undefined;
  const of = deviceId === undefined ? {} : { deviceId };
  const [chosen, setChosen] = useState<HeldChangeSet>();
  const [asking, setAsking] = useState(false);
  const [outcomes, setOutcomes] = useState<HeldOutcome[]>();
  const total = useQuery(callQuery('fleet.quarantine', { offset: 0, limit: 100, ...of })).data?.total ?? 0;
  const save = useExportHeld();
  const release = useRelease((all) => {
    setOutcomes(all);
    setAsking(false);
  });
  const columns: Column<HeldChangeSet>[] = [
    { key: 'savedAt', header: t('sync.savedAt'), width: '9.5rem', cell: (row) => row.savedAt && timeText(row.savedAt) },
    { key: 'action', header: t('sync.what'), width: 'minmax(8rem, 1fr)', cell: (row) => heldAction(row, t) },
    { key: 'about', header: t('sync.about'), width: 'minmax(9rem, 2fr)', cell: (row) => heldAbout(row, t) },
    { key: 'savedBy', header: t('sync.savedBy'), width: 'minmax(6rem, 0.75fr)', cell: (row) => row.savedByName },
    { key: 'from', header: t('fleet.held.column.from'), width: 'minmax(8rem, 1fr)', cell: heldFrom },
    { key: 'why', header: t('fleet.held.column.why'), width: 'minmax(9rem, 1.5fr)', cell: (row) => heldWhy(row, t) },
  ];
  return (
    <Page fill>
      <PageHeader
        title={t('fleet.held.title')}
        description={t('fleet.held.intro')}
        actions={
          total > 0 && (
            <>
              <Button variant="default" loading={save.isPending} onClick={() => save.mutate({ all: of })} title={t('fleet.held.exportHint')}>
                {t('fleet.held.exportAll')}
              </Button>
              <Button onClick={() => setAsking(true)}>{t('fleet.held.releaseAll')}</Button>
            </>
          )
        }
      />
      <OfWorkstation deviceId={deviceId} onChange={(next) => setSearch(next === undefined ? {} : { workstation: next })} />
      {save.error && <ErrorNotice error={save.error} />}
      {outcomes && <Outcomes outcomes={outcomes} onClose={() => setOutcomes(undefined)} />}
      <VirtualTable
        key={deviceId ?? ''}
        label={t('fleet.held.title')}
        columns={columns}
        page={(window) => callQuery('fleet.quarantine', { ...window, ...of })}
        onOpen={setChosen}
        empty={<EmptyState icon={IconCircleCheck} title={t('fleet.held.none')} />}
      />
      {chosen && <HeldDialog key={chosen.changeSetId} row={chosen} onReleased={setOutcomes} onClose={() => setChosen(undefined)} />}
      <ConfirmDialog
        opened={asking}
        title={t('fleet.held.releaseAllTitle', { count: total })}
        confirmLabel={t('fleet.held.releaseAll')}
        {...(release.progress && { cancelLabel: t('fleet.held.stop') })}
        busy={release.isPending}
        error={release.error}
        onConfirm={() => release.mutate({ all: of })}
        onClose={() => (release.isPending ? release.stop() : setAsking(false))}
      >
        <Text size="sm">{t('fleet.held.explain')}</Text>
        <Text size="sm" mt="xs">
          {t('fleet.held.releaseAllExplain')}
        </Text>
        {release.progress && (
          <Text size="sm" mt="xs" role="status">
            {t('fleet.held.releasing', release.progress)}
          </Text>
        )}
      </ConfirmDialog>
    </Page>
  );
}

function OfWorkstation({ deviceId, onChange }: { deviceId: string | undefined; onChange: (deviceId: string | undefined) => void }) {
  const { t } = useTranslation();
  const { workstations = [], upstream } = useCall('fleet.list', {}).data ?? {};
  const shown = workstations.filter((one) => one.quarantined > 0 || one.deviceId === deviceId);
  const central = upstream !== undefined && (upstream.quarantined > 0 || upstream.deviceId === deviceId) ? [{ value: upstream.deviceId, label: t('fleet.held.central', { name: upstream.organisationName }) }] : [];
  if (shown.length + central.length === 0) return null;
  return (
    <Group>
      <Select
        label={t('fleet.held.of')}
        data={[{ value: '', label: t('fleet.held.everyWorkstation') }, ...central, ...shown.map((one) => ({ value: one.deviceId, label: one.name }))]}
        value={deviceId ?? ''}
        onChange={(value) => onChange(value === null || value === '' ? undefined : value)}
        allowDeselect={false}
      />
    </Group>
  );
}

function Outcomes({ outcomes, onClose }: { outcomes: HeldOutcome[]; onClose: () => void }) {
  const { t } = useTranslation();
  const refused = outcomes.some(({ outcome }) => outcome === 'rejected');
  return (
    <Alert
      role="status"
      color={refused ? 'yellow' : 'green'}
      title={t('fleet.held.outcome.title')}
      style={{ flex: 'none' }}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={onClose}
    >
      <List size="sm">
        {outcomeLines(outcomes, t).map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
