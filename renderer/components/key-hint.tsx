import { Kbd } from '@mantine/core';

const isMac = navigator.userAgent.includes('Mac');
const macNames: Record<string, string> = { Mod: '⌘', Alt: '⌥' };
const names: Record<string, string> = { Mod: 'Ctrl', Escape: 'Esc' };

/** A shortcut such as `Mod+K`, drawn as this computer's keys. */
export function KeyHint({ keys }: { keys: string }) {
  const text = keys
    .split('+')
    .map((key) => (isMac ? (macNames[key] ?? names[key]) : names[key]) ?? key)
    .join(isMac ? '' : '+');
  return <Kbd size="xs">{text}</Kbd>;
}
