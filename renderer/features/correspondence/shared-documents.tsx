import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentReferenceRow } from '../../../shared/contract/document-references.ts';
import { bytesText } from '../backups/bytes-text.ts';
import { OpenDocument } from '../documents/open-document.tsx';
import { placeText } from '../documents/place-text.ts';

/** Documents and pictures that went along. Their bytes come after what is said of them: until then each says that it is on its way. */
export function SharedDocuments({ documents }: { documents: readonly DocumentReferenceRow[] }) {
  const { t } = useTranslation();
  const [openId, setOpenId] = useState<string>();
  return (
    <>
      <Title order={3} size="h5" mt="xs" id="shared-documents">{t('correspondence.part.documentReferences')}</Title>
      <ul aria-labelledby="shared-documents" style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
        {documents.map((document) => (
          <li key={document.id}>
            <Group gap="xs" mb={4}>
              <Text size="sm">{[document.title, t(`documents.type.${document.type}`), document.date, document.authorName, bytesText(document.attachment.size)].join(' · ')}</Text>
              {document.isHere ? (
                <Button size="compact-xs" variant="light" aria-label={t('documents.openOf', { title: document.title })} onClick={() => setOpenId(document.id)}>{t('documents.open')}</Button>
              ) : (
                <Text size="sm" c="dimmed">{document.bytesHere === 0 ? t('correspondence.onItsWay') : placeText(document, t)}</Text>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {openId !== undefined && <OpenDocument id={openId} onClose={() => setOpenId(undefined)} />}
    </>
  );
}
