import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReadableCollection } from '../../../shared/chart/readable-columns.ts';
import { paths } from '../patients/paths.ts';

interface HistoryLinkProps {
  patientId: string;
  collection: ReadableCollection;
  id: string;
  /** What it is called, for who cannot see the row. */
  name: string;
}

/** Where each version of a row can be read. */
export function HistoryLink({ patientId, collection, id, name }: HistoryLinkProps) {
  const { t } = useTranslation();
  return (
    <Button component={Link} to={paths.documentHistory(patientId, collection, id)} variant="subtle" size="compact-xs" aria-label={t('history.openOf', { name })}>
      {t('history.open')}
    </Button>
  );
}
