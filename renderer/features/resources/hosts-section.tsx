import { Group, SegmentedControl, Select, Stack, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceDimensions, type ResourceDimension } from '../../../shared/schema/resource-amounts.ts';
import { HeatMap } from './heat-map.tsx';
import { hostOrders, measures, sortHosts, type HostLoad, type HostOrder, type Measure } from './host-load.ts';
import { HostTable } from './host-table.tsx';
import { HostDetails } from './host-details.tsx';
import { PackingTable } from './packing-table.tsx';

const views = ['heat', 'packing', 'table'] as const;
type View = (typeof views)[number];

/** The hosts and what fills them: in shades, as bars, and in figures. `scarce` is the dimension the bars begin with. */
export function HostsSection({ hosts, scarce }: { hosts: readonly HostLoad[]; scarce: ResourceDimension }) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('heat');
  const [measure, setMeasure] = useState<Measure>('promised');
  const [chosen, setDimension] = useState<ResourceDimension>();
  const [order, setOrder] = useState<HostOrder>('name');
  const [open, setOpen] = useState<HostLoad>();
  const sorted = useMemo(() => sortHosts(hosts, order), [hosts, order]);
  return (
    <Stack component="section" gap="xs" aria-label={t('cloud.collection.hosts')}>
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">
          {t('cloud.collection.hosts')}
        </Title>
        <Group gap="sm">
          {view === 'packing' ? (
            <Choice label={t('cloud.dimension')} value={chosen ?? scarce} onChange={setDimension} data={resourceDimensions.map((value) => ({ value, label: t(`resources.dimension.${value}`) }))} />
          ) : (
            <Choice label={t('cloud.measure.label')} value={measure} onChange={setMeasure} data={measures.map((value) => ({ value, label: t(`cloud.measure.${value}`) }))} />
          )}
          <Choice label={t('cloud.order.label')} value={order} onChange={setOrder} data={hostOrders.map((value) => ({ value, label: t(`cloud.order.${value}`) }))} />
          <SegmentedControl size="xs" aria-label={t('cloud.view.label')} value={view} onChange={(value) => setView(value as View)} data={views.map((value) => ({ value, label: t(`cloud.view.${value}`) }))} />
        </Group>
      </Group>
      {view === 'heat' && <HeatMap hosts={sorted} measure={measure} onOpen={setOpen} />}
      {view !== 'heat' && (
        <div style={{ display: 'flex', flexDirection: 'column', height: '26rem' }}>
          {view === 'packing' && <PackingTable hosts={sorted} dimension={chosen ?? scarce} onOpen={setOpen} />}
          {view === 'table' && <HostTable hosts={sorted} measure={measure} onOpen={setOpen} />}
        </div>
      )}
      {open && <HostDetails host={hosts.find(({ id }) => id === open.id) ?? open} onClose={() => setOpen(undefined)} />}
    </Stack>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  data: { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, data, onChange }: ChoiceProps<Value>) {
  return <Select size="xs" w="12rem" aria-label={label} allowDeselect={false} data={data} value={value} onChange={(next) => onChange(next as Value)} />;
}
