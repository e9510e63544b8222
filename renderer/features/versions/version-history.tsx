import { Alert, Radio, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DifferenceText } from './difference-text.tsx';
import { fieldDifferences, type ReadableField } from './field-differences.ts';
import classes from './version-history.module.css';
import { timeText } from './time-text.ts';

/** A saved version in words; versions come newest first. */
export interface ReadableVersion {
  rev: string;
  savedAt: string;
  savedByName: string;
  deleted: boolean;
  fields: ReadableField[];
}

/** The list of versions, and what changed between any two of them. */
export function VersionHistory({ versions, olderRev }: { versions: ReadableVersion[]; olderRev?: string | undefined }) {
  const { t } = useTranslation();
  const asked = versions.findIndex(({ rev }) => rev === olderRev);
  const [older, setOlder] = useState(asked > 0 ? asked : Math.min(1, versions.length - 1));
  const [newer, setNewer] = useState(asked > 0 ? asked - 1 : 0);
  if (versions.length < 2) return <OnlyVersion version={versions[0]} />;
  return (
    <div className={classes.sides}>
      <VersionTable versions={versions} older={older} newer={newer} onOlder={setOlder} onNewer={setNewer} />
      <div aria-live="polite">
        <Comparison versions={versions} older={older} newer={newer} />
        <Text size="xs" c="dimmed" mt="sm">
          {t('versions.legend')}
        </Text>
      </div>
    </div>
  );
}

function OnlyVersion({ version }: { version: ReadableVersion | undefined }) {
  const { t } = useTranslation();
  return (
    <Alert variant="light" color="gray">
      {t('versions.onlyOne')} {version && t('versions.savedBy', { name: version.savedByName, time: timeText(version.savedAt) })}
    </Alert>
  );
}

interface Chosen {
  versions: ReadableVersion[];
  /** Indexes in `versions`; the older version stands further down. */
  older: number;
  newer: number;
}

function VersionTable({ versions, older, newer, onOlder, onNewer }: Chosen & { onOlder(index: number): void; onNewer(index: number): void }) {
  const { t } = useTranslation();
  return (
    <Table aria-label={t('versions.list')} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('versions.from')}</Table.Th>
          <Table.Th scope="col">{t('versions.to')}</Table.Th>
          <Table.Th scope="col">{t('versions.column')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {versions.map((version, index) => (
          <VersionRow
            key={version.rev}
            version={version}
            number={versions.length - index}
            current={index === 0}
            older={{ chosen: index === older, possible: index > newer, choose: () => onOlder(index) }}
            newer={{ chosen: index === newer, possible: index < older, choose: () => onNewer(index) }}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface Side {
  chosen: boolean;
  possible: boolean;
  choose(): void;
}

interface VersionRowProps {
  version: ReadableVersion;
  number: number;
  current: boolean;
  older: Side;
  newer: Side;
}

function VersionRow({ version, number, current, older, newer }: VersionRowProps) {
  const { t } = useTranslation();
  const name = t('versions.version', { number });
  return (
    <Table.Tr>
      <Table.Td>
        <Radio name="older" aria-label={`${t('versions.older')}: ${name}`} checked={older.chosen} disabled={!older.possible} onChange={older.choose} />
      </Table.Td>
      <Table.Td>
        <Radio name="newer" aria-label={`${t('versions.newer')}: ${name}`} checked={newer.chosen} disabled={!newer.possible} onChange={newer.choose} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {name}
          {current && ` · ${t('versions.newest')}`}
          {version.deleted && ` · ${t('versions.deleted')}`}
        </Text>
        <Text size="xs" c="dimmed">
          {version.savedByName}
          <br />
          {timeText(version.savedAt)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function Comparison({ versions, older, newer }: Chosen) {
  const { t } = useTranslation();
  const differences = fieldDifferences(versions[older]?.fields ?? [], versions[newer]?.fields ?? []);
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t('versions.compare', { older: versions.length - older, newer: versions.length - newer })}
      </Title>
      {differences.length === 0 && <Text size="sm">{t('versions.same')}</Text>}
      {differences.map(({ field, label, changes }) => (
        <section key={field} aria-label={label}>
          <Text size="sm" fw={600} c="dimmed">
            {label}
          </Text>
          <DifferenceText changes={changes} />
        </section>
      ))}
    </Stack>
  );
}
