import { Button, Group, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { Patient } from '../../../shared/schema/patient.ts';
import { callQuery } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { moveInList } from '../../components/move-in-list.ts';
import { pagesInSight, rowAt } from '../../components/pages.ts';
import { usePages } from '../../components/use-pages.ts';
import { paths } from '../patients/paths.ts';
import classes from './record-timeline.module.css';
import { TimelineEntry } from './timeline-entry.tsx';

const pageSize = 50;
/** Pixels; the true height is measured once an entry is drawn. */
const usualHeight = 76;

/** A patient's records by year, newest first. A listbox: one tab stop, arrows move, Enter opens. */
export function RecordTimeline({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const may = useMay();
  const [total, setTotal] = useState(0);
  return (
    <nav className={classes.timeline} aria-label={t('records.timeline.title')}>
      <Group justify="space-between" className={classes.head} wrap="nowrap">
        <div>
          <Title order={2} size="h6">
            {t('records.timeline.title')}
          </Title>
          <Text size="xs" c="dimmed">
            {t('records.timeline.total', { total })}
          </Text>
        </div>
        {may('record.write') && !patient.deleted && (
          <Button component={Link} to={paths.newRecord(patient.id)} size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
            {t('records.editor.new')}
          </Button>
        )}
      </Group>
      <TimelineList key={patient.id} patientId={patient.id} onTotal={setTotal} />
    </nav>
  );
}

function TimelineList({ patientId, onTotal }: { patientId: string; onTotal(total: number): void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { recordId } = useParams();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(0);
  const [active, setActive] = useState(-1);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's own state drives this component alone
  const virtualizer = useVirtualizer({ count, getScrollElement: () => box.current, estimateSize: () => usualHeight, overscan: 6 });
  const range = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  const { pages, total, error, retry } = usePages(
    (window) => callQuery('records.listForPatient', { patientId, ...window }),
    pagesInSight(Math.max(0, range.startIndex - 1), range.endIndex, pageSize),
    pageSize,
  );
  if (total !== undefined && total !== count) setCount(total);
  useEffect(() => onTotal(count), [onTotal, count]);
  const recordAt = (index: number) => rowAt(pages, index, pageSize);

  function open(index: number) {
    const record = recordAt(index);
    if (!record) return;
    setActive(index);
    void navigate(paths.record(patientId, record.id));
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const inSight = Math.floor((box.current?.clientHeight ?? 0) / usualHeight);
    const next = moveInList(event.key, { active, count, inSight });
    if (next !== undefined) {
      setActive(next);
      virtualizer.scrollToIndex(next);
    } else if ((event.key === 'Enter' || event.key === ' ') && active >= 0) open(active);
    else return;
    event.preventDefault();
  }

  if (error) return <ErrorNotice error={error} onRetry={retry} />;
  if (total === 0) return <Text className={classes.empty}>{t('records.timeline.empty')}</Text>;
  return (
    <div
      ref={box}
      role="listbox"
      data-inline
      tabIndex={0}
      aria-label={t('records.timeline.label')}
      aria-activedescendant={active >= 0 ? `${id}-${String(active)}` : undefined}
      className={classes.list}
      onKeyDown={onKeyDown}
      onFocus={() => active < 0 && setActive(0)}
    >
      <div role="presentation" className={classes.sizer} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <TimelineEntry
            key={index}
            ref={virtualizer.measureElement}
            id={`${id}-${String(index)}`}
            index={index}
            count={count}
            top={start}
            record={recordAt(index)}
            newer={index === 0 ? undefined : recordAt(index - 1)}
            active={index === active}
            open={recordAt(index)?.id === recordId}
            onOpen={() => open(index)}
          />
        ))}
      </div>
    </div>
  );
}
