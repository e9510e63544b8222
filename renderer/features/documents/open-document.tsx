import { Button, Group, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentReferenceRow } from '../../../shared/contract/document-references.ts';
import type { AppException } from '../../../shared/errors.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { download } from '../../components/download.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { readBytes } from './bytes.ts';
import classes from './documents.module.css';
import { PictureView, TextView } from './file-views.tsx';

/** Megabytes of code that only PDFs need. */
const PdfView = lazy(async () => ({ default: (await import('./pdf-view.tsx')).PdfView }));

const extensions = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'text/plain': 'txt' } as const;
const zooms = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];

/** Shows a document out of memory: no file of it is written unless somebody asks for one. */
export function OpenDocument({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  useFocusBack();
  const { data: row, error } = useCall('documentReferences.open', { id });
  return (
    <Modal opened onClose={onClose} size="90%" title={row?.title ?? t('documents.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {error && <ErrorNotice error={error} />}
      {row && (row.isHere ? <Shown row={row} /> : <Text role="status">{t('documents.waiting')}</Text>)}
    </Modal>
  );
}

function Shown({ row }: { row: DocumentReferenceRow }) {
  const { t } = useTranslation();
  const [zoom, setZoom] = useState(3);
  const exported = useCallMutation('documentReferences.exported');
  const { data: bytes, error } = useQuery<Blob, AppException>({ queryKey: ['attachment', row.attachment.hash], queryFn: () => readBytes(row.id, row.attachment.contentType), gcTime: 0, staleTime: Infinity });
  function save(file: Blob) {
    exported.mutate({ id: row.id });
    download(file, `${row.title.replaceAll(/[\\/:*?"<>|]/g, ' ')}.${extensions[row.attachment.contentType]}`);
  }
  return (
    <>
      <Group gap="xs" mb="xs">
        <Button size="xs" variant="default" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          {t('documents.smaller')}
        </Button>
        <Button size="xs" variant="default" disabled={zoom === zooms.length - 1} onClick={() => setZoom(zoom + 1)}>
          {t('documents.larger')}
        </Button>
        {/* What another site lets be read until a day is not to lie in a file after it. */}
        {row.sharedChartId === undefined && (
          <Button size="xs" variant="default" disabled={bytes === undefined} onClick={() => bytes && save(bytes)}>
            {t('documents.export')}
          </Button>
        )}
      </Group>
      {error && <ErrorNotice error={error} />}
      <div className={classes.sheet} tabIndex={0} role="region" aria-label={row.title}>
        {bytes === undefined ? <Text role="status">{t('documents.loading')}</Text> : <FileView bytes={bytes} row={row} zoom={zooms[zoom] ?? 1} />}
      </div>
    </>
  );
}

function FileView({ bytes, row, zoom }: { bytes: Blob; row: DocumentReferenceRow; zoom: number }) {
  const { t } = useTranslation();
  switch (row.attachment.contentType) {
    case 'text/plain':
      return <TextView bytes={bytes} zoom={zoom} />;
    case 'application/pdf':
      return (
        <Suspense fallback={<Text role="status">{t('documents.loading')}</Text>}>
          <PdfView bytes={bytes} zoom={zoom} />
        </Suspense>
      );
    default:
      return <PictureView bytes={bytes} title={row.title} zoom={zoom} />;
  }
}
