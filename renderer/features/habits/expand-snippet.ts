import type { TextTemplate } from '../../../shared/schema/text-template.ts';

type Snippet = Pick<TextTemplate, 'shortcut' | 'department' | 'text'>;

/** What a field holds after a text was put into it, and where the typing goes on. */
export interface Insertion {
  value: string;
  caret: number;
}

/**
 * The text behind a shortcut that was just typed: a full stop, the shortcut, and a blank or a new line after it. A full stop
 * behind a letter or a digit ends a sentence or stands in a number. Of two texts the writer's department's own counts.
 */
export function expandSnippet(value: string, caret: number, snippets: readonly Snippet[], department: string | undefined): Insertion | undefined {
  const match = /(?:^|[^A-Za-z0-9])\.([\p{L}\p{N}_-]{1,30})\s$/u.exec(value.slice(0, caret));
  const typed = match?.[1]?.toLowerCase();
  if (typed === undefined) return undefined;
  const meant = snippets.filter((snippet) => snippet.shortcut?.toLowerCase() === typed && snippet.text !== undefined);
  const snippet = meant.find((one) => one.department !== undefined && one.department === department) ?? meant.find((one) => one.department === undefined);
  return snippet?.text === undefined ? undefined : replaced(value, caret - typed.length - 2, caret, snippet.text);
}

/** What was asked for by its very shortcut, then those of the writer's department, then the others: Enter takes the first. */
export const bestFirst = <Listed extends Pick<TextTemplate, 'shortcut' | 'department'>>(templates: readonly Listed[], wanted: string, department: string | undefined): Listed[] => {
  const rank = (one: Listed) => 2 * Number(one.shortcut?.toLocaleLowerCase() === wanted) + Number(one.department !== undefined && one.department === department);
  return templates.toSorted((a, b) => rank(b) - rank(a));
};

/** Puts a text in the place of what is chosen. */
export const replaced = (value: string, start: number, end: number, text: string): Insertion => ({
  value: value.slice(0, start) + text + value.slice(end),
  caret: start + text.length,
});
