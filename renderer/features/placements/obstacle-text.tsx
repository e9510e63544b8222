import { useTranslation } from 'react-i18next';
import type { Obstacle } from '../../../shared/resources/placement/explain.ts';
import { amountText, unitOf } from '../resources/amount-text.ts';
import { useMachineList } from '../resources/machine-list.ts';

/** The sentence for what speaks against a host. */
export function ObstacleText({ obstacle }: { obstacle: Obstacle }) {
  const { t, i18n } = useTranslation();
  const machines = useMachineList('virtualMachineIds' in obstacle ? obstacle.virtualMachineIds : none);
  // Which values a sentence names belongs to its code.
  const fill = t as (key: string, values: object) => string;
  return fill(`resources.obstacle.${obstacle.code}`, { machines, ...valuesOf() });

  function valuesOf(): object {
    switch (obstacle.code) {
      case 'host-state':
        return { state: t(`cloud.state.${obstacle.state}`) };
      case 'provider':
        return { provider: obstacle.provider };
      case 'capacity':
      case 'budget': {
        const amount = (value: number) => amountText(value, unitOf[obstacle.dimension], i18n.language);
        return { dimension: t(`resources.dimension.${obstacle.dimension}`), asked: amount(obstacle.asked), available: amount(obstacle.available) };
      }
      case 'pin':
      case 'anti-affinity':
      case 'spread':
        return { group: 'group' in obstacle.rule ? obstacle.rule.group : '' };
    }
  }
}

const none: string[] = [];
