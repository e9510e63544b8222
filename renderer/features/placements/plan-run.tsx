import { Alert, Badge, Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PlanRun as Run, RunStep } from '../../../shared/sync/resource-protocol.ts';
import { subjectOf } from '../../../shared/sync/move.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { useNames } from '../resources/names.ts';
import { timeText } from '../versions/time-text.ts';
import { FailedStep } from './failed-step.tsx';

const query = callQuery('plans.run', {});
export const planRunKey = query.queryKey;

/** The server tells nobody by itself how far a run is, nor that it, or another workstation, has begun one. */
const anew = 1000;
const underWay = (run: Run | null | undefined): boolean => run?.state === 'running' || run?.state === 'rolling-back';

/** The last plan that the server carried out, or carries out: how far it is, each step as its provider shows it, and the way to stop it and to take it back. */
export function PlanRun() {
  const { t } = useTranslation();
  const { data: run, refetch } = useQuery({ ...query, refetchOnMount: 'always', refetchInterval: ({ state }) => (underWay(state.data) ? anew : false) });
  const stop = useCallMutation('plans.stop');
  const rollBack = useCallMutation('plans.rollBack');
  // Without a server, or before the first plan, there is nothing to tell.
  if (!run) return null;
  const { runId, state, steps, startedAt } = run;
  const done = steps.filter((step) => step.state === 'done').length;
  const again = { onSuccess: () => void refetch() };
  const failure = stop.error ?? rollBack.error;
  return (
    <Stack component="section" gap="xs" aria-label={t('placements.lastPlan')}>
      <Group justify="space-between">
        <div>
          <Title order={2} size="h4">
            {t('placements.lastPlan')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('placements.lastPlanFacts', { when: timeText(startedAt), done, count: steps.length })}
          </Text>
        </div>
        <Group gap="xs">
          <RunBadge state={state} />
          {state === 'running' && (
            <Button size="xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate({ runId }, again)}>
              {t('placements.stop')}
            </Button>
          )}
          {!underWay(run) && state !== 'rolled-back' && done > 0 && (
            <Button size="xs" variant="default" loading={rollBack.isPending} onClick={() => rollBack.mutate({ runId }, again)}>
              {t('placements.takeBack')}
            </Button>
          )}
        </Group>
      </Group>
      {failure && <ErrorNotice error={failure} />}
      {state === 'interrupted' && <Alert color="yellow">{t('placements.interrupted')}</Alert>}
      <Progress.Root size="lg">
        <Progress.Section value={(100 * done) / Math.max(1, steps.length)} color={state === 'failed' ? 'red' : 'blue'} animated={underWay(run)} aria-label={t('placements.lastPlan')} />
      </Progress.Root>
      <Steps steps={steps} />
    </Stack>
  );
}

function Steps({ steps }: { steps: readonly RunStep[] }) {
  const { t, i18n } = useTranslation();
  const machines = useNames('virtualMachines', 'providerKey');
  const hosts = useNames('hosts', 'providerKey');
  const machineOf = ({ move }: RunStep) => ('machine' in move ? (machines?.get(move.machine) ?? move.machine) : subjectOf(move));
  const hostOf = (key: string) => hosts?.get(key) ?? key;
  const wayOf = ({ move }: RunStep) => (move.kind === 'migrate' ? t('placements.way', { from: hostOf(move.from), to: hostOf(move.to) }) : t(`placements.kind.${move.kind}`));
  const rows = steps.map((step, index) => ({ ...step, step: index + 1 }));
  type Row = (typeof rows)[number];
  const columns: Column<Row>[] = [
    { key: 'step', header: t('placements.stepNumber'), width: '4.5rem', align: 'end', cell: ({ step }) => step.toLocaleString(i18n.language) },
    { key: 'machine', header: t('cloud.column.virtualMachine'), width: 'minmax(10rem, 1fr)', cell: machineOf },
    { key: 'way', header: t('placements.move'), width: 'minmax(12rem, 1.5fr)', cell: wayOf },
    { key: 'state', header: t('cloud.column.state'), width: '8.5rem', cell: ({ state }) => <StepBadge state={state} /> },
    { key: 'seen', header: t('placements.seenOn'), width: '8rem', cell: ({ observedHost }) => observedHost !== null && hostOf(observedHost) },
    { key: 'said', header: t('placements.said'), width: 'minmax(12rem, 2fr)', cell: ({ error, output }) => [error !== null && t(`providers.failure.${error}`), output].filter(Boolean).join(' · ') },
  ];
  return (
    <>
      <FailedStep steps={steps} machineOf={machineOf} wayOf={wayOf} hostOf={hostOf} />
      <div style={{ display: 'flex', flexDirection: 'column', height: `${String(Math.min(8, steps.length) * 36 + 44)}px` }}>
        <VirtualTable label={t('placements.lastPlan')} columns={columns} page={rows} empty={null} />
      </div>
    </>
  );
}

const runColors = { running: 'blue', done: 'green', failed: 'red', stopped: 'gray', interrupted: 'yellow', 'rolling-back': 'blue', 'rolled-back': 'gray' } as const;
const stepColors = { waiting: 'gray', running: 'blue', done: 'green', failed: 'red', unknown: 'yellow', 'rolled-back': 'gray' } as const;

function RunBadge({ state }: Pick<Run, 'state'>) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" color={runColors[state]}>
      {t(`placements.runState.${state}`)}
    </Badge>
  );
}

function StepBadge({ state }: Pick<RunStep, 'state'>) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" color={stepColors[state]}>
      {t(`placements.stepState.${state}`)}
    </Badge>
  );
}
