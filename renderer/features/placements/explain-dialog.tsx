import { Badge, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NamedExplanation } from '../../../shared/contract/placements.ts';
import type { PlacementObjective } from '../../../shared/resources/placement/options.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { ObstacleText } from './obstacle-text.tsx';
import type { AskedModel } from './asked.ts';
import { valueText } from './value-text.ts';

interface ExplainDialogProps {
  asked: AskedModel;
  objective: PlacementObjective;
  virtualMachineId: string;
  onClose: () => void;
}

type Verdict = NamedExplanation['hosts'][number];

/** "Why here" or "why not placed": what speaks for and against each host, all else staying as it was placed. */
export function ExplainDialog({ asked, objective, virtualMachineId, onClose }: ExplainDialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  const { data, error } = useCall('placements.explain', { ...asked, virtualMachineId });
  const title = data ? t(data.hostId === null ? 'placements.whyNot' : 'placements.whyHere', { name: data.name }) : t('placements.why');
  return (
    <Modal opened onClose={onClose} title={title} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {error && <ErrorNotice error={error} />}
      {data && <Explained explanation={data} objective={objective} />}
    </Modal>
  );
}

function Explained({ explanation: { hosts, hostId, value, withMachineIds }, objective }: { explanation: NamedExplanation; objective: PlacementObjective }) {
  const { t, i18n } = useTranslation();
  const text = (of: number | null) => valueText(of, objective, t, i18n.language);
  const possible = hosts.filter(({ obstacles }) => obstacles.length === 0).length;
  const columns: Column<Verdict>[] = [
    { key: 'host', header: t('cloud.column.host'), width: 'minmax(9rem, 13rem)', cell: ({ name }) => name },
    { key: 'verdict', header: t('placements.verdict'), width: 'minmax(20rem, 1fr)', cell: (verdict) => <VerdictCell verdict={verdict} /> },
    { key: 'value', header: t('placements.valueThere'), width: '9rem', align: 'end', cell: ({ valueThere }) => text(valueThere) },
  ];
  return (
    <Stack gap="sm">
      <Text size="sm">
        {hostId === null ? t('placements.nowherePossible', { count: possible }) : t('placements.possibleHosts', { count: possible, value: text(value) })}
        {withMachineIds.length > 0 && ` ${t('placements.goesWith', { count: withMachineIds.length })}`}
      </Text>
      <div style={{ display: 'flex', flexDirection: 'column', height: 'min(26rem, 55vh)' }}>
        <VirtualTable label={t('placements.verdicts')} columns={columns} page={sorted(hosts)} empty={null} />
      </div>
    </Stack>
  );
}

/** Where it was put, where it is, then what else is possible, then the rest. */
const rank = ({ chosen, present, obstacles }: Verdict): number => (chosen ? 0 : present ? 1 : obstacles.length === 0 ? 2 : 3);
const sorted = (hosts: readonly Verdict[]): Verdict[] => [...hosts].sort((a, b) => rank(a) - rank(b));

function VerdictCell({ verdict: { chosen, present, obstacles } }: { verdict: Verdict }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap">
      {chosen && <Badge variant="light" tt="none" style={{ flex: 'none' }}>{t('placements.chosen')}</Badge>}
      {present && <Badge variant="light" tt="none" color="gray" style={{ flex: 'none' }}>{t('placements.present')}</Badge>}
      <Text size="sm" truncate>
        {obstacles.length === 0 && !chosen && t('placements.possible')}
        {obstacles.map((obstacle, index) => (
          <span key={index}>
            {index > 0 && ' '}
            <ObstacleText obstacle={obstacle} />
          </span>
        ))}
      </Text>
    </Group>
  );
}
