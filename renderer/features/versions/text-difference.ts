import { diffArrays } from 'diff';

/** A stretch of text that both versions share, or that only the older or only the newer one has. */
export interface TextChange {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Milliseconds after which two texts are shown as replaced by one another instead of compared further. */
const patience = 500;

/**
 * Compares two texts word by word; Chinese is cut into words by the dictionary of `Intl.Segmenter`. Spaces and
 * line breaks count: in a prescription they can change the meaning.
 */
export function textDifference(before: string, after: string): TextChange[] {
  const changes = diffArrays(wordsOf(before), wordsOf(after), { timeout: patience });
  const parts: TextChange[] = changes
    ? changes.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value.join('') }))
    : [{ kind: 'removed', text: before }, { kind: 'added', text: after }];
  return gather(parts);
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const wordsOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

/**
 * Puts neighbouring changes together, removals first. A lone blank between two changes joins them, or a
 * rewritten sentence would read as a patchwork held together by its spaces.
 */
function gather(parts: TextChange[]): TextChange[] {
  const gathered: TextChange[] = [];
  let removed = '';
  let added = '';
  const close = () => {
    if (removed !== '') gathered.push({ kind: 'removed', text: removed });
    if (added !== '') gathered.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  parts.forEach(({ kind, text }, index) => {
    const between = index > 0 && index < parts.length - 1 && /^[^\S\n]+$/.test(text);
    if (kind === 'same' && !between) {
      close();
      gathered.push({ kind, text });
      return;
    }
    if (kind !== 'added') removed += text;
    if (kind !== 'removed') added += text;
  });
  close();
  return gathered.filter(({ text }) => text !== '');
}
