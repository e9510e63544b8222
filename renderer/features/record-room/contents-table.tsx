import { Badge, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChartEntry, Standing } from '../../../shared/contract/record-room.ts';
import type { recordRoom } from '../../../shared/i18n/en/record-room.ts';
import { timeText } from '../versions/time-text.ts';

export type NamedCollection = keyof (typeof recordRoom)['collection'];

const colours: Record<Standing, string> = { 'as-sealed': 'green', amended: 'blue', altered: 'red', added: 'yellow', missing: 'red' };

/** What is in a chart, and how each document stands to its seal. */
export function ContentsTable({ entries }: { entries: readonly ChartEntry[] }) {
  const { t } = useTranslation();
  const isSealed = entries.some(({ standing }) => standing !== undefined);
  return (
    <Table aria-label={t('recordRoom.contents')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('recordRoom.contentsColumn.kind')}</Table.Th>
          <Table.Th>{t('recordRoom.contentsColumn.title')}</Table.Th>
          <Table.Th>{t('recordRoom.contentsColumn.updatedAt')}</Table.Th>
          {isSealed && <Table.Th>{t('recordRoom.contentsColumn.standing')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map(({ collection, id, title, updatedAt, standing }) => (
          <Table.Tr key={`${collection} ${id}`}>
            <Table.Td>{t(`recordRoom.collection.${collection as NamedCollection}`)}</Table.Td>
            <Table.Td>{title}</Table.Td>
            <Table.Td>{timeText(updatedAt)}</Table.Td>
            {isSealed && <Table.Td>{standing && <Badge tt="none" variant="light" color={colours[standing]}>{t(`recordRoom.standing.${standing}`)}</Badge>}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
