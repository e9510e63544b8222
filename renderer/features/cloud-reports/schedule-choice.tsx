import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { reportSchedules, type ReportSchedule } from '../../../shared/schema/cloud-report.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { ReportCollection } from './report-row.tsx';

/** Which reports this workstation makes by itself. */
export function ScheduleChoice({ of }: { of: ReportCollection }) {
  const { t } = useTranslation();
  const { data, refetch } = useCall(`${of}.schedule`, {});
  const set = useCallMutation(`${of}.setSchedule`);
  return (
    <>
      <Select
        w="fit-content"
        label={t('cloudReports.automatic')}
        description={t('cloudReports.automaticHint')}
        allowDeselect={false}
        disabled={data === undefined || set.isPending}
        data={reportSchedules.map((value) => ({ value, label: t(`cloudReports.schedule.${value}`) }))}
        value={data?.schedule ?? null}
        onChange={(value) => set.mutate({ schedule: value as ReportSchedule }, { onSettled: () => void refetch() })}
      />
      {set.error && <ErrorNotice error={set.error} />}
    </>
  );
}
