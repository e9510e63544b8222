import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlacementPlan, WithoutProvider as Held } from '../../../shared/contract/placements.ts';
import type { AskedPlan } from './asked.ts';
import { ExportByHand } from './export-plan.tsx';

interface WithoutProviderProps extends Pick<PlacementPlan, 'byServer'> {
  all: number;
  children?: ReactNode;
}

/** Before anything is carried out: which machines no provider can move and why, and what the server makes of the plan without them. */
export function WithoutProvider({ byServer: { moves, without }, all, children }: WithoutProviderProps) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" title={t('placements.withoutProvider', { count: without.of })}>
      <Stack gap={6}>
        <Text size="sm">
          {t('placements.withoutProviderSafe', { count: without.of })} {moves === 0 ? t('placements.noneByServer') : t('placements.partByServer', { count: moves, all })}
        </Text>
        <List size="sm">
          {without.causes.map((held) => (
            <Cause key={held.cause} held={held} />
          ))}
        </List>
        {children}
      </Stack>
    </Alert>
  );
}

function Cause({ held: { cause, machines, subjects } }: { held: Held }) {
  const { t } = useTranslation();
  const list = ({ names, of }: Held['machines']) => {
    const others = of - names.length;
    // Intl's lists of units put nothing between Chinese names.
    return [...names, ...(others > 0 ? [t('placements.others', { count: others })] : [])].join(t('placements.between'));
  };
  return <List.Item>{t(`placements.obstacle.${cause}`, { machines: list(machines), subjects: list(subjects) })}</List.Item>;
}

/** The ways on from there: the rest first, these by hand, or a provider for them. */
export function WaysOn({ plan, byServer: { moves, without } }: Pick<PlacementPlan, 'byServer'> & { plan: AskedPlan }) {
  const { t } = useTranslation();
  const silent = without.causes.some(({ cause }) => cause === 'provider-not-ready' || cause === 'host-silent');
  return (
    <>
      <Text size="sm" fw={600}>
        {t('placements.whatToDo')}
      </Text>
      <List size="sm" type="ordered">
        {silent && <List.Item>{t('placements.todo.provider')}</List.Item>}
        {moves > 0 && <List.Item>{t('placements.todo.carryOut')}</List.Item>}
        <List.Item>{t(moves > 0 ? 'placements.todo.byHand' : 'placements.todo.onlyByHand')}</List.Item>
        <List.Item>{t('placements.todo.connect')}</List.Item>
      </List>
      <Group gap="xs">
        <ExportByHand plan={plan} />
        <Button component={Link} to="/cloud" size="compact-sm" variant="default">
          {t('placements.toOverview')}
        </Button>
      </Group>
    </>
  );
}
