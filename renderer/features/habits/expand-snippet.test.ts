import { expect, test } from 'vitest';
import { bestFirst, expandSnippet } from './expand-snippet.ts';

const snippets = [
  { shortcut: 'cold', text: 'Runny nose.' },
  { shortcut: 'cold', department: 'Paediatrics', text: 'A child with a runny nose.' },
  { shortcut: 'xd', department: 'Cardiology', text: 'ECG' },
  { shortcut: '感冒', text: '流涕三天。' },
];
/** `|` is where the caret stands, before and after. */
function typed(text: string, department?: string): string | undefined {
  const caret = text.indexOf('|');
  const made = expandSnippet(text.replace('|', ''), caret, snippets, department);
  return made && `${made.value.slice(0, made.caret)}|${made.value.slice(made.caret)}`;
}

test('a shortcut becomes its text where it was typed, and the typing goes on behind it', () => {
  expect(typed('.cold |')).toBe('Runny nose.|');
  expect(typed('Since Monday:\n.COLD |and fever')).toBe('Since Monday:\nRunny nose.|and fever');
  expect(typed('主诉.感冒 |')).toBe('主诉流涕三天。|');
});

test('the writer’s department comes before everybody’s, and another’s never', () => {
  expect(typed('.cold |', 'Paediatrics')).toBe('A child with a runny nose.|');
  expect(typed('.xd |', 'Paediatrics')).toBeUndefined();
  expect(typed('.xd |', 'Cardiology')).toBe('ECG|');
});

test('what is no shortcut stays as it is', () => {
  for (const text of ['.cold|', 'cold |', 'He caught a.cold |', '3.cold |', '.unknown |', '. |', '.cold x |']) expect(typed(text)).toBeUndefined();
});

test('of those that a word finds the one with that shortcut comes first, then those of the department', () => {
  const listed = [{ title: 'Cold visit' }, { title: 'Common cold', shortcut: 'Cold' }, { title: 'Cold sore', department: 'Paediatrics' }, { title: 'A child’s cold', shortcut: 'cold', department: 'Paediatrics' }];
  const order = (wanted: string, department?: string) => bestFirst(listed, wanted, department).map(({ title }) => title);
  expect(order('cold')).toEqual(['Common cold', 'A child’s cold', 'Cold visit', 'Cold sore']);
  expect(order('cold', 'Paediatrics')).toEqual(['A child’s cold', 'Common cold', 'Cold sore', 'Cold visit']);
  expect(order('', undefined)).toEqual(listed.map(({ title }) => title));
});
