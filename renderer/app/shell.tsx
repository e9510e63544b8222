import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useMatches, useNavigate } from 'react-router';
import { AppException } from '../../shared/errors.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Page } from '../components/page.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ScannedPatient } from '../features/encounters/scanned-patient.tsx';
import { undoSave } from '../features/habits/notify-saved.tsx';
import { SnippetPicker } from '../features/habits/snippet-picker.tsx';
import { useChartAhead } from '../features/resources/lazy-chart.tsx';
import { lockScreen } from '../features/sessions/use-idle-lock.ts';
import { Banners } from './banners.tsx';
import type { ScreenHandle } from './feature.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { HelpSheet } from './help-sheet.tsx';
import { openPalette, Palette } from './palette.tsx';
import { useMay } from './session.tsx';
import classes from './shell.module.css';
import { useShortcut } from './shortcuts.ts';
import { Sidebar } from './sidebar.tsx';
import { useUi } from './ui-store.ts';
import { useArrival } from './use-arrival.ts';

/** The frame around every screen of a signed-in person. */
export function Shell() {
  const { t } = useTranslation();
  const main = useRef<HTMLElement>(null);
  const screen = useMatches().at(-1)?.handle as ScreenHandle | undefined;
  useArrival(main, screen && t(screen.title));
  useFrameShortcuts();
  useChartAhead();
  return (
    <div className={classes.frame}>
      <a href="#main" className={classes.skip} onClick={(event) => skipTo(event, main.current)}>
        {t('app.skipToContent')}
      </a>
      <Header />
      <Sidebar />
      <main ref={main} id="main" tabIndex={-1} className={classes.main}>
        <Banners />
        <div className={classes.screen}>
          <Permitted screen={screen} />
        </div>
      </main>
      <Footer />
      <ScannedPatient />
      <Palette />
      <SnippetPicker />
      <HelpSheet />
    </div>
  );
}

/** The backend refuses what a role may not do; this only spares people an empty screen. */
function Permitted({ screen }: { screen: ScreenHandle | undefined }) {
  const { t } = useTranslation();
  const may = useMay();
  if (screen?.permission === undefined || may(screen.permission)) return <Outlet />;
  const { title, permission } = screen;
  return (
    <Page>
      <PageHeader title={t(title)} />
      <ErrorNotice error={new AppException({ code: 'forbidden', permission })} />
    </Page>
  );
}

function useFrameShortcuts() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname, key } = useLocation();
  const isDeep = pathname.split('/').filter(Boolean).length > 1;
  useShortcut('palette', openPalette);
  useShortcut('help', () => useUi.setState({ helpOpen: true }));
  useShortcut('lock', lockScreen);
  useShortcut('undo', () => void undoSave(t));
  // The list of patients has the box, and takes the focus into it by itself.
  useShortcut('search', () => void navigate('/patients'), pathname !== '/patients');
  // The first page of a window has nothing before it: its parent is the way back.
  useShortcut('back', () => void (key === 'default' ? navigate('/') : navigate(-1)), isDeep);
}

/** The # of an address belongs to the router, so the link moves the focus itself. */
function skipTo(event: { preventDefault(): void }, target: HTMLElement | null) {
  event.preventDefault();
  target?.focus();
}
