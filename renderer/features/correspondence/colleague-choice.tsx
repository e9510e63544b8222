import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { useSessionUser } from '../../app/session.tsx';

/** A colleague by name, or nobody in particular. */
export function ColleagueChoice({ label, value, onChange }: { label: string; value: string | null; onChange: (id: string | null) => void }) {
  const { t } = useTranslation();
  const user = useSessionUser();
  const { colleagues = [] } = useCall('referrals.recipients', {}).data ?? {};
  return (
    <Select
      label={label} placeholder={t('correspondence.anybody')} clearable searchable clearButtonProps={{ 'aria-label': t('correspondence.anybody') }}
      data={colleagues.filter(({ id }) => id !== user.id).map(({ id, displayName }) => ({ value: id, label: displayName }))} value={value} onChange={onChange}
    />
  );
}
