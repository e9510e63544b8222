import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAutosaver, type AutosaveState } from './autosaver.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A disk whose saves are answered by hand. */
function slowDisk() {
  const waiting: { values: string; answer: (at: string) => void; refuse: (error: Error) => void }[] = [];
  const states: AutosaveState[] = [];
  const autosaver = createAutosaver<string>({
    save: (values) => new Promise((answer, refuse) => waiting.push({ values, answer, refuse })),
    delay: 300,
    retryDelay: 2000,
    onState: (state) => states.push(state),
  });
  return { waiting, states, autosaver };
}
const settled = () => vi.advanceTimersByTimeAsync(0);

it('saves within the delay even when the typing never pauses', async () => {
  const { waiting, autosaver } = slowDisk();
  for (let typed = 1; typed <= 10; typed += 1) {
    autosaver.change('x'.repeat(typed));
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(waiting.map(({ values }) => values)).toEqual(['xxxxxx']);
});

it('says saved only after the answer, and never for a text that is newer than it', async () => {
  const { waiting, states, autosaver } = slowDisk();
  autosaver.change('a');
  await vi.advanceTimersByTimeAsync(300);
  expect(states.at(-1)).toEqual({ phase: 'waiting' });
  autosaver.change('ab');
  waiting[0]!.answer('14:03:22');
  await settled();
  expect(states.at(-1)).toEqual({ phase: 'waiting', at: '14:03:22' });
  await vi.advanceTimersByTimeAsync(300);
  waiting[1]!.answer('14:03:23');
  await settled();
  expect(states.at(-1)).toEqual({ phase: 'saved', at: '14:03:23' });
});

it('never runs two saves at once', async () => {
  const { waiting, autosaver } = slowDisk();
  autosaver.change('a');
  await vi.advanceTimersByTimeAsync(300);
  autosaver.change('ab');
  await vi.advanceTimersByTimeAsync(1000);
  expect(waiting).toHaveLength(1);
  waiting[0]!.answer('1');
  await settled();
  expect(waiting.map(({ values }) => values)).toEqual(['a', 'ab']);
});

it('tells a failure and tries again until the newest text is on disk', async () => {
  const { waiting, states, autosaver } = slowDisk();
  autosaver.change('a');
  await vi.advanceTimersByTimeAsync(300);
  waiting[0]!.refuse(new Error('disk full'));
  await settled();
  expect(states.at(-1)?.phase).toBe('failed');
  await vi.advanceTimersByTimeAsync(2000);
  waiting[1]!.answer('1');
  await settled();
  expect(states.at(-1)).toEqual({ phase: 'saved', at: '1' });
});

it('flushes at once, and only what is unsaved', async () => {
  const { waiting, autosaver } = slowDisk();
  autosaver.change('a');
  void autosaver.flush();
  await settled();
  waiting[0]!.answer('1');
  await autosaver.flush();
  await vi.advanceTimersByTimeAsync(5000);
  expect(waiting).toHaveLength(1);
});

it('settles: the running save ends and no other begins', async () => {
  const { waiting, autosaver } = slowDisk();
  autosaver.change('a');
  await vi.advanceTimersByTimeAsync(300);
  autosaver.change('ab');
  const over = autosaver.settle();
  waiting[0]!.refuse(new Error('locked'));
  await over;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(waiting).toHaveLength(1);
});
