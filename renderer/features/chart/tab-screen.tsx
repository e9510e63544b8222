import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { AppException } from '../../../shared/errors.ts';
import type { Permission } from '../../../shared/permissions.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ChartTitle } from '../patients/chart-title.tsx';
import { paths } from '../patients/paths.ts';
import { openDock, type DockKind } from './dock-store.ts';
import { Fresh } from './fresh.tsx';

interface TabScreenProps {
  patient: Patient;
  title: string;
  /** When anything shown here was last written. */
  freshAt: string | undefined;
  add?: { kind: DockKind; label: string; permission: Permission };
  actions?: ReactNode;
  error: AppException | null;
  children: ReactNode;
}

/** The head that each tab of a chart has: what it is, how fresh it is, and what can be added. Escape goes to the summary. */
export function TabScreen({ patient, title, freshAt, add, actions, error, children }: TabScreenProps) {
  const may = useMay();
  const navigate = useNavigate();
  useShortcut('back', () => void navigate(paths.patient(patient.id)));
  return (
    <>
      <Group justify="space-between" align="baseline" mb="xs">
        <Group align="baseline" gap="sm">
          <ChartTitle mb={0}>{title}</ChartTitle>
          <Fresh at={freshAt} />
        </Group>
        <Group gap="xs">
          {actions}
          {add && may(add.permission) && !patient.deleted && (
            <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => openDock(patient.id, add.kind)}>
              {add.label}
            </Button>
          )}
        </Group>
      </Group>
      {error ? <ErrorNotice error={error} /> : children}
    </>
  );
}

/** When the newest of some documents was written. */
export const newest = (documents: readonly { updatedAt: string }[] | undefined): string | undefined =>
  documents?.map(({ updatedAt }) => updatedAt).reduce<string | undefined>((last, at) => (last === undefined || at > last ? at : last), undefined);

/** All of a kind that a patient has, as far as one screen goes. */
export const whole = { offset: 0, limit: 500 };
