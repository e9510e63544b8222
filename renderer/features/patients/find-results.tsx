import { Badge, Highlight, Text, VisuallyHidden } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientHit } from '../../../shared/contract/patients.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import classes from './find-results.module.css';
import { useAgeLabel } from './use-age-label.ts';
import { mostHits, type Find } from './use-find.ts';

export interface FindResultsProps {
  /** Of the listbox; the options' ids grow from it. */
  id: string;
  query: string;
  find: Find;
  active: number;
  onActive(index: number): void;
  onOpen(hit: PatientHit): void;
  /** Undefined for those who may not register. */
  onRegister: (() => void) | undefined;
}

export const optionId = (id: string, index: number) => `${id}-${String(index)}`;

/** The hits, and after them the offer to register: only somebody who was searched for and not found is registered. */
export function FindResults({ id, query, find, active, onActive, onOpen, onRegister }: FindResultsProps) {
  const { t } = useTranslation();
  const { hits, answered, error } = find;
  const option = (index: number) => ({ id: optionId(id, index), active: index === active, onHover: () => onActive(index) });
  if (error) return <ErrorNotice error={error} />;
  return (
    <div className={classes.results}>
      <Text size="sm" c="dimmed" role="status">
        {answered ? countText() : t('patients.find.searching')}
      </Text>
      <div id={id} role="listbox" aria-label={t('patients.find.results')} data-inline className={classes.list}>
        {hits.map((hit, index) => (
          <Option key={hit.id} {...option(index)} onOpen={() => onOpen(hit)}>
            <HitText hit={hit} query={query} />
          </Option>
        ))}
        {onRegister && answered && (
          <Option {...option(hits.length)} onOpen={onRegister}>
            <span className={classes.register}>
              <IconUserPlus size={16} aria-hidden />
              {t('patients.find.registerAs', { query })}
            </span>
          </Option>
        )}
      </div>
    </div>
  );

  function countText(): string {
    if (hits.length === 0) return t('patients.find.none', { query });
    return t(hits.length >= mostHits ? 'patients.find.foundMany' : 'patients.find.found', { total: hits.length });
  }
}

interface OptionProps {
  id: string;
  active: boolean;
  onHover(): void;
  onOpen(): void;
  children: ReactNode;
}

function Option({ id, active, onHover, onOpen, children }: OptionProps) {
  useEffect(() => {
    if (active) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }, [active, id]);
  return (
    // The focus stays in the box; the mouse must not take it.
    <div id={id} role="option" aria-selected={active} className={classes.option} onMouseMove={onHover} onMouseDown={(event) => event.preventDefault()} onClick={onOpen}>
      {children}
    </div>
  );
}

function HitText({ hit, query }: { hit: PatientHit; query: string }) {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  const marked = (field: PatientHit['matched'], text: string | undefined) => (
    <Highlight span inherit highlight={hit.matched === field ? query : ''}>
      {text ?? ''}
    </Highlight>
  );
  return (
    <span className={classes.hit}>
      <strong className={classes.name}>{marked('name', hit.name)}</strong>
      <span>{t(`patients.gender.${hit.gender}`)}</span>
      <span>{ageLabel(hit)}</span>
      <span>{hit.birthday}</span>
      <span>{marked('phone', hit.phone)}</span>
      <span>{marked('medicalRecordNumber', hit.medicalRecordNumber)}</span>
      <span className={classes.address}>{hit.address}</span>
      <Badge variant="light" color="gray" size="sm" tt="none">
        <VisuallyHidden>{t('patients.find.matchedBy')}</VisuallyHidden>
        {t(`patients.find.matched.${hit.matched}`)}
      </Badge>
    </span>
  );
}
