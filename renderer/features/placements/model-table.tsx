import { Badge, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ModelRun, PlacementRun } from '../../../shared/contract/placements.ts';
import { FindingText } from '../resources/finding-text.tsx';
import { methodText } from './method-text.ts';
import classes from './model-table.module.css';
import { gapText, secondsText, valueText } from './value-text.ts';

/** Every model with the best it has, while it works and afterwards. */
export function ModelTable({ run }: { run: PlacementRun }) {
  const { t } = useTranslation();
  return (
    // It holds no control, so it takes the focus itself: else a narrow window could not be scrolled by keyboard.
    <div role="group" aria-label={t('placements.compared')} tabIndex={0} style={{ overflowX: 'auto' }}>
      <Table aria-label={t('placements.compared')} miw={880} verticalSpacing={6} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('placements.modelName')}</Table.Th>
            <Table.Th>{t('placements.status')}</Table.Th>
            <Table.Th ta="end">{t('placements.value')}</Table.Th>
            <Table.Th ta="end">{t('placements.bound')}</Table.Th>
            <Table.Th ta="end">{t('placements.gap')}</Table.Th>
            <Table.Th ta="end">{t('placements.time')}</Table.Th>
            <Table.Th ta="end">{t('placements.placed')}</Table.Th>
            <Table.Th>{t('placements.checker')}</Table.Th>
            <Table.Th>{t('placements.by')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.models.map((model) => (
            <ModelRow key={model.model} run={run} model={model} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function ModelRow({ run, model: { model, state, seconds, progress, answer, violations } }: { run: PlacementRun; model: ModelRun }) {
  const { t, i18n } = useTranslation();
  const latest = answer ?? progress.at(-1);
  const text = (value: number | null | undefined) => valueText(value, run.options.objective, t, i18n.language);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {t(`placements.model.${model}`)}
      </Table.Th>
      <Table.Td>
        <StatusBadge status={answer?.status ?? state} />
        {answer?.reason && (
          <Text size="xs" maw="22rem">
            <FindingText finding={answer.reason} />
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="end" className={classes.amount}>{text(latest?.value)}</Table.Td>
      <Table.Td ta="end" className={classes.amount}>{text(latest?.bound)}</Table.Td>
      <Table.Td ta="end">{gapText(answer?.gap, t, i18n.language)}</Table.Td>
      <Table.Td ta="end" className={classes.amount}>{secondsText(seconds, i18n.language)}</Table.Td>
      <Table.Td ta="end" className={classes.amount}>{answer ? t('placements.placedOf', { placed: answer.placed, all: run.machines }) : '–'}</Table.Td>
      <Table.Td>{answer && answer.value !== null && <Checked violations={violations} />}</Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed">
          {answer ? [answer.foundBy, answer.provedBy].filter(Boolean).map((by) => methodText(by, t)).join(' / ') : methodText(progress.at(-1)?.step ?? '', t)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function Checked({ violations }: Pick<ModelRun, 'violations'>) {
  const { t } = useTranslation();
  if (violations.length === 0) return <Text size="sm">{t('placements.agrees')}</Text>;
  return (
    <Text size="sm" c="red">
      {t('placements.differs', { violations: violations.join(', ') })}
    </Text>
  );
}

const colors = { optimal: 'green', feasible: 'blue', infeasible: 'red', stopped: 'gray', waiting: 'gray', running: 'blue', done: 'gray' } as const;

function StatusBadge({ status }: { status: keyof typeof colors }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" miw="max-content" color={colors[status]}>
      {t(`placements.statuses.${status}`)}
    </Badge>
  );
}
