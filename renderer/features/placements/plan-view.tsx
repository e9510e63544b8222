import { Alert, Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page } from '../../../shared/contract/page.ts';
import type { PlannedMove } from '../../../shared/contract/placements.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { callQuery, useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Figures } from '../../components/figures.tsx';
import { notifyDone } from '../../components/notify.ts';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { amountText } from '../resources/amount-text.ts';
import { CarryOut } from './carry-out.tsx';
import { WaysOn, WithoutProvider } from './without-provider.tsx';
import { ExportPlan } from './export-plan.tsx';
import { ClashesNotice, LeftOutList, UnplacedNotice } from './left-out-list.tsx';
import { moversAmong, type AskedModel, type AskedPlan } from './asked.ts';
import { durationText } from './duration-text.ts';

/** Milliseconds that a server has to tell its providers before the plan is shown without them: it is another plan with them, and would be shown twice. */
const patience = 1500;

const mostMinutes = 30 * 1440;
/** What is half typed, or beyond the limits until the field is left, asks for no plan that is refused. */
const within = (value: number | string, most: number): number => Math.min(most, Math.max(0, Number(value) || 0));

type Step = PlannedMove & { step: number };

interface PlanViewProps {
  asked: AskedModel;
  outdated: boolean;
  onExplain: (virtualMachineId: string) => void;
}

/** The way to a placement: moves in an order that never overfills a host, each with its reason. */
export function PlanView({ asked, outdated, onExplain }: PlanViewProps) {
  const { t, i18n } = useTranslation();
  const manages = useMay()('resource.manage');
  const providers = useCall('providers.list', {});
  // Without a server, or without a provider on it, nobody can make the moves.
  const reached = (providers.data?.providers.length ?? 0) > 0;
  const [percent, setPercent] = useState<number | string>(0);
  const [minutes, setMinutes] = useState<number | string>(0);
  const plan: AskedPlan = { ...asked, threshold: within(percent, 100) / 100, coolDown: Math.round(within(minutes, mostMinutes) * 60), ...(providers.data && reached && { movers: moversAmong(providers.data.providers) }) };
  const [isPatienceOver, setPatienceOver] = useState(false);
  useTimeout(() => setPatienceOver(true), patience, { autoInvoke: true });
  const enabled = !providers.isPending || isPatienceOver;
  const { data, error } = useQuery({ ...callQuery('placements.plan', { ...plan, offset: 0, limit: 1 }), enabled });
  const columns = useColumns();
  if (error) return <ErrorNotice error={error} />;
  return (
    <Stack gap="sm">
      <Group gap="xl" align="flex-end" justify="space-between">
        {data && (
          <Figures
            figures={[
              { label: t('placements.moves'), value: data.total.toLocaleString(i18n.language) },
              { label: t('placements.copied'), value: amountText(data.memory, 'mebibytes', i18n.language) },
              { label: t('placements.takes'), value: durationText(data.seconds, i18n.language) },
            ]}
          />
        )}
        <Group gap="sm" align="flex-end">
          <NumberInput size="xs" w="11rem" label={t('placements.threshold')} min={0} max={100} hideControls value={percent} onChange={setPercent} />
          <NumberInput size="xs" w="11rem" label={t('placements.coolDown')} min={0} max={mostMinutes} hideControls value={minutes} onChange={setMinutes} />
          {data && data.total > 0 && <ExportPlan plan={plan} />}
          {manages && data && data.total > 0 && !data.supposed && !outdated && (
            <>
              <RecordPlan plan={plan} moves={data.total} />
              {reached && data.byServer.moves > 0 && <CarryOut plan={plan} all={data.total} byServer={data.byServer} />}
            </>
          )}
        </Group>
      </Group>
      {data?.supposed && <Alert color="gray">{t('placements.supposed')}</Alert>}
      {data && data.total > 0 && !data.supposed && manages && (
        <>
          {!reached && !providers.isPending && <Unreached />}
          {reached && data.byServer.without.of > 0 && (
            <WithoutProvider byServer={data.byServer} all={data.total}>
              <WaysOn plan={plan} byServer={data.byServer} />
            </WithoutProvider>
          )}
        </>
      )}
      {data && data.clashes.of > 0 && <ClashesNotice clashes={data.clashes} />}
      {data && data.unplaced.of > 0 && <UnplacedNotice unplaced={data.unplaced} />}
      {data && data.leftOut.length > 0 && <LeftOutList leftOut={data.leftOut} />}
      <div style={{ display: 'flex', flexDirection: 'column', height: '22rem' }}>
        {enabled && <VirtualTable label={t('placements.tab.plan')} columns={columns} page={(window) => stepsQuery(plan, window)} onOpen={({ virtualMachineId }) => onExplain(virtualMachineId)} empty={<Text p="md">{t(data && (data.clashes.of > 0 || data.unplaced.of > 0 || data.leftOut.length > 0) ? 'placements.noneMoved' : 'placements.noMoves')}</Text>} />}
      </div>
    </Stack>
  );
}

function Unreached() {
  const { t } = useTranslation();
  return (
    <Alert color="gray" title={t('placements.unreached')}>
      {t('placements.unreachedText')}
    </Alert>
  );
}

function useColumns(): Column<Step>[] {
  const { t, i18n } = useTranslation();
  return [
    { key: 'step', header: t('placements.stepNumber'), width: '4.5rem', align: 'end', cell: ({ step }) => step.toLocaleString(i18n.language) },
    { key: 'name', header: t('cloud.column.virtualMachine'), width: 'minmax(10rem, 1fr)', cell: ({ name }) => name },
    { key: 'from', header: t('placements.from'), width: 'minmax(8rem, 1fr)', cell: ({ fromName }) => fromName ?? t('cloud.nowhere') },
    { key: 'to', header: t('placements.to'), width: 'minmax(8rem, 1fr)', cell: ({ toName }) => toName },
    { key: 'reason', header: t('placements.why'), width: 'minmax(17rem, 1.5fr)', cell: ({ reason }) => t(`resources.move.${reason}`) },
    { key: 'memory', header: t('placements.copied'), width: '6.5rem', align: 'end', cell: ({ memory }) => amountText(memory, 'mebibytes', i18n.language) },
    { key: 'seconds', header: t('placements.takes'), width: '6rem', align: 'end', cell: ({ seconds }) => durationText(seconds, i18n.language) },
  ];
}

/** A page of the plan with each move's place in it. */
function stepsQuery(plan: AskedPlan, window: { offset: number; limit: number }) {
  const { queryKey, meta } = callQuery('placements.plan', { ...plan, ...window });
  return queryOptions<Page<Step>, AppException>({
    queryKey: [...queryKey, 'steps'],
    queryFn: async () => {
      const { rows, total } = await call('placements.plan', { ...plan, ...window });
      return { rows: rows.map((move, index) => ({ ...move, step: window.offset + index + 1 })), total };
    },
    ...(meta && { meta }),
  });
}

/** For a cloud that no provider reaches: somebody else has moved the machines, and the inventory is to know. */
function RecordPlan({ plan, moves }: { plan: AskedPlan; moves: number }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const record = useCallMutation('placements.record');
  const confirm = () =>
    record.mutate(plan, {
      onSuccess: ({ moves: made }) => {
        setAsking(false);
        notifyDone(t('placements.recorded', { count: made }), t);
      },
    });
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconCheck size={14} aria-hidden />} onClick={() => setAsking(true)}>
        {t('placements.record')}
      </Button>
      <ConfirmDialog opened={asking} title={t('placements.recordTitle')} confirmLabel={t('placements.record')} busy={record.isPending} error={record.error} onConfirm={confirm} onClose={() => setAsking(false)}>
        {t('placements.recordText', { count: moves })}
      </ConfirmDialog>
    </>
  );
}
