import { useEffect, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';
import type { Command } from './feature.ts';

/** Commands of the screens in sight, for the palette. */
export const useBoundCommands = create<readonly Command[]>(() => []);

/** Offers commands that make sense on this screen alone, such as signing the record that is open, while it is mounted. */
export function useScreenCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useLayoutEffect(() => {
    latest.current = commands;
  });
  const ids = commands.map(({ id }) => id).join(' ');
  useEffect(() => {
    const bound = latest.current.map((command): Command => ({
      ...command,
      run: (navigate) => latest.current.find(({ id }) => id === command.id)?.run(navigate),
    }));
    useBoundCommands.setState((others) => [...bound, ...others], true);
    return () => useBoundCommands.setState((all) => all.filter((command) => !bound.includes(command)), true);
  }, [ids]);
}
