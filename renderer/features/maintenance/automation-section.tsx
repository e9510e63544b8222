import { Alert, Button, Group, NumberInput, Paper, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { automationModes, automationSettingsSchema, type AutomationSettings } from '../../../shared/resources/automation.ts';
import { placementObjectives } from '../../../shared/resources/placement/options.ts';
import { modelNames } from '../../../shared/scheduling/models.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { timeText } from '../versions/time-text.ts';
import { Section } from './section.tsx';

type State = CallOutput<'automation.state'>;
const objectives = placementObjectives.filter((objective) => objective !== 'profit');

/** What the server may do without being asked, and when it looks. */
export function AutomationSection({ state, onChanged }: { state: State; onChanged: () => void }) {
  const { t } = useTranslation();
  const look = useCallMutation('automation.look');
  const { possible, looking, lastLookAt, lastOutcome } = state;
  return (
    <Section
      title={t('maintenance.automatic')}
      actions={
        possible && (
          <Button size="xs" variant="default" loading={look.isPending || looking} onClick={() => look.mutate({}, { onSettled: onChanged })}>
            {t('maintenance.look')}
          </Button>
        )
      }
    >
      {!possible && <Alert color="gray">{t('maintenance.impossible')}</Alert>}
      {look.error && <ErrorNotice error={look.error} />}
      <Text size="sm" role="status">
        {looking ? t('maintenance.looking') : lastLookAt !== null && lastOutcome !== null ? t('maintenance.lastLook', { when: timeText(lastLookAt), outcome: t(`maintenance.outcome.${lastOutcome}`) }) : ''}
      </Text>
      <SettingsForm key={JSON.stringify(state.settings)} settings={state.settings} onChanged={onChanged} />
    </Section>
  );
}

const percent = (share: number) => Math.round(share * 1000) / 10;

function SettingsForm({ settings, onChanged }: { settings: AutomationSettings; onChanged: () => void }) {
  const { t } = useTranslation();
  const save = useCallMutation('automation.set');
  const [draft, setDraft] = useState<AutomationSettings>(settings);
  const change = (news: Partial<AutomationSettings>) => setDraft({ ...draft, ...news });
  const isValid = automationSettingsSchema.safeParse(draft).success;
  const number = (label: string, value: number, most: number, set: (value: number) => void) => (
    <NumberInput label={label} w="16rem" min={0} max={most} hideControls value={value} onChange={(next) => set(Number(next))} />
  );
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <Group gap="md" align="flex-end">
          <Select label={t('maintenance.mode')} w="24rem" allowDeselect={false} data={automationModes.map((value) => ({ value, label: t(`maintenance.modes.${value}`) }))} value={draft.mode} onChange={(value) => change({ mode: value as AutomationSettings['mode'] })} />
          <Select label={t('maintenance.objective')} w="14rem" allowDeselect={false} data={objectives.map((value) => ({ value, label: t(`placements.objectives.${value}`) }))} value={draft.objective} onChange={(value) => change({ objective: value as AutomationSettings['objective'] })} />
          <Select label={t('maintenance.model')} w="14rem" allowDeselect={false} data={modelNames.map((value) => ({ value, label: t(`placements.model.${value}`) }))} value={draft.model} onChange={(value) => change({ model: value as AutomationSettings['model'] })} />
        </Group>
        <Group gap="md" align="flex-end">
          {number(t('maintenance.every'), draft.everyMinutes, 44_640, (everyMinutes) => change({ everyMinutes }))}
          {number(t('maintenance.seconds'), draft.seconds, 600, (seconds) => change({ seconds }))}
          {number(t('maintenance.imbalance'), percent(draft.imbalance), 100, (value) => change({ imbalance: value / 100 }))}
          {number(t('maintenance.idle'), percent(draft.idleBelow), 100, (value) => change({ idleBelow: value / 100 }))}
          {number(t('maintenance.threshold'), percent(draft.threshold), 100, (value) => change({ threshold: value / 100 }))}
          {number(t('maintenance.coolDown'), draft.coolDownMinutes, 43_200, (coolDownMinutes) => change({ coolDownMinutes }))}
        </Group>
        {save.error && <ErrorNotice error={save.error} />}
        <Group>
          <Button
            disabled={!isValid}
            loading={save.isPending}
            onClick={() =>
              save.mutate(draft, {
                onSuccess: () => {
                  notifyDone(t('maintenance.saved'), t);
                  onChanged();
                },
              })
            }
          >
            {t('maintenance.save')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
