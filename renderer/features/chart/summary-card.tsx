import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Fresh } from './fresh.tsx';
import classes from './summary.module.css';

interface SummaryCardProps {
  title: string;
  /** The tab that has the rest. */
  to?: string;
  freshAt: string | undefined;
  count: number;
  children: ReactNode;
}

/** One part of the summary: what it is, how fresh, and that there is nothing where there is nothing. */
export function SummaryCard({ title, to, freshAt, count, children }: SummaryCardProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-label={title}>
      <header className={classes.head}>
        <Title order={3} size="h6">
          {to === undefined ? title : <Link to={to}>{title}</Link>}
          {count > 0 && <span className={classes.count}> {count}</span>}
        </Title>
        <Fresh at={freshAt} />
      </header>
      {/* A card that holds more than fits scrolls, which the keyboard can do from within. */}
      <div className={classes.content} tabIndex={0} role="group" aria-label={title}>
        {count === 0 ? (
          <Text size="sm" c="dimmed">
            {t('chart.nothing')}
          </Text>
        ) : (
          children
        )}
      </div>
    </section>
  );
}
