import { Button, Text } from '@mantine/core';
import { IconArchive, IconDevicesPc, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Fleet, FleetWorkstation } from '../../../shared/contract/sync.ts';
import { callQuery } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useNow } from '../../components/relative-time.ts';
import { AddWorkstation } from '../enrolment/add-workstation.tsx';
import { whenText } from '../sync/when-text.ts';
import { CentralStrip } from './central-strip.tsx';
import { LagSection } from './lag-section.tsx';
import { MoveWorkstation } from './move-workstation.tsx';
import { RenameWorkstation } from './rename-workstation.tsx';
import { RevokeWorkstation } from './revoke-workstation.tsx';
import { WorkstationDetails, type WorkstationTask } from './workstation-details.tsx';
import { WorkstationTable } from './workstation-table.tsx';

/** The server knows more than the events of this workstation tell. */
const anew = 10_000;

/** Every workstation of the organisation: how far it is, what is wrong with it, and what can be done. */
export function FleetScreen() {
  const { t } = useTranslation();
  const fleet = useQuery({ ...callQuery('fleet.list', {}), refetchInterval: anew });
  const [task, setTask] = useState<{ task: WorkstationTask | 'details' | 'add'; deviceId?: string }>();
  const close = () => setTask(undefined);
  const alone = fleet.error?.error.code === 'not-enrolled';
  const add = () => setTask({ task: 'add' });
  useShortcut('new', add, fleet.data !== undefined);
  const chosen = fleet.data?.workstations.find(({ deviceId }) => deviceId === task?.deviceId);
  return (
    <Page wide>
      <PageHeader
        title={t('fleet.title')}
        description={t('fleet.intro')}
        actions={
          fleet.data && (
            <>
              <Button component={Link} to="/fleet/quarantine" variant="default" leftSection={<IconArchive size={16} aria-hidden />}>
                {t('fleet.held.open')}
              </Button>
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
                {t('fleet.add')}
              </Button>
            </>
          )
        }
      />
      {alone && <Alone />}
      {fleet.error && !alone && <ErrorNotice error={fleet.error} onRetry={() => void fleet.refetch()} />}
      {fleet.data && (
        <>
          <AsOf at={fleet.dataUpdatedAt} />
          {fleet.data.upstream && <CentralStrip upstream={fleet.data.upstream} />}
          <WorkstationTable workstations={fleet.data.workstations} onOpen={({ deviceId }) => setTask({ task: 'details', deviceId })} />
          <LagSection workstations={fleet.data.workstations} />
        </>
      )}
      {task?.task === 'add' && <AddWorkstation onClose={close} />}
      {chosen && fleet.data && task && task.task !== 'add' && <TaskDialog task={task.task} workstation={chosen} fleet={fleet.data} onTask={(next) => setTask({ ...task, task: next })} onClose={close} />}
    </Page>
  );
}

interface TaskDialogProps {
  task: WorkstationTask | 'details';
  workstation: FleetWorkstation;
  fleet: Fleet;
  onTask: (task: WorkstationTask) => void;
  onClose: () => void;
}

function TaskDialog({ task, workstation, fleet, onTask, onClose }: TaskDialogProps) {
  switch (task) {
    case 'details':
      return <WorkstationDetails workstation={workstation} head={fleet.head} onTask={onTask} onClose={onClose} />;
    case 'rename':
      return <RenameWorkstation workstation={workstation} onClose={onClose} />;
    case 'move':
      return <MoveWorkstation workstation={workstation} sites={fleet.sites} onClose={onClose} />;
    case 'revoke':
      return <RevokeWorkstation workstation={workstation} onClose={onClose} />;
  }
}

function AsOf({ at }: { at: number }) {
  const { t, i18n } = useTranslation();
  const now = useNow(10);
  return (
    <Text size="xs" c="dimmed">
      {t('fleet.asOf', { when: whenText(new Date(at).toISOString(), now, i18n.language, t) })}
    </Text>
  );
}

function Alone() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconDevicesPc} title={t('fleet.notJoined')}>
      <Text size="sm">{t('fleet.notJoinedHint')}</Text>
      <Button component={Link} to="/settings" variant="default">
        {t('fleet.toSettings')}
      </Button>
    </EmptyState>
  );
}
