import { Paper, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResourceOverview } from '../../../shared/contract/resources.ts';
import { resourceDimensions, type ResourceDimension } from '../../../shared/schema/resource-amounts.ts';
import { amountText, unitOf } from './amount-text.ts';
import { percentText } from './percent-text.ts';

type Cloud = Pick<ResourceOverview, 'allocation' | 'bottleneck'>;

/** What the cloud has and gives away, what is scarce, and what would relieve it. */
export function CapacitySection({ overview }: { overview: Cloud }) {
  const { t } = useTranslation();
  return (
    <Stack component="section" gap="xs" aria-label={t('cloud.capacityTitle')}>
      <Title order={2} size="h4">
        {t('cloud.capacityTitle')}
      </Title>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        {resourceDimensions.map((dimension) => (
          <DimensionCard key={dimension} dimension={dimension} overview={overview} />
        ))}
      </SimpleGrid>
      <Scarcity overview={overview} />
    </Stack>
  );
}

const colorOf = (share: number) => (share > 1 ? 'red' : share > 0.9 ? 'orange' : 'blue');

function DimensionCard({ dimension, overview: { allocation, bottleneck } }: { dimension: ResourceDimension; overview: Cloud }) {
  const { t, i18n } = useTranslation();
  const { physical, promised, allocated, share, stranded } = allocation.cloud[dimension];
  const amount = (value: number) => amountText(value, unitOf[dimension], i18n.language);
  const percent = percentText(share, i18n.language);
  const name = t(`resources.dimension.${dimension}`);
  return (
    <Paper withBorder p="sm">
      <Text size="sm" c="dimmed">
        {name}
        {bottleneck.dimension === dimension && ` · ${t('cloud.scarcest')}`}
      </Text>
      <Text fz="1.5rem" fw={600} lh={1.3}>
        {percent}
      </Text>
      <Progress.Root size="sm" my={6}>
        <Progress.Section value={Math.min(100, share * 100)} color={colorOf(share)} aria-label={name} aria-valuetext={percent} />
      </Progress.Root>
      <Text size="xs">{t('cloud.usedOf', { used: amount(allocated), capacity: amount(promised) })}</Text>
      <Text size="xs" c="dimmed">
        {t('cloud.physicalAmount', { amount: amount(physical) })}
        {stranded > 0 && ` · ${t('cloud.strandedAmount', { amount: amount(stranded) })}`}
      </Text>
    </Paper>
  );
}

function Scarcity({ overview: { allocation, bottleneck } }: { overview: Cloud }) {
  const { t, i18n } = useTranslation();
  const { dimension, asked, medianMachine, fitting, relief } = bottleneck;
  if (dimension === null) return null;
  const amount = (value: number, of: ResourceDimension) => amountText(value, unitOf[of], i18n.language);
  const median = resourceDimensions.map((of) => `${t(`resources.dimension.${of}`)} ${amount(medianMachine[of], of)}`).join(', ');
  return (
    <div>
      <Text size="sm">
        {t('cloud.scarcity', { dimension: t(`resources.dimension.${dimension}`), share: percentText(asked[dimension], i18n.language) })} {t('cloud.fitting', { count: fitting, median })}
      </Text>
      {allocation.unplaced.machines > 0 && <Text size="sm">{t('cloud.unplaced', { count: allocation.unplaced.machines })}</Text>}
      {relief.map((one) => (
        <ReliefLine key={one.dimension} relief={one} />
      ))}
    </div>
  );
}

function ReliefLine({ relief: { dimension, amount, hosts, machines } }: { relief: Cloud['bottleneck']['relief'][number] }) {
  const { t, i18n } = useTranslation();
  return (
    <Text size="sm" c="dimmed">
      {t('cloud.relief', {
        amount: amountText(amount, unitOf[dimension], i18n.language), dimension: t(`resources.dimension.${dimension}`), hosts, count: machines,
      })}
    </Text>
  );
}
