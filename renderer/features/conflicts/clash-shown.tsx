import { Badge, Box, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { conflictField, fieldLabel } from '../../../shared/conflicts/conflict-fields.ts';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import type { Clash } from '../../../shared/schema/conflict.ts';
import { ClashValue } from './clash-value.tsx';
import classes from './conflict.module.css';
import { standingValue } from './settlement.ts';
import { WholeDocument } from './whole-document.tsx';

/** Both values of a clash side by side, to be read only, and which stands: in an open one for now, in a settled one after all. */
export function ClashShown({ row, clash }: { row: ConflictRow; clash: Clash }) {
  const { t } = useTranslation();
  if (clash.path === '') return <WholeDocument row={row} clash={clash} />;
  const label = fieldLabel(row.collection, clash.path, t);
  const field = conflictField(row.collection, clash.path);
  const isOpen = row.status === 'open';
  const present = row.present?.[row.clashes.indexOf(clash)];
  const standing = isOpen ? clash.kept : standingValue(clash, present);
  return (
    <section aria-label={label}>
      <Text fw={600} mb={4}>
        {label}
      </Text>
      <div className={classes.sides}>
        {([0, 1] as const).map((side) => (
          <div key={side} className={classes.head}>
            {standing === side && <Standing text={t(isOpen ? 'conflicts.shown' : 'conflicts.standsNow')} />}
            <ClashValue field={field} value={clash.values[side].value} other={clash.values[side === 0 ? 1 : 0].value} />
          </div>
        ))}
      </div>
      {standing === 'another' && (
        <Box className={classes.head ?? ''} mt="xs">
          <Standing text={t('conflicts.standsNow')} />
          <ClashValue field={field} value={present?.value} other={present?.value} />
        </Box>
      )}
    </section>
  );
}

const Standing = ({ text }: { text: string }) => (
  <Badge variant="light" color="gray" tt="none">
    {text}
  </Badge>
);
