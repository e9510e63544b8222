import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { documentText } from '../../../shared/conflicts/change-words.ts';
import type { HeldDocument } from '../../../shared/contract/sync.ts';
import { heldFields } from './held-words.ts';

/** What a held change says of one document, in words, beside what this workstation shows of it now. */
export function HeldContent({ document }: { document: HeldDocument }) {
  const { t } = useTranslation();
  const title = documentText(document, t);
  const fields = heldFields(document, t);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text fw={600}>{title}</Text>
        {document.deleted && (
          <Badge variant="light" color="gray" tt="none">
            {t(document.content === null ? 'fleet.held.purged' : 'sync.deleted')}
          </Badge>
        )}
      </Group>
      {fields.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(document.here === undefined ? 'fleet.held.notShown' : 'fleet.held.nothingNew')}
        </Text>
      )}
      {fields.length > 0 && (
        <Table aria-label={title} verticalSpacing={4} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="9rem">{t('fleet.held.field')}</Table.Th>
              <Table.Th>{t('fleet.held.says')}</Table.Th>
              {document.here && <Table.Th>{t('fleet.held.here')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map(({ name, label, says, here }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={400} c="dimmed">
                  {label}
                </Table.Th>
                <Value text={says} />
                {document.here && <Value text={here} />}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

function Value({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <Table.Td style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} {...(text === '' && { c: 'dimmed' })}>
      {text === '' ? t('conflicts.empty') : text}
    </Table.Td>
  );
}
