import { Badge, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { AnyCourse } from './any-course.ts';
import { methodText } from './method-text.ts';
import classes from './model-table.module.css';
import { gapText, secondsText } from './solver-text.ts';

export interface ModelTableProps<Course extends AnyCourse> {
  courses: readonly Course[];
  /** The run was stopped or failed: what still waits will not be asked. */
  ended: boolean;
  valueText: (value: number | null | undefined) => string;
  /** Why a model says that there is no answer. */
  reason: (course: Course) => ReactNode;
  /** A column of its own for what is solved. */
  extra: { header: string; cell: (course: Course) => ReactNode };
}

/** Every model with the best it has, while it works and afterwards. */
export function ModelTable<Course extends AnyCourse>({ courses, extra, ...rest }: ModelTableProps<Course>) {
  const { t } = useTranslation();
  return (
    // It holds no control, so it takes the focus itself: else a narrow window could not be scrolled by keyboard.
    <div role="group" aria-label={t('placements.compared')} tabIndex={0} style={{ overflowX: 'auto' }}>
      <Table aria-label={t('placements.compared')} miw={880} verticalSpacing={6} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('placements.modelName')}</Table.Th>
            <Table.Th>{t('placements.status')}</Table.Th>
            <Table.Th ta="end">{t('placements.value')}</Table.Th>
            <Table.Th ta="end">{t('placements.bound')}</Table.Th>
            <Table.Th ta="end">{t('placements.gap')}</Table.Th>
            <Table.Th ta="end">{t('placements.time')}</Table.Th>
            <Table.Th ta="end">{extra.header}</Table.Th>
            <Table.Th>{t('placements.checker')}</Table.Th>
            <Table.Th>{t('placements.by')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {courses.map((course) => (
            <ModelRow key={course.model} course={course} extra={extra} {...rest} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function ModelRow<Course extends AnyCourse>({ course, ended, valueText: text, reason, extra }: Omit<ModelTableProps<Course>, 'courses'> & { course: Course }) {
  const { t, i18n } = useTranslation();
  const { model, state, seconds, progress, answer, violations } = course;
  const latest = answer ?? progress.at(-1);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {t(`placements.model.${model}`)}
      </Table.Th>
      <Table.Td>
        <StatusBadge status={answer?.status ?? (ended && state !== 'done' ? 'skipped' : state)} />
        <Text component="div" size="xs" maw="22rem">
          {reason(course)}
        </Text>
      </Table.Td>
      <Table.Td ta="end" className={classes.amount}>{text(latest?.value)}</Table.Td>
      <Table.Td ta="end" className={classes.amount}>{text(latest?.bound)}</Table.Td>
      <Table.Td ta="end">{gapText(answer?.gap, t, i18n.language)}</Table.Td>
      <Table.Td ta="end" className={classes.amount}>{secondsText(seconds, i18n.language)}</Table.Td>
      <Table.Td ta="end" className={classes.amount}>{extra.cell(course)}</Table.Td>
      <Table.Td>{answer && answer.value !== null && <Checked violations={violations} />}</Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed">
          {answer ? [answer.foundBy, answer.provedBy].filter(Boolean).map((by) => methodText(by, t)).join(' / ') : methodText(progress.at(-1)?.step ?? '', t)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function Checked({ violations }: Pick<AnyCourse, 'violations'>) {
  const { t } = useTranslation();
  if (violations.length === 0) return <Text size="sm">{t('placements.agrees')}</Text>;
  return (
    <Text size="sm" c="red">
      {t('placements.differs', { violations: violations.join(', ') })}
    </Text>
  );
}

const colors = { optimal: 'green', feasible: 'blue', infeasible: 'red', stopped: 'gray', waiting: 'gray', running: 'blue', done: 'gray', skipped: 'gray' } as const;

function StatusBadge({ status }: { status: keyof typeof colors }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" miw="max-content" color={colors[status]}>
      {t(`placements.statuses.${status}`)}
    </Badge>
  );
}
