import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconLock, IconSignature, IconWritingSign } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import { useMay } from '../../app/session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ClashShown } from './clash-shown.tsx';
import { SettleFailure } from './settle-failure.tsx';
import { allKept } from './settlement.ts';
import { useAmendWithOther } from './use-amend-with-other.ts';
import { useSettle } from './use-settle.ts';

/** Something that stands as it was sealed or made against another version: whoever looks at it takes note of the other one. */
function StandsAsItIs({ row }: { row: ConflictRow }) {
  const { t } = useTranslation();
  const words = row.sealed === 'made' ? 'conflicts.asMade' : 'conflicts.sealedChart';
  const may = useMay();
  const settle = useSettle(row);
  return (
    <Stack gap="lg">
      <Alert color="blue" icon={<IconLock aria-hidden />} title={t(`${words}.title`)}>
        <Text size="sm">{t(`${words}.explain`)}</Text>
        {may('conflict.settle') && (
          <Button mt="xs" size="xs" variant="default" loading={settle.isPending} onClick={() => settle.mutate(allKept(row.clashes))}>
            {t(`${words}.leave`)}
          </Button>
        )}
      </Alert>
      {settle.error && <SettleFailure error={settle.error} />}
      {row.clashes.map((clash) => (
        <ClashShown key={clash.path} row={row} clash={clash} />
      ))}
    </Stack>
  );
}

/** What is sealed against another version. Only a record has another text to amend it with. */
export function SealedConflict({ row }: { row: ConflictRow }) {
  const hasOtherText = row.collection === 'medicalRecords' && row.clashes.some(({ path }) => path === '');
  return hasOtherText ? <SignedConflict row={row} /> : <StandsAsItIs row={row} />;
}

/** A signed record against another version: the signed text stands, and the other one can be brought in by an amendment only. */
function SignedConflict({ row }: { row: ConflictRow }) {
  const { t } = useTranslation();
  const may = useMay();
  const settle = useSettle(row);
  const amend = useAmendWithOther(row);
  const maySign = may('record.sign');
  return (
    <Stack gap="lg">
      <Alert color="blue" icon={<IconSignature aria-hidden />} title={t('conflicts.sealed.title')}>
        <Text size="sm">{t('conflicts.sealed.explain')}</Text>
        <Text size="sm">{t(maySign ? 'conflicts.sealed.amendHint' : 'conflicts.sealed.notDoctor')}</Text>
        <Group gap="xs" mt="xs">
          {maySign && row.documentRev !== undefined && (
            <Button size="xs" leftSection={<IconWritingSign size={14} aria-hidden />} loading={amend.isPending} onClick={() => amend.mutate()}>
              {t('conflicts.sealed.amend')}
            </Button>
          )}
          {maySign && (
            <Button size="xs" variant="default" loading={settle.isPending} onClick={() => settle.mutate(allKept(row.clashes))}>
              {t('conflicts.sealed.leave')}
            </Button>
          )}
        </Group>
      </Alert>
      {amend.error && <ErrorNotice error={amend.error} />}
      {settle.error && <SettleFailure error={settle.error} />}
      {row.clashes.map((clash) => (
        <ClashShown key={clash.path} row={row} clash={clash} />
      ))}
    </Stack>
  );
}
