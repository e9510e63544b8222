import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../shared/schema/draft.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { MeanwhilePanel } from './meanwhile-panel.tsx';
import { RestoredNotice } from './restored-notice.tsx';
import type { DocumentForm } from './use-document-form.ts';

export interface FormNoticesProps<Field extends string, Input> {
  document: DocumentForm<Field, Input>;
  draft: Draft | null;
  /** The revision now stored, where it is known; a newer one than the form's is told. */
  latestRev: string | undefined;
  labelOf(field: Field): string;
  onStartOver(): void;
  /** Says how many fields are wrong, after a save was refused. */
  wrong(total: number): string;
}

/** What a form has to say above its fields: a restored draft, somebody else's save, what is wrong, what failed. */
export function FormNotices<Field extends string, Input>({ document, draft, latestRev, labelOf, onStartOver, wrong }: FormNoticesProps<Field, Input>) {
  const { meanwhile, keeper, error, wrongFields, saving } = document;
  const newerSaved = latestRev !== undefined && latestRev !== meanwhile.rev && !meanwhile.found && !saving;
  async function startOver() {
    await keeper.discard();
    onStartOver();
  }
  return (
    <Stack gap="xs" mb="sm">
      {draft && <RestoredNotice draft={draft} onDiscard={() => void startOver()} />}
      {newerSaved && <NewerSavedNotice onReview={() => void meanwhile.load()} />}
      <MeanwhilePanel meanwhile={meanwhile} labelOf={labelOf} />
      {wrongFields > 0 && (
        <Text role="alert" size="sm" c="red">
          {wrong(wrongFields)}
        </Text>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </Stack>
  );
}

function NewerSavedNotice({ onReview }: { onReview(): void }) {
  const { t } = useTranslation();
  return (
    <Alert variant="light" color="yellow" role="status">
      <Group justify="space-between">
        <Text size="sm">{t('drafts.meanwhile.title')}</Text>
        <Button size="xs" variant="default" onClick={onReview}>
          {t('drafts.meanwhile.review')}
        </Button>
      </Group>
    </Alert>
  );
}
