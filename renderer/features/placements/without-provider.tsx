import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlacementPlan } from '../../../shared/contract/placements.ts';

/** Before anything is carried out: which machines no provider can move, and what the server would make of the plan without them. */
export function WithoutProvider({ byServer: { moves, without }, all }: Pick<PlacementPlan, 'byServer'> & { all: number }) {
  const { t, i18n } = useTranslation();
  const others = without.of - without.names.length;
  const names = [...without.names, ...(others > 0 ? [t('placements.others', { count: others })] : [])];
  return (
    <Alert color="yellow" title={t('placements.withoutProvider', { count: without.of })}>
      <Text size="sm">{new Intl.ListFormat(i18n.language, { type: 'unit' }).format(names)}</Text>
      <Text size="sm">{moves === 0 ? t('placements.noneByServer') : t('placements.partByServer', { moves, all })}</Text>
    </Alert>
  );
}
