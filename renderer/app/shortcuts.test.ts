import { describe, expect, test } from 'vitest';
import { shortcutOf, shortcuts, type Keystroke } from './shortcuts.ts';

const stroke = (typed: Partial<Keystroke>): Keystroke => ({
  key: '', code: '', altKey: false, ctrlKey: false, metaKey: false, isComposing: false, ...typed,
});

describe('shortcutOf', () => {
  test('reads Alt by the place of the key: on a Mac Alt+N types a tilde', () => {
    expect(shortcutOf(stroke({ key: '˜', code: 'KeyN', altKey: true }), true)).toBe('new');
  });
  test('Mod is Ctrl or Command, whatever Caps Lock says', () => {
    expect(shortcutOf(stroke({ key: 'k', code: 'KeyK', ctrlKey: true }), true)).toBe('palette');
    expect(shortcutOf(stroke({ key: 'K', code: 'KeyK', metaKey: true }), false)).toBe('palette');
  });
  test('a bare character is text in a field and a shortcut elsewhere; F1 and Escape work everywhere', () => {
    expect(shortcutOf(stroke({ key: '?', code: 'Slash' }), true)).toBeUndefined();
    expect(shortcutOf(stroke({ key: '?', code: 'Slash' }), false)).toBe('help');
    expect(shortcutOf(stroke({ key: 'F1', code: 'F1' }), true)).toBe('help');
    expect(shortcutOf(stroke({ key: 'Escape', code: 'Escape' }), true)).toBe('back');
  });
  test('an input method keeps its keys', () => {
    expect(shortcutOf(stroke({ key: 'Escape', code: 'Escape', isComposing: true }), true)).toBeUndefined();
  });
  test('AltGr, which is Ctrl+Alt, types letters', () => {
    expect(shortcutOf(stroke({ key: 'ś', code: 'KeyS', altKey: true, ctrlKey: true }), true)).toBeUndefined();
  });
});

test('no two shortcuts share a key', () => {
  const all = Object.values(shortcuts).flatMap(({ keys }): readonly string[] => keys);
  expect(new Set(all).size).toBe(all.length);
});
