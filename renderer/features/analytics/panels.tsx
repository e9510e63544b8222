import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ageBandText } from '../../../shared/analytics/age-bands.ts';
import { monthEnd } from '../../../shared/analytics/periods.ts';
import { waitText } from '../../../shared/analytics/report-document.ts';
import type { AnalyticsFilter, ClinicalFigures } from '../../../shared/schema/clinical-report.ts';
import { Figures } from '../../components/figures.tsx';
import { useAnalyticsView, type Part } from './analytics-view.ts';
import { Panel } from './panel.tsx';

/** A step of time within the filter: a month at its edge is a part of one. */
function ofStep(filter: AnalyticsFilter, at: string): AnalyticsFilter {
  const [from, to] = at.length === 10 ? [at, at] : [`${at}-01`, monthEnd(`${at}-01`)];
  return { ...filter, from: from < filter.from ? filter.from : from, to: to > filter.to ? filter.to : to };
}

export function Panels({ figures, filter }: { figures: ClinicalFigures; filter: AnalyticsFilter }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const show = (name: string, part: Part, within: AnalyticsFilter = filter) => {
    useAnalyticsView.setState({ behind: { name, filter: within, part } });
    void navigate('/analytics/patients');
  };
  const { waiting, inpatients } = figures;
  const visits = [t('analytics.visits')];
  const number = (value: number | null) => value?.toLocaleString(i18n.language) ?? '–';
  const cut = ({ rows, of }: { rows: readonly unknown[]; of: number }) => (rows.length < of ? ` · ${t('analytics.cut', { shown: rows.length, of })}` : '');
  return (
    <>
      <Figures
        figures={[
          { label: t('analytics.visits'), value: number(figures.visits) },
          { label: t('analytics.people'), value: number(figures.patients) },
          { label: t('analytics.arrived'), value: number(waiting.arrived) },
          { label: t('analytics.median'), value: number(waiting.median) },
          { label: t('analytics.ninetieth'), value: number(waiting.ninetieth) },
          { label: t('analytics.bedDays'), value: number(inpatients.bedDays) },
          { label: t('analytics.averageStay'), value: number(inpatients.averageStay) },
        ]}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Panel title={t('analytics.byTime')} nameLabel={t('analytics.when')} series={visits} rows={figures.byTime.map(({ at, visits: value }) => ({ key: at, name: at, values: [value] }))} onPick={({ key }) => show(key, {}, ofStep(filter, key))} />
        <Panel
          title={t('analytics.byDepartment')} nameLabel={t('analytics.department')} series={visits} lying
          rows={figures.byDepartment.map(({ department, visits: value }) => ({ key: department, name: department || t('analytics.unnamed'), values: [value] }))}
          onPick={({ key, name }) => show(name, {}, { ...filter, department: key })}
        />
        <Panel
          title={t('analytics.byAge')} nameLabel={t('analytics.age')} series={[t('patients.gender.female'), t('patients.gender.male'), t('analytics.otherGender')]}
          rows={figures.byAge.map(({ band, female, male, other }) => ({ key: String(band), name: ageBandText(band) ?? t('analytics.ageUnknown'), values: [female, male, other] }))}
          onPick={({ key, name }) => show(`${t('analytics.age')} ${name}`, { band: Number(key) as NonNullable<Part['band']> })}
        />
        <Panel
          title={t('analytics.byKind')} nameLabel={t('records.field.kind')} series={visits} lying
          rows={figures.byKind.map(({ kind, visits: value }) => ({ key: kind, name: t(`records.kind.${kind as 'outpatient'}`), values: [value] }))}
          onPick={({ key, name }) => show(name, {}, { ...filter, kind: key as NonNullable<AnalyticsFilter['kind']> })}
        />
        <Panel
          title={t('analytics.diagnoses')} hint={`${t('analytics.diagnosesHint')}${cut(figures.diagnoses)}`} nameLabel={t('analytics.diagnosis')} series={visits} lying
          rows={figures.diagnoses.rows.map(({ text, visits: value }) => ({ key: text, name: text, values: [value] }))}
          onPick={({ key }) => show(key, { diagnosis: key })}
        />
        <Panel
          title={t('analytics.conditions')} hint={`${t('analytics.conditionsHint')}${cut(figures.conditions)}`} nameLabel={t('analytics.condition')} series={[t('analytics.times')]} lying
          rows={figures.conditions.rows.map(({ code, text, count }) => ({ key: code ?? text, name: code === null ? text : `${text} (${code})`, values: [count] }))}
        />
        <Panel
          title={t('analytics.waiting')} hint={filter.department === undefined ? t('analytics.waitingHint') : t('analytics.waitingNote')} nameLabel={t('analytics.minutes')} series={[t('analytics.patients')]}
          rows={waiting.bands.map(({ from, to, count }) => ({ key: String(from), name: waitText(from, to), values: [count] }))}
        />
        <Panel
          title={t('analytics.inpatients')} hint={`${t('analytics.inpatientsHint')} · ${t('analytics.admitted')} ${number(inpatients.admitted)} · ${t('analytics.discharged')} ${number(inpatients.discharged)} · ${t('analytics.present')} ${number(inpatients.present)}`}
          nameLabel={t('analytics.when')} series={[t('analytics.beds')]} rows={inpatients.byTime.map(({ at, average }) => ({ key: at, name: at, values: [average] }))}
        />
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t('analytics.whatCounts')}
      </Text>
    </>
  );
}
