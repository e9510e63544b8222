import { Badge, Button, Group, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { HostInService } from '../../../shared/contract/maintenance.ts';
import type { HostState } from '../../../shared/schema/host.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from './section.tsx';

const shown = 100;
const colors: Record<HostState, string> = { available: 'green', draining: 'yellow', maintenance: 'gray', lost: 'red' };

/** Host by host: drained, empty and safe to switch off, out of service, and back. */
export function HostsInService() {
  const { t } = useTranslation();
  const { data, error } = useCall('maintenance.hosts', {});
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = (data ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
  const rows = found.slice(0, shown);
  return (
    <Section title={t('maintenance.hosts')}>
      {error && <ErrorNotice error={error} />}
      {data && data.length > 10 && <TextInput w="20rem" label={t('maintenance.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />}
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label={t('maintenance.hosts')} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('maintenance.host')}</Table.Th>
              <Table.Th>{t('maintenance.state')}</Table.Th>
              <Table.Th ta="right">{t('maintenance.machines')}</Table.Th>
              <Table.Th>{t('maintenance.next')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((host) => (
              <HostRow key={host.id} host={host} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rows.length < found.length && (
        <Text size="sm" c="dimmed">
          {t('maintenance.shown', { shown: rows.length, of: found.length })}
        </Text>
      )}
    </Section>
  );
}

const drainSeconds = 10;

function HostRow({ host }: { host: HostInService }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, rev, name, state, machines, isSafe } = host;
  const set = useCallMutation('maintenance.setState');
  const solve = useCallMutation('placements.solve');
  // The hosts that are draining are so in the inventory: the placement empties them all, with the fewest moves.
  const plan = () => solve.mutate({ options: { objective: 'moves' }, models: ['portfolio'], secondsPerModel: drainSeconds }, { onSuccess: () => void navigate('/cloud/placement') });
  const to = (wanted: 'draining' | 'maintenance' | 'available') => set.mutate({ id, rev, state: wanted });
  const failure = set.error ?? solve.error;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {name}
      </Table.Th>
      <Table.Td>
        <Group gap={6}>
          <Badge variant="light" tt="none" color={colors[state]}>
            {t(`cloud.state.${state}`)}
          </Badge>
          {isSafe && (
            <Text size="sm" fw={600} role="status">
              {t(state === 'maintenance' ? 'maintenance.off' : 'maintenance.safe')}
            </Text>
          )}
          {state === 'draining' && !isSafe && <Text size="sm">{t('maintenance.draining', { count: machines })}</Text>}
        </Group>
        {failure && <ErrorNotice error={failure} />}
      </Table.Td>
      <Table.Td ta="right">{machines.toLocaleString()}</Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          {state === 'available' && <Step label={t('maintenance.drain')} about={t('maintenance.drainOne', { name })} busy={set.isPending} onClick={() => to('draining')} />}
          {state === 'draining' && !isSafe && <Step label={t('maintenance.plan')} about={t('maintenance.planOne', { name })} busy={solve.isPending} onClick={plan} />}
          {state === 'draining' && isSafe && <Step label={t('maintenance.switchOff')} about={t('maintenance.switchOffOne', { name })} busy={set.isPending} onClick={() => to('maintenance')} />}
          {state !== 'available' && <Step label={t('maintenance.back')} about={t('maintenance.backOne', { name })} busy={set.isPending} onClick={() => to('available')} />}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function Step({ label, about, busy, onClick }: { label: string; about: string; busy: boolean; onClick: () => void }) {
  return (
    <Button size="compact-sm" variant="default" aria-label={about} loading={busy} onClick={onClick}>
      {label}
    </Button>
  );
}
