import { ActionIcon, Text, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Draft } from '../../../shared/schema/draft.ts';
import { callQuery, useCall, useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { timeText } from '../versions/time-text.ts';
import { draftPath, draftText, patientIdOf } from './draft-text.ts';
import classes from './my-drafts.module.css';

/** What I have typed and not saved, on this workstation. */
export function MyDrafts() {
  const { t } = useTranslation();
  const { data: drafts = [], error } = useCall('drafts.list', {});
  const nameOf = usePatientNames(drafts);
  const [discarding, setDiscarding] = useState<Draft>();
  return (
    <section>
      <Title order={2} size="h5">
        {t('drafts.title')}
      </Title>
      {error && <ErrorNotice error={error} />}
      {drafts.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('drafts.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {drafts.map((draft) => (
          <DraftEntry key={draft.id} draft={draft} title={draftText(draft, nameOf(draft), t)} onDiscard={() => setDiscarding(draft)} />
        ))}
      </ul>
      <DiscardDialog draft={discarding} onClose={() => setDiscarding(undefined)} />
    </section>
  );
}

/** Names for the drafts' patients; a draft itself knows only their ids. */
function usePatientNames(drafts: Draft[]): (draft: Draft) => string | undefined {
  const ids = [...new Set(drafts.map(patientIdOf).filter((id) => id !== undefined))];
  const answers = useQueries({ queries: ids.map((id) => callQuery('patients.get', { id })) });
  const names = new Map(answers.flatMap(({ data }) => (data ? [[data.id, data.name] as const] : [])));
  return (draft) => names.get(patientIdOf(draft) ?? '');
}

function DraftEntry({ draft, title, onDiscard }: { draft: Draft; title: string; onDiscard(): void }) {
  const { t } = useTranslation();
  return (
    <li className={classes.entry}>
      <div>
        <Link to={draftPath(draft)} state={{ resume: true }}>
          {title}
        </Link>
        <Text size="xs" c="dimmed">
          {t('drafts.typedAt', { time: timeText(draft.updatedAt) })}
        </Text>
      </div>
      <ActionIcon aria-label={t('drafts.discardOf', { title })} onClick={onDiscard}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </li>
  );
}

function DiscardDialog({ draft, onClose }: { draft: Draft | undefined; onClose(): void }) {
  const { t } = useTranslation();
  const discard = useCallMutation('drafts.discard');
  return (
    <ConfirmDialog
      opened={draft !== undefined}
      title={t('drafts.discardTitle')}
      confirmLabel={t('drafts.discardConfirm')}
      cancelLabel={t('drafts.discardCancel')}
      color="red"
      busy={discard.isPending}
      error={discard.error}
      onConfirm={() => draft && discard.mutate({ id: draft.id }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('drafts.discardExplain')}
    </ConfirmDialog>
  );
}
