import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DifferenceText } from '../versions/difference-text.tsx';
import { textDifference } from '../versions/text-difference.ts';
import { timeText } from '../versions/time-text.ts';
import type { ChangedMeanwhile, Choice } from './reconcile.ts';
import type { Meanwhile } from './use-meanwhile.ts';

/** Shows, field by field, what somebody else saved while the form was open, and asks which text to keep. */
export function MeanwhilePanel<Field extends string>({ meanwhile, labelOf }: { meanwhile: Meanwhile<Field>; labelOf(field: Field): string }) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<Partial<Record<Field, Choice>>>({});
  const panel = useRef<HTMLDivElement>(null);
  const { found } = meanwhile;
  const shown = found !== undefined;
  useEffect(() => {
    if (shown) panel.current?.focus();
  }, [shown]);
  if (!found) return null;
  const { newest, changed } = found;
  return (
    <Alert ref={panel} tabIndex={-1} variant="default" icon={<IconGitMerge aria-hidden />} title={t('drafts.meanwhile.title')} role="alert">
      <Stack gap="sm">
        <Text size="sm">
          {t('drafts.meanwhile.explain', {
            by: t('drafts.meanwhile.byWhom', { name: newest.savedByName, time: timeText(newest.savedAt) }),
          })}
        </Text>
        {changed.map((change) => (
          <FieldChoice
            key={change.field}
            change={change}
            label={labelOf(change.field)}
            choice={choices[change.field] ?? (change.conflict ? 'mine' : 'theirs')}
            onChoose={(choice) => setChoices({ ...choices, [change.field]: choice })}
          />
        ))}
        <Group>
          <Button size="xs" onClick={() => meanwhile.apply(choices)}>
            {t('drafts.meanwhile.apply')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

interface FieldChoiceProps<Field extends string> {
  change: ChangedMeanwhile<Field>;
  label: string;
  choice: Choice;
  onChoose(choice: Choice): void;
}

function FieldChoice<Field extends string>({ change, label, choice, onChoose }: FieldChoiceProps<Field>) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      value={choice}
      onChange={(value) => onChoose(value as Choice)}
      label={
        <>
          {label}{' '}
          <Text size="xs" span c={change.conflict ? 'red' : 'dimmed'}>
            {t(change.conflict ? 'drafts.meanwhile.conflict' : 'drafts.meanwhile.theirsOnly')}
          </Text>
        </>
      }
    >
      <Stack gap={4} mt={4}>
        <Radio value="mine" label={t('drafts.meanwhile.mine')} description={<Side text={change.mine} />} />
        <Radio
          value="theirs"
          label={t('drafts.meanwhile.theirs')}
          description={<DifferenceText changes={textDifference(change.mine, change.theirs)} />}
        />
      </Stack>
    </Radio.Group>
  );
}

function Side({ text }: { text: string }) {
  const { t } = useTranslation();
  return <>{text === '' ? t('drafts.meanwhile.empty') : text}</>;
}
