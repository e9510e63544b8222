import { Group, Text } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { RecordStatusBadge } from './record-status.tsx';
import classes from './record-timeline.module.css';

export interface TimelineEntryProps {
  ref: Ref<HTMLDivElement>;
  id: string;
  index: number;
  count: number;
  /** Pixels from the top of the list. */
  top: number;
  /** Undefined while its page is on the way. */
  record: MedicalRecord | undefined;
  /** The entry above, to tell where a year begins. */
  newer: MedicalRecord | undefined;
  active: boolean;
  open: boolean;
  onOpen(): void;
}

/** One record in the timeline, under its year's heading where it is the first of the year. */
export function TimelineEntry({ ref, id, index, count, top, record, newer, active, open, onOpen }: TimelineEntryProps) {
  const { t } = useTranslation();
  const year = record?.admissionDate.slice(0, 4);
  return (
    <div ref={ref} data-index={index} role="presentation" className={classes.entry} style={{ transform: `translateY(${String(top)}px)` }}>
      {year !== undefined && year !== newer?.admissionDate.slice(0, 4) && (
        <div role="presentation" className={classes.year}>
          {year}
        </div>
      )}
      <div
        id={id}
        role="option"
        aria-selected={open}
        aria-posinset={index + 1}
        aria-setsize={count}
        data-active={active || undefined}
        className={classes.option}
        onClick={onOpen}
      >
        {record ? <EntryText record={record} /> : t('records.timeline.unreadable')}
      </div>
    </div>
  );
}

function EntryText({ record }: { record: MedicalRecord }) {
  const { t } = useTranslation();
  const diagnosis = record.diagnosis?.split('\n', 1)[0];
  return (
    <>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          {record.admissionDate} · {t(`records.kind.${record.kind}`)}
        </Text>
        <RecordStatusBadge status={record.status} />
      </Group>
      <Text size="sm" truncate {...(diagnosis === undefined && { c: 'dimmed' })}>
        {diagnosis ?? t('records.timeline.noDiagnosis')}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {record.doctorName} · {record.department}
      </Text>
    </>
  );
}
