import { Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconPlus, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { ProviderStatus } from '../../../shared/sync/resource-protocol.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useNow } from '../../components/relative-time.ts';
import { PoolForm } from './pool-form.tsx';
import { silentHosts } from './silent-hosts.ts';
import { QueuesSection } from './queues-section.tsx';
import { whenText } from '../sync/when-text.ts';

/** What reads the real cloud for this inventory, how fresh it is, and a way to have it look again. Nothing without a server that has any. */
export function ProvidersSection() {
  const { t } = useTranslation();
  const { data, refetch } = useCall('providers.list', {});
  if (!data || data.providers.length === 0) return null;
  return (
    <Stack component="section" gap="xs" aria-label={t('providers.title')}>
      <Title order={2} size="h4">
        {t('providers.title')}
      </Title>
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label={t('providers.title')} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('providers.name')}</Table.Th>
              <Table.Th>{t('cloud.column.state')}</Table.Th>
              <Table.Th>{t('providers.lastSuccess')}</Table.Th>
              <Table.Th>{t('providers.lastError')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.providers.map((provider) => (
              <ProviderRow key={provider.name} provider={provider} onRefreshed={() => void refetch()} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {data.providers.map(({ name, queues = [] }) => queues.length > 0 && <QueuesSection key={name} provider={name} queues={queues} onChanged={() => void refetch()} />)}
    </Stack>
  );
}

const colors: Record<ProviderStatus['state'], string> = { untried: 'gray', ready: 'green', partly: 'yellow', failing: 'red' };

function ProviderRow({ provider: { name, state, lastSuccessAt, lastError, unreachable, moves }, onRefreshed }: { provider: ProviderStatus; onRefreshed: () => void }) {
  const { t, i18n } = useTranslation();
  const now = useNow(10);
  const refresh = useCallMutation('providers.refresh');
  const [makingPool, setMakingPool] = useState(false);
  const look = () => refresh.mutate({ provider: name }, { onSettled: onRefreshed });
  const when = (instant: string) => whenText(instant, now, i18n.language, t);
  const silent = silentHosts(unreachable).map(({ code, names, others }) => {
    const list = [...names, ...(others > 0 ? [t('placements.others', { count: others })] : [])].join(t('placements.between'));
    return t('providers.silent', { names: list, failure: t(`providers.failure.${code}`) });
  });
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {name}
      </Table.Th>
      <Table.Td>
        <Badge miw="max-content" variant="light" tt="none" color={colors[state]}>
          {t(`providers.state.${state}`)}
        </Badge>
      </Table.Td>
      <Table.Td>{lastSuccessAt === null ? t('common.never') : when(lastSuccessAt)}</Table.Td>
      <Table.Td>
        {lastError && <Text size="sm">{t('providers.errorAt', { error: t(`providers.failure.${lastError.code}`), when: when(lastError.at) })}</Text>}
        {silent.map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
        {(state === 'partly' || state === 'failing') && (
          <Text size="xs" c="dimmed">
            {t('providers.asLastRead')}
          </Text>
        )}
        {refresh.error && <ErrorNotice error={refresh.error} />}
        {refresh.data && <Refreshed answer={refresh.data} />}
      </Table.Td>
      <Table.Td>
        <Group justify="flex-end" gap="xs" wrap="nowrap">
          {moves.includes('create-pool') && (
            <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMakingPool(true)}>
              {t('providers.pool.open')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            aria-label={t('providers.refreshOne', { name })}
            loading={refresh.isPending}
            onClick={look}
          >
            {t('common.refresh')}
          </Button>
        </Group>
        {makingPool && <PoolForm provider={name} onMade={look} onClose={() => setMakingPool(false)} />}
      </Table.Td>
    </Table.Tr>
  );
}

function Refreshed({ answer }: { answer: CallOutput<'providers.refresh'> }) {
  const { t } = useTranslation();
  const said = 'failure' in answer ? t(`providers.failure.${answer.failure}`) : t('providers.refreshed', answer);
  return (
    <Text size="sm" role="status">
      {said}
    </Text>
  );
}
