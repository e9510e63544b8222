import { Button, Group } from '@mantine/core';
import { IconArrowLeft, IconFileDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { canSavePdf, savePdf } from '../../api/client.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { notifyDone, notifyError } from '../../components/notify.ts';
import './print.css';
import classes from './print-screen.module.css';

export interface PrintScreenProps {
  /** Without an ending. */
  fileName: string;
  /** Where Escape leads. */
  backTo: string;
  /** Tells the audit that a copy leaves the program. */
  onPrinted(): Promise<unknown>;
  /** What else can be printed, or set, before it goes to paper; not on the paper itself. */
  options?: ReactNode;
  /** Draws the sheet as printed at an instant. */
  children(printedAt: Date): ReactNode;
}

/** A sheet as it will come out of the printer, and the ways to paper and PDF. */
export function PrintScreen({ fileName, backTo, onPrinted, options, children }: PrintScreenProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [printedAt, setPrintedAt] = useState(() => new Date());
  const back = () => void navigate(backTo);
  useShortcut('back', back);

  // Every way to paper passes here, the browser's own Ctrl+P included.
  useEffect(() => {
    const beforePrint = () => {
      flushSync(() => setPrintedAt(new Date()));
      onPrinted().catch((error: unknown) => notifyError(error, t));
    };
    window.addEventListener('beforeprint', beforePrint);
    return () => window.removeEventListener('beforeprint', beforePrint);
  });

  async function saveAsPdf() {
    try {
      setPrintedAt(new Date());
      const { saved } = await savePdf(`${fileName}.pdf`);
      if (!saved) return;
      await onPrinted();
      notifyDone(t('print.saved'), t);
    } catch (error) {
      notifyError(error, t);
    }
  }

  return (
    <div className={classes.screen}>
      <Group className={classes.toolbar}>
        <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={back}>
          {t('print.back')}
        </Button>
        <Button leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          {t('print.print')}
        </Button>
        {canSavePdf() && (
          <Button variant="default" leftSection={<IconFileDownload size={16} aria-hidden />} onClick={() => void saveAsPdf()}>
            {t('print.savePdf')}
          </Button>
        )}
        {options}
      </Group>
      {children(printedAt)}
    </div>
  );
}
