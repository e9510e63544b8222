import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadingAhead } from './reading-ahead.ts';

describe('reading ahead', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('hands each page out once, and to nobody who asks for another', async () => {
    const ahead = new ReadingAhead<string>();
    ahead.begin('first', () => Promise.resolve('page'));
    expect(await ahead.take('second')).toBeUndefined();
    expect(await ahead.take('first')).toBe('page');
    expect(await ahead.take('first')).toBeUndefined();
  });

  it('lets whoever asks read anew where its own reading failed', async () => {
    const ahead = new ReadingAhead<string>();
    ahead.begin('page', () => Promise.reject(new Error('The database is away')));
    expect(await ahead.take('page')).toBeUndefined();
  });

  it('lets go of what nobody comes for', async () => {
    const ahead = new ReadingAhead<string>();
    ahead.begin('page', () => Promise.resolve('page'));
    vi.advanceTimersByTime(5000);
    expect(await ahead.take('page')).toBeUndefined();
  });

  it('keeps a handful of pages however many workstations take their first copy', async () => {
    const ahead = new ReadingAhead<number>();
    const read = vi.fn(() => Promise.resolve(1));
    for (let index = 0; index < 100; index += 1) ahead.begin(String(index), read);
    expect(read).toHaveBeenCalledTimes(8);
    await ahead.take('0');
    ahead.begin('next', read);
    expect(read).toHaveBeenCalledTimes(9);
  });
});
