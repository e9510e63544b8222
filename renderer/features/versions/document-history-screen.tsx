import { Loader } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { readableCollections, readableDocument, type ReadableCollection, type ReadableContents, type Words } from '../../../shared/chart/readable-columns.ts';
import type { Version } from '../../../shared/contract/patients.ts';
import type { AppException } from '../../../shared/errors.ts';
import { callQuery } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useIdParam } from '../patients/chart-context.ts';
import { ChartTitle } from '../patients/chart-title.tsx';
import type { ReadableField } from './field-differences.ts';
import { timeText } from './time-text.ts';
import { VersionHistory } from './version-history.tsx';

/** Every version of something in a chart, in the book or in the queue, and what changed between any two. */
export function DocumentHistoryScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { collection = '' } = useParams();
  const id = useIdParam('documentId');
  const known = readableCollections.find((name) => name === collection) ?? 'conditions';
  useShortcut('back', () => void navigate(-1));
  const { data, error, refetch } = useVersions(known, id);
  const words = useWords();
  // What it is called comes first among its columns.
  const name = data?.[0] && fieldsOf(known, data[0].content, words)[0]?.text;
  return (
    <>
      <ChartTitle>{name === undefined ? t('history.title') : t('history.openOf', { name })}</ChartTitle>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader />}
      {data && <VersionHistory versions={data.map(({ content, ...version }) => ({ ...version, fields: fieldsOf(known, content, words) }))} />}
    </>
  );
}

type Versions = Version<ReadableContents[ReadableCollection]>[];

function useVersions(collection: ReadableCollection, id: string): UseQueryResult<Versions, AppException> {
  const isOfBook = collection === 'appointments' || collection === 'encounters';
  const ofBook = useQuery({ ...callQuery(collection === 'encounters' ? 'encounters.history' : 'appointments.history', { id }), enabled: isOfBook });
  const ofChart = useQuery({ ...callQuery('chart.history', { collection: isOfBook ? 'conditions' : collection, id }), enabled: !isOfBook });
  return (isOfBook ? ofBook : ofChart) as UseQueryResult<Versions, AppException>;
}

/** Doctors by name, as far as the reader may see the book. */
function useWords(): Words {
  const { t } = useTranslation();
  const may = useMay();
  const places = useQuery({ ...callQuery('appointments.places', {}), enabled: may('appointment.read') });
  const names = new Map(places.data?.practitioners.map(({ id, displayName }) => [id, displayName]));
  return { t, time: timeText, nameOf: (userId) => names.get(userId) ?? userId.slice(-6) };
}

function fieldsOf(collection: ReadableCollection, content: ReadableContents[ReadableCollection], words: Words): ReadableField[] {
  return readableDocument(collection, content as never, words).map(({ label, text, prose }) => ({ field: label, label: words.t(label), text, whole: !prose }));
}
