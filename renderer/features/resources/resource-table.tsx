import { Text } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceDocument } from '../../../shared/contract/resources.ts';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { callQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { tableColumns } from './resource-table-columns.tsx';

interface ResourceTableProps {
  collection: ResourceCollection;
  search: string;
  onOpen: ((document: ResourceDocument) => void) | undefined;
}

/** All resources of a kind, or those whose name holds what is searched for. */
export function ResourceTable({ collection, search, onOpen }: ResourceTableProps) {
  const { t, i18n } = useTranslation();
  // Rows come out of the collection that the columns were chosen for.
  const columns = useMemo(() => tableColumns(t, i18n.language)[collection] as Column<never>[] as Column<ResourceDocument>[], [t, i18n.language, collection]);
  return (
    <div role="tabpanel" id="resources" aria-label={t(`cloud.collection.${collection}`)} style={{ display: 'flex', flex: 1, flexDirection: 'column', minHeight: 0 }}>
      <VirtualTable
        label={t(`cloud.collection.${collection}`)}
        columns={columns}
        page={(window) => callQuery('resources.list', { collection, ...window, ...(search !== '' && { search }) })}
        empty={<Empty collection={collection} searched={search !== ''} />}
        placeKey={`cloud-${collection}`}
        {...(onOpen && { onOpen })}
      />
    </div>
  );
}

function Empty({ collection, searched }: { collection: ResourceCollection; searched: boolean }) {
  const { t } = useTranslation();
  if (searched) return <EmptyState title={t('cloud.noneFound')} />;
  return (
    <EmptyState icon={IconServer2} title={t(`cloud.none.${collection}`)}>
      <Text size="sm" c="dimmed">
        {t('cloud.noneHint')}
      </Text>
    </EmptyState>
  );
}
