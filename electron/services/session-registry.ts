import type { Clock } from '../storage/environment.ts';

export interface Session {
  readonly id: string;
  readonly userId: string;
  locked: boolean;
}

/** When somebody was last there, by two clocks: see {@link idleMilliseconds}. */
interface Presence {
  monotonic: number;
  wall: number;
}

/** Who is signed in where: one session a browser or window, any number at once. Kept in memory only. */
export class SessionRegistry {
  private readonly sessions = new Map<string, Session & { presence: Presence }>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get size(): number {
    return this.sessions.size;
  }

  get(id: string): Session | undefined {
    return this.sessions.get(id);
  }

  begin(id: string, userId: string): void {
    this.sessions.set(id, { id, userId, locked: false, presence: this.presence() });
  }

  end(id: string): void {
    this.sessions.delete(id);
  }

  endAll(): void {
    this.sessions.clear();
  }

  /** Ends a user's sessions, all but one where `exceptId` is given. */
  endUser(userId: string, exceptId?: string): void {
    for (const session of this.sessions.values()) {
      if (session.userId === userId && session.id !== exceptId) this.sessions.delete(session.id);
    }
  }

  lock(id: string): void {
    const session = this.sessions.get(id);
    if (session !== undefined) session.locked = true;
  }

  unlock(id: string): void {
    const session = this.sessions.get(id);
    if (session === undefined) return;
    session.locked = false;
    session.presence = this.presence();
  }

  /** Somebody is there. */
  touch(id: string): void {
    const session = this.sessions.get(id);
    if (session !== undefined) session.presence = this.presence();
  }

  /** Locks every session that was left alone for so long, and answers them. */
  lockIdle(milliseconds: number): Session[] {
    const idle = [...this.sessions.values()].filter(
      (session) => !session.locked && idleMilliseconds(session.presence, this.presence()) >= milliseconds,
    );
    for (const session of idle) session.locked = true;
    return idle;
  }

  private presence(): Presence {
    return { monotonic: performance.now(), wall: this.clock.now().getTime() };
  }
}

/**
 * The longer of two measures. The monotonic clock goes on when the wall clock is set back; the wall clock goes on
 * while the computer sleeps, when the monotonic one stands still on Linux: a lid opened next morning finds it locked.
 */
function idleMilliseconds(since: Presence, now: Presence): number {
  return Math.max(now.monotonic - since.monotonic, now.wall - since.wall);
}
