import type { TFunction } from 'i18next';
import type { ResourceCollection, ResourceDocuments } from '../../../shared/schema/resource.ts';
import type { ResourceAmounts } from '../../../shared/schema/resource-amounts.ts';
import { resourceDimensions, type ResourceDimension } from '../../../shared/schema/resource-amounts.ts';
import type { VirtualMachine } from '../../../shared/schema/virtual-machine.ts';
import type { Column } from '../../components/table-header.tsx';
import { timeText } from '../versions/time-text.ts';
import { amountText, unitOf } from './amount-text.ts';
import type { ColumnName } from './resource-fields.ts';
import { MachineName, ResourceName } from './resource-name.tsx';
import { StateBadge } from './state-badge.tsx';

type Columns<Name extends ResourceCollection> = Column<ResourceDocuments[Name]>[];
type Draw<Row> = (row: Row) => Column<Row>['cell'] extends (row: Row) => infer Drawn ? Drawn : never;

/** The columns of each kind's table. */
export function tableColumns(t: TFunction, language: string): { [Name in ResourceCollection]: Columns<Name> } {
  const column = <Row,>(name: ColumnName, width: string, cell: Draw<Row>): Column<Row> => ({ key: name, header: t(`cloud.column.${name}`), width, cell });
  const figure = <Row,>(name: ColumnName, cell: Draw<Row>, width = '6.5rem'): Column<Row> => ({ ...column(name, width, cell), align: 'end' });
  const name = <Row extends { name: string }>() => column<Row>('name', 'minmax(10rem, 2fr)', (row) => row.name);
  const state = <Row extends { state: Parameters<typeof StateBadge>[0]['state'] }>() => column<Row>('state', '8rem', (row) => <StateBadge state={row.state} />);
  const host = <Row extends { hostId?: string | undefined }>() =>
    column<Row>('host', 'minmax(8rem, 1fr)', (row) => <ResourceName collection="hosts" id={row.hostId} />);
  const amounts = <Row,>(of: (row: Row) => ResourceAmounts) =>
    resourceDimensions.map((dimension) => figure<Row>(dimension, (row) => amountText(of(row)[dimension], unitOf[dimension], language)));
  const promised = (value: number, dimension: ResourceDimension, factor = 1) => {
    const amount = amountText(value, unitOf[dimension], language);
    return factor === 1 ? amount : t('cloud.overcommitted', { amount, factor });
  };
  const number = (value: number | undefined) => value?.toLocaleString(language);
  return {
    hosts: [
      name(), state(), column('failureDomain', 'minmax(7rem, 1fr)', (row) => row.failureDomain),
      figure('cpu', ({ capacity, overcommit }) => promised(capacity.cpu, 'cpu', overcommit.cpu)),
      figure('memory', ({ capacity, overcommit }) => promised(capacity.memory, 'memory', overcommit.memory), '8rem'),
      figure('disk', ({ capacity }) => promised(capacity.disk, 'disk')), figure('bandwidth', ({ capacity }) => promised(capacity.bandwidth, 'bandwidth')),
    ],
    virtualMachines: [
      name(), state(), host(), ...amounts<VirtualMachine>((row) => row.demand),
      { key: 'rules', header: t('cloud.rules'), width: 'minmax(9rem, 1.5fr)', cell: (row) => rulesText(row, t) }, figure('priority', (row) => number(row.priority), '5rem'),
    ],
    storagePools: [
      name(), column('kind', '9rem', (row) => t(`cloud.poolKind.${row.kind}`)), state(),
      figure('used', (row) => t('cloud.usedOf', { used: amountText(row.used, 'gibibytes', language), capacity: amountText(row.capacity, 'gibibytes', language) }), '12rem'),
      figure('replicas', (row) => number(row.replicas), '6rem'), host(),
    ],
    databases: [
      name(), column('engine', 'minmax(8rem, 1fr)', ({ engine, version }) => [engine, version].filter(Boolean).join(' ')), state(),
      figure('size', (row) => amountText(row.size, 'mebibytes', language)), figure('copies', (row) => number(row.copies), '5rem'), host(),
      column('virtualMachine', 'minmax(8rem, 1fr)', ({ virtualMachineId }) => virtualMachineId !== undefined && <MachineName id={virtualMachineId} />),
    ],
    computeNodes: [name(), state(), figure('processors', (row) => number(row.processors)), figure('speed', (row) => `${number(row.speed) ?? ''} ×`), host()],
    tasks: [
      name(), state(), figure('work', (row) => `${number(row.work) ?? ''} ${t('cloud.unit.seconds')}`), figure('processors', (row) => number(row.processors ?? 1), '6.5rem'),
      figure('priority', (row) => number(row.priority), '5rem'), column('releaseAt', '9.5rem', ({ releaseAt }) => releaseAt !== undefined && timeText(releaseAt)),
      column('computeNode', 'minmax(8rem, 1fr)', (row) => <ResourceName collection="computeNodes" id={row.computeNodeId} />),
      column('failure', 'minmax(6rem, 1fr)', (row) => row.failure),
    ],
  };
}

/** Where a machine may run, in few words. */
function rulesText({ affinityGroup, antiAffinityGroup, spreadGroup, allowedHostIds }: VirtualMachine, t: TFunction): string {
  return [
    affinityGroup !== undefined && t('cloud.together', { group: affinityGroup }),
    antiAffinityGroup !== undefined && t('cloud.apart', { group: antiAffinityGroup }),
    spreadGroup !== undefined && t('cloud.spread', { group: spreadGroup }),
    allowedHostIds !== undefined && t('cloud.pinned', { count: allowedHostIds.length }),
  ].filter(Boolean).join(' · ');
}
