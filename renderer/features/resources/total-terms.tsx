import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { TotalKind } from '../../../shared/resources/totals.ts';
import { callQuery } from '../../api/queries.ts';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { formulas, totalText } from './total-text.ts';

type Term = CallOutput<'resources.totalTerms'>['rows'][number];

/** The terms that a total is the sum of. */
export function TotalTerms({ kind, onClose }: { kind: TotalKind; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  useFocusBack();
  const number = (value: number) => value.toLocaleString(i18n.language);
  const columns: Column<Term>[] = [
    { key: 'name', header: t('cloud.column.name'), width: 'minmax(10rem, 1fr)', cell: ({ name }) => name },
    { key: 'left', header: t(`cloud.factor.${kind}.left`), width: '9rem', align: 'end', cell: ({ left }) => number(left) },
    { key: 'right', header: t(`cloud.factor.${kind}.right`), width: '9rem', align: 'end', cell: ({ right }) => number(right) },
    { key: 'product', header: t('cloud.product'), width: '12rem', align: 'end', cell: ({ product, unit }) => totalText(product, unit, t, i18n.language) },
  ];
  const title = `${t(`resources.total.${kind}`)} · ${formulas[kind]}`;
  return (
    <Modal opened onClose={onClose} title={title} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div style={{ display: 'flex', flexDirection: 'column', height: 'min(28rem, 60vh)' }}>
        <VirtualTable label={title} columns={columns} page={(window) => callQuery('resources.totalTerms', { kind, ...window })} empty={t('cloud.noTerms')} />
      </div>
    </Modal>
  );
}
