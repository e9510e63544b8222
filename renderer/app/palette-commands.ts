import { IconHelp, IconLock, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { lockScreen } from '../features/sessions/use-idle-lock.ts';
import { features, navigation } from './features.ts';
import type { Command } from './feature.ts';
import { useBoundCommands } from './screen-commands.ts';
import { useMay } from './session.tsx';
import { useUi } from './ui-store.ts';

const frameCommands: Command[] = [
  { id: 'lock', label: 'app.lockNow', icon: IconLock, run: lockScreen },
  { id: 'help', label: 'app.help', icon: IconHelp, run: () => useUi.setState({ helpOpen: true }) },
];

const allCommands: Command[] = [
  ...features.flatMap((feature) => feature.commands ?? []),
  ...navigation.map(({ to, label, command, icon, permission }): Command => ({
    id: to,
    label: command ?? label,
    icon,
    ...(permission && { permission }),
    run: (navigate) => navigate(to),
  })),
  ...frameCommands,
];

export interface CommandShown {
  id: string;
  label: string;
  icon: Icon;
  run: Command['run'];
}

/** The commands that this person may run and whose words hold the query. */
export function useCommands(query: string): CommandShown[] {
  const { t } = useTranslation();
  const may = useMay();
  const ofScreen = useBoundCommands();
  const wanted = query.trim().toLocaleLowerCase();
  return [...ofScreen, ...allCommands]
    .filter((command) => may(command.permission))
    .map((command) => ({ ...command, label: t(command.label) }))
    .filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
}
