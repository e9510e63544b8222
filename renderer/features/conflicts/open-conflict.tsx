import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ClashChoice } from './clash-choice.tsx';
import { editIssue } from './edit-issue.ts';
import classes from './conflict.module.css';
import { SettleFailure } from './settle-failure.tsx';
import { allOf, settlementsOf, type Choices } from './settlement.ts';
import { useSettle } from './use-settle.ts';

/** A conflict that waits: a choice for each field, or for all at once. Nothing is chosen beforehand. */
export function OpenConflict({ row }: { row: ConflictRow }) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<Choices>({});
  const settle = useSettle(row);
  const issue = hasIssue(row.collection, choices, t);
  const settlements = issue ? undefined : settlementsOf(row, choices);
  const submit = () => settlements && settle.mutate(settlements);
  useShortcut('save', submit, settlements !== undefined);
  if (row.documentRev === undefined) return <Alert color="yellow">{t('conflicts.notHere')}</Alert>;
  return (
    <Stack gap="lg">
      {row.clashes.length > 1 && (
        <Group gap="xs" role="group" aria-label={t('conflicts.forAll')}>
          <Text size="sm">{t('conflicts.forAll')}</Text>
          <Button variant="default" size="xs" onClick={() => setChoices(allOf(row, 0))}>
            {t('conflicts.allOf.one')}
          </Button>
          <Button variant="default" size="xs" onClick={() => setChoices(allOf(row, 1))}>
            {t('conflicts.allOf.two')}
          </Button>
        </Group>
      )}
      {row.clashes.map((clash, index) => (
        <ClashChoice
          key={clash.path}
          collection={row.collection}
          clash={clash}
          present={row.present?.[index]}
          choice={choices[clash.path]}
          onChoose={(choice) => setChoices({ ...choices, [clash.path]: choice })}
        />
      ))}
      <div className={classes.bar}>
        {settle.error && <SettleFailure error={settle.error} />}
        <Text size="sm" c="dimmed" role="status">
          {!settlements && t(issue ? 'conflicts.correctFirst' : 'conflicts.chooseAll')} {t('conflicts.chosen', { chosen: Object.keys(choices).length, total: row.clashes.length })}
        </Text>
        <Button disabled={!settlements} loading={settle.isPending} onClick={submit}>
          {t('conflicts.settle')}
        </Button>
      </div>
    </Stack>
  );
}

const hasIssue = (collection: string, choices: Choices, t: TFunction): boolean =>
  Object.entries(choices).some(([path, choice]) => choice.take === 'edited' && editIssue(collection, path, choice.text, t) !== undefined);
