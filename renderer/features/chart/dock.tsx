import { ActionIcon, Button, Group, Loader, Title } from '@mantine/core';
import { IconMinus, IconX } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { focusPageTitle, isFocusLost } from '../../components/page-title.ts';
import { useDraftOnOpen } from '../drafts/draft-on-open.ts';
import { AllergyForm } from './allergy-form.tsx';
import { ConditionForm } from './condition-form.tsx';
import { closeDock, minimiseDock, useDock, type Docked, type DockKind } from './dock-store.ts';
import classes from './dock.module.css';
import type { DockedFormProps } from './docked-form.ts';
import { ImmunizationForm } from './immunization-form.tsx';
import { OrderBasket } from './order-basket.tsx';
import { ResultForm } from './result-form.tsx';

const forms: Record<DockKind, ComponentType<DockedFormProps>> = {
  allergyIntolerance: AllergyForm,
  condition: ConditionForm,
  immunization: ImmunizationForm,
  observation: ResultForm,
  orderBasket: OrderBasket,
};

/** The form beside the chart, which stays readable while it is filled in; minimised, it is a bar at the edge. */
export function Dock({ patient }: { patient: Patient }) {
  const docked = useDock((state) => state.docked);
  if (docked?.patientId !== patient.id) return null;
  return docked.minimised ? <Bar docked={docked} /> : <Panel key={`${docked.kind} ${docked.key}`} docked={docked} patient={patient} />;
}

const useTitle = ({ kind, key }: Docked) => useTranslation().t(`drafts.form.${kind}.${key === 'new' ? 'new' : 'edited'}`);

function Bar({ docked }: { docked: Docked }) {
  const title = useTitle(docked);
  return (
    <Button className={classes.minimised ?? ''} onClick={() => minimiseDock(false)}>
      {title}
    </Button>
  );
}

function Panel({ docked, patient }: { docked: Docked; patient: Patient }) {
  const { t } = useTranslation();
  const title = useTitle(docked);
  const panel = useFocusLeft();
  useShortcut('back', () => minimiseDock(true));
  return (
    <aside ref={panel} className={classes.dock} aria-label={title}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Title order={2} size="h5">
          {title}
        </Title>
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="subtle" color="gray" aria-label={t('chart.minimise')} onClick={() => minimiseDock(true)}>
            <IconMinus size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={t('common.close')} onClick={closeDock}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <OpenedForm docked={docked} patient={patient} />
    </aside>
  );
}

/** Where the form was saved, closed or put aside the typing went on in it: the focus goes to the part of the chart that it stood beside. */
function useFocusLeft() {
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const box = panel.current;
    return () => {
      if (box && isFocusLost(box)) focusPageTitle();
    };
  }, []);
  return panel;
}

function OpenedForm({ docked: { kind, key }, patient }: { docked: Docked; patient: Patient }) {
  const { draft, error, retry, forget } = useDraftOnOpen({ kind, key: key as 'new', patientId: patient.id });
  const [round, setRound] = useState(0);
  if (draft === undefined) return error ? <ErrorNotice error={error} onRetry={retry} /> : <Loader m="md" />;
  const Form = forms[kind];
  const startOver = () => {
    forget();
    setRound(round + 1);
  };
  return <Form key={round} patient={patient} formKey={key} draft={draft} onStartOver={startOver} />;
}
