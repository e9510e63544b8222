import { Button, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlacementPlan } from '../../../shared/contract/placements.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { planRunKey } from './plan-run.tsx';
import type { AskedPlan } from './asked.ts';
import { WithoutProvider } from './without-provider.tsx';

/** Has the server make the moves, after a look at how many they are. */
export function CarryOut({ plan, all, byServer }: Pick<PlacementPlan, 'byServer'> & { plan: AskedPlan; all: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const begin = useCallMutation('plans.begin');
  const confirm = () =>
    begin.mutate(plan, {
      onSuccess: () => {
        setAsking(false);
        void client.invalidateQueries({ queryKey: planRunKey });
      },
    });
  return (
    <>
      <Button size="xs" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => setAsking(true)}>
        {t('placements.carryOut')}
      </Button>
      <ConfirmDialog opened={asking} title={t('placements.carryOutTitle')} confirmLabel={t('placements.carryOut')} busy={begin.isPending} error={begin.error} onConfirm={confirm} onClose={() => setAsking(false)}>
        <Stack gap="sm">
          <Text>{t('placements.carryOutText', { count: byServer.moves })}</Text>
          {byServer.without.of > 0 && <WithoutProvider byServer={byServer} all={all} />}
        </Stack>
      </ConfirmDialog>
    </>
  );
}
