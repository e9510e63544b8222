import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TextChange } from './text-difference.ts';
import classes from './difference-text.module.css';

/**
 * A text with its changes marked as insertions and deletions: by underline and strike-through, by colour, and in
 * words for those who hear it.
 */
export function DifferenceText({ changes }: { changes: TextChange[] }) {
  return (
    <p className={classes.text}>
      {changes.map((change, index) => (
        <Change key={index} change={change} />
      ))}
    </p>
  );
}

function Change({ change }: { change: TextChange }) {
  const { t } = useTranslation();
  if (change.kind === 'same') return <span>{change.text}</span>;
  const Element = change.kind === 'removed' ? 'del' : 'ins';
  return (
    <Element className={classes[change.kind]}>
      <VisuallyHidden>{t(change.kind === 'removed' ? 'versions.removed' : 'versions.added')}</VisuallyHidden>
      {change.text}
    </Element>
  );
}
