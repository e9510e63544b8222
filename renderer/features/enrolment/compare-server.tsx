import { Alert, Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ServerFound } from '../../../shared/contract/sync.ts';
import { Fingerprint } from './fingerprint.tsx';

/** How a server that was found is known to be the right one: an authority vouches for it, or a person compares its fingerprint. */
export function CompareServer({ server: { encrypted, fingerprint }, same, onSame }: { server: ServerFound; same: boolean; onSame: (same: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <>
      {!encrypted && <Alert color="yellow">{t('enrolment.notEncrypted')}</Alert>}
      {encrypted && fingerprint === undefined && <Text size="sm">{t('enrolment.vouched')}</Text>}
      {fingerprint !== undefined && (
        <Stack gap="xs">
          <Text fw={600}>{t('enrolment.compare')}</Text>
          <Text size="sm">{t('enrolment.compareHint')}</Text>
          <Fingerprint value={fingerprint} />
          <Checkbox label={t('enrolment.same')} checked={same} onChange={(event) => onSame(event.currentTarget.checked)} />
        </Stack>
      )}
    </>
  );
}
