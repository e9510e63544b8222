import { Button, Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../../shared/contract/index.ts';
import { auditActions, type AuditAction } from '../../../shared/schema/audit-entry.ts';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { DayFilter } from '../patients/day-filter.tsx';

export type AuditFilter = Omit<CallInput<'audit.list'>, 'offset' | 'limit'>;

/** Narrows the audit by person, action and days. */
export function AuditFilters({ filter, onChange }: { filter: AuditFilter; onChange: (filter: AuditFilter) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const set = <Key extends keyof AuditFilter>(key: Key, value: AuditFilter[Key] | null | '') => {
    const { [key]: _before, ...others } = filter;
    onChange(value === null || value === '' || value === undefined ? others : { ...others, [key]: value });
  };
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={t('auditLog.filters')}>
      {may('user.manage') && <ActorFilter value={filter.actorId} onChange={(id) => set('actorId', id)} />}
      <Select
        label={t('auditLog.action')}
        placeholder={t('common.all')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('auditLog.clear') }}
        w="14rem"
        data={auditActions.map((action) => ({ value: action, label: t(`audit.${action}`) }))}
        value={filter.action ?? null}
        onChange={(action) => set('action', action as AuditAction | null)}
      />
      <DayFilter label={t('auditLog.from')} value={filter.from} onChange={(day) => set('from', day)} />
      <DayFilter label={t('auditLog.to')} value={filter.to} onChange={(day) => set('to', day)} />
      <Button variant="default" disabled={Object.keys(filter).length === 0} onClick={() => onChange({})}>
        {t('auditLog.clear')}
      </Button>
    </Group>
  );
}

function ActorFilter({ value, onChange }: { value: string | undefined; onChange: (id: string | null) => void }) {
  const { t } = useTranslation();
  const users = useCall('users.list', {}).data ?? [];
  return (
    <Select
      label={t('auditLog.who')}
      placeholder={t('common.all')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('auditLog.clear') }}
      w="12rem"
      data={users.map((user) => ({ value: user.id, label: user.displayName }))}
      value={value ?? null}
      onChange={onChange}
    />
  );
}
