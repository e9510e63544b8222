import { Alert, Button, Group, Radio, Select, Stack } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportLists, permissionOfList, type ExportList } from '../../../shared/contract/exchange.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { genders, type Gender } from '../../../shared/schema/patient.ts';
import { useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { DayFilter } from '../patients/day-filter.tsx';
import { SaveExport } from './save-export.tsx';

type What = 'patients' | 'records' | 'list' | 'charts';
type Filter = CallInput<'exports.patients'>['filter'];

/** Writes a list to a CSV file, or whole charts as FHIR, outside of the encrypted database: said before it is done. */
export function ExportsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const [what, setWhat] = useState<What>('patients');
  const [filter, setFilter] = useState<Filter>({});
  const [list, setList] = useState<ExportList>(exportLists[0]);
  const [ended, setEnded] = useState<Job>();
  const patients = useCallMutation('exports.patients');
  const records = useCallMutation('exports.records');
  const lists = useCallMutation('exports.list');
  const charts = useCallMutation('fhirExports.all');
  const current = { patients, records, list: lists, charts }[what];
  const running = current.data !== undefined && ended === undefined;
  function start() {
    setEnded(undefined);
    if (what === 'patients') patients.mutate({ filter });
    else if (what === 'records') records.mutate({});
    else if (what === 'list') lists.mutate({ list });
    else charts.mutate({});
  }
  function startOver() {
    setEnded(undefined);
    patients.reset();
    records.reset();
    lists.reset();
    charts.reset();
  }
  function choose(next: string) {
    setWhat(next as What);
    startOver();
  }
  return (
    <Page>
      <PageHeader title={t('exports.title')} description={t('exports.intro')} />
      <Radio.Group label={t('exports.what')} value={what} onChange={choose}>
        <Stack gap="xs" mt="xs">
          <Radio value="patients" label={t('exports.patients')} disabled={running} />
          {may('record.read') && <Radio value="records" label={t('exports.records')} disabled={running} />}
          <Radio value="list" label={t('exports.otherList')} disabled={running} />
          {may('record.read') && <Radio value="charts" label={t('exports.charts')} disabled={running} />}
        </Stack>
      </Radio.Group>
      {what === 'patients' && <PatientFilter filter={filter} onChange={setFilter} />}
      {what === 'list' && (
        <ListChoice
          list={list}
          disabled={running}
          onChange={(chosen) => {
            setList(chosen);
            startOver();
          }}
        />
      )}
      <Alert color="yellow" icon={<IconShieldLock aria-hidden />}>
        {t('exports.warning')}
      </Alert>
      {current.error && <ErrorNotice error={current.error} />}
      {current.data && <JobProgress key={current.data.id} job={current.data} label={t('exports.writing')} cancellable onEnd={setEnded} />}
      <Group>
        {ended?.state === 'done' ? (
          <SaveExport key={ended.id} jobId={ended.id} what={what === 'list' ? list : what} onSaved={startOver} />
        ) : (
          <Button loading={current.isPending || running} onClick={start}>
            {t('exports.start')}
          </Button>
        )}
      </Group>
    </Page>
  );
}

function ListChoice({ list, disabled, onChange }: { list: ExportList; disabled: boolean; onChange: (list: ExportList) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const data = exportLists.filter((name) => may(permissionOfList[name])).map((name) => ({ value: name, label: t(`exports.list.${name}`) }));
  return <Select label={t('exports.which')} data={data} value={list} disabled={disabled} allowDeselect={false} searchable maxDropdownHeight="20rem" maw="24rem" onChange={(name) => name !== null && onChange(name)} />;
}

function PatientFilter({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useTranslation();
  const set = (key: keyof Filter, value: string | null | undefined) => {
    const { [key]: _before, ...others } = filter;
    onChange(value === null || value === undefined || value === '' ? others : { ...others, [key]: value });
  };
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={t('patients.field.gender')}
        placeholder={t('common.all')}
        clearable
        clearButtonProps={{ 'aria-label': t('common.all') }}
        data={genders.map((gender: Gender) => ({ value: gender, label: t(`patients.gender.${gender}`) }))}
        value={filter.gender ?? null}
        onChange={(gender) => set('gender', gender)}
      />
      <DayFilter label={t('exports.bornFrom')} value={filter.bornFrom} onChange={(day) => set('bornFrom', day)} />
      <DayFilter label={t('exports.bornTo')} value={filter.bornTo} onChange={(day) => set('bornTo', day)} />
    </Group>
  );
}
