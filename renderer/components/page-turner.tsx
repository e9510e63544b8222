import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The part of a list that is on screen: `window` is asked for, and `turner` goes below it, and is nothing where one page has all. */
export function usePageTurner(limit: number, label: string) {
  const [offset, setOffset] = useState(0);
  return { window: { offset, limit }, turner: (total: number) => total > limit && <PageTurner label={label} offset={offset} limit={limit} total={total} onTurn={setOffset} /> };
}

interface PageTurnerProps {
  label: string;
  offset: number;
  limit: number;
  total: number;
  onTurn: (offset: number) => void;
}

function PageTurner({ label, offset, limit, total, onTurn }: PageTurnerProps) {
  const { t } = useTranslation();
  return (
    <Group component="nav" aria-label={label} gap="sm" mt="sm">
      <Step label={t('common.pages.newer')} to={offset - limit} isThere={offset > 0} onTurn={onTurn} />
      <Step label={t('common.pages.older')} to={offset + limit} isThere={offset + limit < total} onTurn={onTurn} />
      <Text size="sm" role="status">{t('common.pages.shown', { from: offset + 1, to: Math.min(offset + limit, total), total })}</Text>
    </Group>
  );
}

/** Stays where it is at either end: the focus would be lost with a button that is disabled. */
function Step({ label, to, isThere, onTurn }: { label: string; to: number; isThere: boolean; onTurn: (offset: number) => void }) {
  return (
    <Button variant="default" size="xs" aria-disabled={!isThere} {...(!isThere && { 'data-disabled': true })} onClick={() => isThere && onTurn(Math.max(0, to))}>
      {label}
    </Button>
  );
}
