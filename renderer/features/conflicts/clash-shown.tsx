import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { conflictField, fieldLabel } from '../../../shared/conflicts/conflict-fields.ts';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import type { Clash } from '../../../shared/schema/conflict.ts';
import { ClashValue } from './clash-value.tsx';
import classes from './conflict.module.css';
import { WholeDocument } from './whole-document.tsx';

/** Both values of a clash side by side, to be read only. */
export function ClashShown({ row, clash }: { row: ConflictRow; clash: Clash }) {
  const { t } = useTranslation();
  if (clash.path === '') return <WholeDocument row={row} clash={clash} />;
  const label = fieldLabel(row.collection, clash.path, t);
  return (
    <section aria-label={label}>
      <Text fw={600} mb={4}>
        {label}
      </Text>
      <div className={classes.sides}>
        {([0, 1] as const).map((side) => (
          <div key={side} className={classes.head}>
            {clash.kept === side && row.status === 'open' && (
              <Badge variant="light" color="gray" tt="none">
                {t('conflicts.shown')}
              </Badge>
            )}
            <ClashValue field={conflictField(row.collection, clash.path)} value={clash.values[side].value} other={clash.values[side === 0 ? 1 : 0].value} />
          </div>
        ))}
      </div>
    </section>
  );
}
