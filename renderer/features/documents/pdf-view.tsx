import { Text } from '@mantine/core';
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import workerAddress from 'pdfjs-dist/build/pdf.worker.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

// A file of our own: the page's policy lets no other script run.
GlobalWorkerOptions.workerSrc = workerAddress;

/** Draws the pages of a PDF. What is in it cannot run: scripts and forms of a PDF are left out. */
export function PdfView({ bytes, zoom }: { bytes: Blob; zoom: number }) {
  const { t } = useTranslation();
  const [pdf, setPdf] = useState<PDFDocumentProxy | 'unreadable'>();
  useEffect(() => {
    let loading: ReturnType<typeof getDocument> | undefined;
    let isOver = false;
    void bytes.arrayBuffer().then((data) => {
      if (isOver) return;
      loading = getDocument({ data: new Uint8Array(data), useSystemFonts: true, enableXfa: false });
      loading.promise.then(setPdf, () => setPdf('unreadable'));
    });
    return () => {
      isOver = true;
      void loading?.destroy();
    };
  }, [bytes]);
  if (pdf === undefined) return <Text role="status">{t('documents.loading')}</Text>;
  if (pdf === 'unreadable') return <Text role="alert">{t('documents.unreadable')}</Text>;
  return Array.from({ length: pdf.numPages }, (_, index) => <PdfPage key={index} pdf={pdf} number={index + 1} zoom={zoom} />);
}

function PdfPage({ pdf, number, zoom }: { pdf: PDFDocumentProxy; number: number; zoom: number }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isOver = false;
    let cancel = () => {
      isOver = true;
    };
    void pdf.getPage(number).then((page) => {
      const sheet = canvas.current;
      if (isOver || sheet === null) return;
      const viewport = page.getViewport({ scale: zoom * window.devicePixelRatio });
      [sheet.width, sheet.height] = [viewport.width, viewport.height];
      sheet.style.width = `${viewport.width / window.devicePixelRatio}px`;
      const drawing = page.render({ canvas: sheet, viewport });
      drawing.promise.catch(() => undefined);
      cancel = () => drawing.cancel();
    });
    return () => cancel();
  }, [pdf, number, zoom]);
  return <canvas ref={canvas} role="img" aria-label={t('documents.page', { number, total: pdf.numPages })} />;
}
