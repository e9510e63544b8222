import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StateName } from './resource-fields.ts';

const colors: Record<StateName, 'green' | 'yellow' | 'red' | 'gray' | 'blue'> = {
  available: 'green', draining: 'yellow', maintenance: 'gray', lost: 'red', running: 'green', stopped: 'gray', planned: 'blue',
  degraded: 'yellow', unavailable: 'red', waiting: 'gray', done: 'green', failed: 'red',
};

/** What state a resource is in, in words and colour. */
export function StateBadge({ state }: { state: StateName }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" color={colors[state]}>
      {t(`cloud.state.${state}`)}
    </Badge>
  );
}
