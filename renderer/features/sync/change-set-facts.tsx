import { Anchor, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { actionText, documentText, namedDocuments } from '../../../shared/conflicts/change-words.ts';
import type { ChangedDocument, ChangeSetRow } from '../../../shared/contract/sync.ts';
import { bytesText } from '../backups/bytes-text.ts';
import { timeText } from '../versions/time-text.ts';
import { Stages } from './stages.tsx';
import { documentPath } from './document-paths.ts';

/** A change in full: what, who, when, how far it got, and what it is about. */
export function ChangeSetFacts({ row }: { row: ChangeSetRow }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <div>
        <Text fw={600}>{actionText(row.action, t)}</Text>
        <Text size="sm" c="dimmed">
          {[row.savedByName, timeText(row.savedAt), bytesText(row.bytes)].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Stages row={row} wrap />
      {row.state === 'on-server' && <Reach row={row} />}
      <List size="sm" spacing={2}>
        {namedDocuments(row.documents).map((document) => (
          <List.Item key={`${document.collection} ${document.id}`}>
            <DocumentName document={document} />
          </List.Item>
        ))}
      </List>
      {row.documentCount > row.documents.length && <Text size="sm">{t('sync.moreDocuments', { count: row.documentCount - row.documents.length })}</Text>}
    </Stack>
  );
}

function Reach({ row: { sites, serverPosition } }: { row: ChangeSetRow }) {
  const { t } = useTranslation();
  const told = sites === undefined ? t('sync.sitesUnknown') : sites.length === 0 ? t('sync.noOtherSites') : '';
  return (
    <Text size="sm" c="dimmed">
      {[told, serverPosition !== undefined && t('sync.position', { position: serverPosition })].filter(Boolean).join(' ')}
    </Text>
  );
}

function DocumentName({ document }: { document: ChangedDocument }) {
  const { t } = useTranslation();
  const text = documentText(document, t);
  const path = document.deleted ? undefined : documentPath(document);
  return (
    <>
      {path === undefined ? (
        text
      ) : (
        <Anchor component={Link} to={path} size="sm" underline="always">
          {text}
        </Anchor>
      )}
      {document.deleted && ` (${t('sync.deleted')})`}
    </>
  );
}
