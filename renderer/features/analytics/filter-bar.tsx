import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { recordKinds, type RecordKind } from '../../../shared/schema/medical-record.ts';
import { DayFilter } from '../patients/day-filter.tsx';
import { daysOfPeriod, periodNames, useAnalyticsView, type PeriodName } from './analytics-view.ts';

/** Period, site, department and kind: what the dashboards are about. */
export function FilterBar({ choices }: { choices: CallOutput<'analytics.choices'> }) {
  const { t } = useTranslation();
  const view = useAnalyticsView();
  const days = daysOfPeriod(view, choices.first);
  const set = useAnalyticsView.setState;
  const chooseDay = (key: 'from' | 'to') => (day: string | undefined) => day !== undefined && set({ period: 'chosen', chosen: { ...days, [key]: day } });
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={t('analytics.title')}>
      <Select label={t('analytics.period')} w="10rem" allowDeselect={false} data={periodNames.map((value) => ({ value, label: t(`analytics.periods.${value}`) }))} value={view.period} onChange={(value) => set({ period: value as PeriodName, chosen: days })} />
      <DayFilter label={t('analytics.from')} value={days.from} onChange={chooseDay('from')} />
      <DayFilter label={t('analytics.to')} value={days.to} onChange={chooseDay('to')} />
      {choices.sites.length > 1 && <Choice label={t('analytics.site')} all={t('analytics.everySite')} value={view.siteId} onChange={(siteId) => set({ siteId })} data={choices.sites.map(({ id, name }) => ({ value: id, label: name }))} />}
      <Choice label={t('analytics.department')} all={t('analytics.everyDepartment')} value={view.department} onChange={(department) => set({ department })} data={choices.departments.map((name) => ({ value: name, label: name }))} />
      <Choice label={t('records.field.kind')} all={t('analytics.everyKind')} value={view.kind ?? null} onChange={(kind) => set({ kind: kind as RecordKind | null })} data={recordKinds.map((kind) => ({ value: kind, label: t(`records.kind.${kind}`) }))} />
    </Group>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  value: string | null;
  onChange: (value: string | null) => void;
  data: { value: string; label: string }[];
}

function Choice({ label, all, value, onChange, data }: ChoiceProps) {
  const { t } = useTranslation();
  return <Select label={label} w="11rem" placeholder={all} clearable clearButtonProps={{ 'aria-label': t('common.all') }} data={data} value={value} onChange={onChange} />;
}
