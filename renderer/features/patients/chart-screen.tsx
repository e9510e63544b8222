import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Outlet, useNavigate } from 'react-router';
import { useCall } from '../../api/queries.ts';
import { useScreenCommands } from '../../app/screen-commands.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Dock } from '../chart/dock.tsx';
import { openDock } from '../chart/dock-store.ts';
import { TabBar, useOpenTab } from '../chart/tab-bar.tsx';
import { ConflictBanner } from '../conflicts/conflict-banner.tsx';
import { ReplacedBanner } from '../duplicates/replaced-banner.tsx';
import { RecordTimeline } from '../records/record-timeline.tsx';
import { chartCommands } from './chart-commands.ts';
import { useIdParam } from './chart-context.ts';
import classes from './chart-screen.module.css';
import { paths } from './paths.ts';
import { PatientBanner } from './patient-banner.tsx';

/** A chart: the banner and its tabs above, the records on the left of those screens that are about them, a form on the right. */
export function ChartScreen() {
  const { t } = useTranslation();
  const id = useIdParam('patientId');
  const may = useMay();
  const navigate = useNavigate();
  useScreenCommands(chartCommands(id));
  const tab = useOpenTab();
  const form = tab?.form;
  useShortcut('new', () => (form === undefined ? void navigate(paths.newRecord(id)) : openDock(id, form)), may('record.write'));
  const { data: patient, error, refetch } = useCall('patients.get', { id, viewed: true });
  if (!patient) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loader m="xl" />;
  const timeline = may('record.read') && (tab === undefined || tab.path === '');
  return (
    <div className={classes.chart}>
      <PatientBanner patient={patient} />
      <ConflictBanner patientId={id} />
      <ReplacedBanner patient={patient} />
      <TabBar patientId={id} />
      <div key={id} className={classes.body} data-timeline={timeline || undefined}>
        {timeline && <RecordTimeline patient={patient} />}
        {/* A long record without a button in it is scrolled by keyboard from here. */}
        <section className={classes.detail} tabIndex={0} aria-label={t('patients.chart')}>
          <Outlet context={patient} />
        </section>
        {may('record.read') && <Dock patient={patient} />}
      </div>
    </div>
  );
}
