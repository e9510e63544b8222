import { IconFolderOpen, IconPlus } from '@tabler/icons-react';
import { useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useMatch, useNavigate } from 'react-router';
import type { Command } from '../../app/feature.ts';
import { useScreenCommands } from '../../app/screen-commands.ts';
import { useMay } from '../../app/session.tsx';
import { KeyHint } from '../../components/key-hint.tsx';
import { paths } from '../patients/paths.ts';
import { chartTabs, type ChartTab } from './chart-tabs.ts';
import { openDock, type DockKind } from './dock-store.ts';
import classes from './tab-bar.module.css';

/** The tabs that this reader may see. */
export function useChartTabs(): ChartTab[] {
  const may = useMay();
  return chartTabs.filter(({ permission }) => may(permission));
}

/** The tab that is open; undefined on other screens of a chart. */
export function useOpenTab(): ChartTab | undefined {
  const rest = useMatch('/patients/:patientId/*')?.params['*'];
  return useChartTabs().find(({ path }) => path === (rest ?? ''));
}

/** The parts of a chart, each with its number key. */
export function TabBar({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const tabs = useChartTabs();
  useNumberKeys(patientId, tabs);
  useScreenCommands([...newCommands(patientId), ...tabs.map((tab) => tabCommand(patientId, tab))]);
  return (
    <nav className={classes.tabs} aria-label={t('chart.tabs')}>
      {tabs.map(({ path, label }, index) => (
        <NavLink key={path} to={paths.chartTab(patientId, path)} end className={classes.tab ?? ''} aria-keyshortcuts={String(index + 1)}>
          {t(label)} {index < 9 && <KeyHint keys={String(index + 1)} />}
        </NavLink>
      ))}
    </nav>
  );
}

/** What is written down beside a chart, by the palette too. */
const forms = [
  { kind: 'orderBasket', label: 'chart.basket.command', permission: 'record.write' },
  { kind: 'condition', label: 'chart.condition.new', permission: 'chart.write' },
  { kind: 'allergyIntolerance', label: 'chart.allergy.new', permission: 'chart.write' },
  { kind: 'immunization', label: 'chart.immunization.new', permission: 'chart.write' },
] as const satisfies (Pick<Command, 'label' | 'permission'> & { kind: DockKind })[];

const newCommands = (patientId: string): Command[] =>
  forms.map(({ kind, label, permission }) => ({ id: `chart.new.${kind}`, label, icon: IconPlus, permission, run: () => openDock(patientId, kind) }));

const tabCommand = (patientId: string, { path, label, permission }: ChartTab): Command => ({
  id: `chart.tab.${path}`, label, icon: IconFolderOpen, permission, run: (go) => go(paths.chartTab(patientId, path)),
});

const fields = 'input, textarea, select, [contenteditable="true"]';

/** A digit goes to its tab, unless it is typed into a field or something is open above the chart. */
function useNumberKeys(patientId: string, tabs: readonly ChartTab[]): void {
  const navigate = useNavigate();
  useLayoutEffect(() => {
    const go = (event: KeyboardEvent) => {
      const tab = /^[1-9]$/.test(event.key) ? tabs[Number(event.key) - 1] : undefined;
      const typing = event.target instanceof Element && event.target.matches(fields);
      if (!tab || typing || event.altKey || event.ctrlKey || event.metaKey || event.isComposing || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      void navigate(paths.chartTab(patientId, tab.path));
    };
    window.addEventListener('keydown', go);
    return () => window.removeEventListener('keydown', go);
  });
}
