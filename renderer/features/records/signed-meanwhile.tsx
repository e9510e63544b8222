import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { paths } from '../patients/paths.ts';

/** A signed record cannot be edited any more: the way on with the typed text, which its draft carries over, is an amendment. */
export function SignedMeanwhile({ record }: { record: MedicalRecord }) {
  const { t } = useTranslation();
  return (
    <Alert variant="light" color="yellow" role="alert" title={t('records.signedMeanwhile.title')} mb="xs">
      <Group justify="space-between">
        <Text size="sm">{t('records.signedMeanwhile.explain')}</Text>
        <Button component={Link} size="xs" variant="default" to={paths.amendRecord(record.patientId, record.id)}>
          {t('records.signedMeanwhile.amend')}
        </Button>
      </Group>
    </Alert>
  );
}
