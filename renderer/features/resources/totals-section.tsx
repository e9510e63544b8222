import { Button, Stack, Table, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceOverview } from '../../../shared/contract/resources.ts';
import type { TotalKind } from '../../../shared/resources/totals.ts';
import { formulas, totalText } from './total-text.ts';
import { TotalTerms } from './total-terms.tsx';

/** The six totals of the design, each with its terms one step away. */
export function TotalsSection({ totals }: { totals: ResourceOverview['totals'] }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState<TotalKind>();
  return (
    <Stack component="section" gap="xs" aria-label={t('cloud.totals')}>
      <Title order={2} size="h4">
        {t('cloud.totals')}
      </Title>
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label={t('cloud.totals')} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('cloud.total')}</Table.Th>
              <Table.Th>{t('cloud.formula')}</Table.Th>
              <Table.Th>{t('cloud.amount')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {totals.map(({ kind, sums }) => (
              <Table.Tr key={kind}>
                <Table.Th scope="row" fw={500}>
                  {t(`resources.total.${kind}`)}
                </Table.Th>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{formulas[kind]}</Table.Td>
                <Table.Td>{sums.map(({ unit, value }) => totalText(value, unit, t, i18n.language)).join(' · ')}</Table.Td>
                <Table.Td ta="end">
                  <Button size="compact-sm" variant="default" aria-label={t('cloud.termsOf', { total: t(`resources.total.${kind}`) })} onClick={() => setOpen(kind)}>
                    {t('cloud.terms')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {open && <TotalTerms kind={open} onClose={() => setOpen(undefined)} />}
    </Stack>
  );
}
