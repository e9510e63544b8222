import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import classes from './conflict.module.css';
import { sideName, sideWhere, sideWho } from './conflict-words.ts';

/** Who wrote the two versions, when and where; the values stand in the same order below. */
export function SideHeads({ sides }: Pick<ConflictRow, 'sides'>) {
  const { t } = useTranslation();
  return (
    <div className={classes.sides}>
      {sides.map((side, index) => (
        <div key={side.rev} className={classes.head}>
          <Text fw={600}>{sideName(index === 0 ? 0 : 1, t)}</Text>
          <Text size="sm">{sideWho(side, t)}</Text>
          <Text size="sm" c="dimmed">
            {sideWhere(side, t)}
          </Text>
        </div>
      ))}
    </div>
  );
}
