import { randomNumbers } from '../../scheduling/random.ts';
import { chooseHost, hostOrder } from './greedy.ts';
import type { PlacementIncumbent } from './incumbent.ts';
import { costOf, dimensions, type Unit } from './problem.ts';
import { hostsFor, PlacementState } from './state.ts';

/** Local search over the best placement, in the way of the objective, until nothing helps or time is up. */
export function improve(incumbent: PlacementIncumbent): void {
  if (incumbent.hostOf === null || incumbent.over) return;
  const state = new PlacementState(incumbent.problem, incumbent.hostOf);
  const objective = incumbent.problem.options.objective;
  const step = { hosts: emptyHosts, moves: bringHome, time: bringHome, balance: relieve, profit: takeIn }[objective];
  step(state, incumbent);
  incumbent.offer(state.hostOf, 'local-search');
}

/** Moves everything off a host to others in use, the least filled first; what cannot be emptied stays as it was. */
function emptyHosts(state: PlacementState, incumbent: PlacementIncumbent): void {
  const { hosts } = state.problem;
  const order = hostOrder(state.problem);
  const used = [...hosts.keys()].filter((host) => (state.on[host]?.size ?? 0) > 0);
  used.sort((a, b) => (state.on[a]?.size ?? 0) - (state.on[b]?.size ?? 0) || a - b);
  let left = used.length;
  for (const host of used) {
    if (incumbent.over || left <= incumbent.bound) return;
    const before = [...(state.on[host] ?? [])];
    const open = order.filter((other) => other !== host && (state.on[other]?.size ?? 0) > 0);
    const moved = evacuate(state, before, open, host);
    if (moved) left -= 1;
    else for (const index of before) if (state.hostOf[index] !== host) undo(state, index, host);
  }
}

function undo(state: PlacementState, index: number, host: number): void {
  if ((state.hostOf[index] as number) >= 0) state.take(index);
  state.put(index, host);
}

function evacuate(state: PlacementState, indexes: readonly number[], open: Int32Array, host: number): boolean {
  for (const index of indexes) {
    const unit = state.unit(index);
    state.take(index);
    const to = chooseHost(state, { ...unit, allowed: unit.allowed?.filter((other) => open.includes(other)) ?? null }, 'best-fit', open);
    if (to < 0 || to === host) return false;
    state.put(index, to);
  }
  return true;
}

/** Brings units back to where they cost less, if need be by sending one other elsewhere that costs less in sum. */
function bringHome(state: PlacementState, incumbent: PlacementIncumbent): void {
  for (let better = true; better && !incumbent.over; ) {
    better = false;
    for (const index of state.problem.units.keys()) {
      if (incumbent.over) return;
      if (returned(state, index)) better = true;
    }
  }
}

function returned(state: PlacementState, index: number): boolean {
  const unit = state.unit(index);
  const from = state.hostOf[index] as number;
  const cost = costOf(unit, from);
  for (const [home] of unit.kept) {
    const gain = cost - costOf(unit, home);
    if (gain <= 0 || !(unit.allowed?.includes(home) ?? true)) continue;
    state.take(index);
    if (state.fits(unit, home)) {
      state.put(index, home);
      return true;
    }
    if (exchanged(state, index, home, gain)) return true;
    state.put(index, from);
  }
  return false;
}

/** The unit (taken out) onto `home` in place of another that loses less than `gain` by going elsewhere. */
function exchanged(state: PlacementState, index: number, home: number, gain: number): boolean {
  const unit = state.unit(index);
  for (const other of [...(state.on[home] ?? [])]) {
    const leaving = state.unit(other);
    if (leaving.total - costOf(leaving, home) >= gain && leaving.kept.size === 1) continue;
    state.take(other);
    if (state.fits(unit, home)) {
      state.put(index, home);
      for (const host of hostsFor(state.problem, leaving)) {
        if (host === home || costOf(leaving, host) - costOf(leaving, home) >= gain || !state.fits(leaving, host)) continue;
        state.put(other, host);
        return true;
      }
      state.take(index);
    }
    state.put(other, home);
  }
  return false;
}

const shareOf = (state: PlacementState, host: number, unit?: Unit, sign = 0): number => {
  let share = 0;
  for (let d = 0; d < dimensions; d += 1) {
    const room = state.problem.room[host * dimensions + d] as number;
    if (room > 0) share = Math.max(share, (room - (state.free[host * dimensions + d] as number) + sign * (unit?.demand[d] ?? 0)) / room);
  }
  return share;
};

/** Takes from the fullest host what makes no other as full: a move, or an exchange for something smaller. */
function relieve(state: PlacementState, incumbent: PlacementIncumbent): void {
  const { hosts } = state.problem;
  const order = hostOrder(state.problem);
  while (!incumbent.over) {
    let fullest = 0;
    let peak = 0;
    for (const host of hosts.keys()) {
      const share = shareOf(state, host);
      if (share > peak) [fullest, peak] = [host, share];
    }
    const full = [...(state.on[fullest] ?? [])];
    if (!full.some((index) => lighten(state, index, fullest, peak, order)) && !full.some((index) => exchange(state, index, fullest, peak, incumbent))) return;
  }
}

/** First what is simply moved, to the emptiest host; exchanges take far more looking. */
function lighten(state: PlacementState, index: number, from: number, peak: number, order: Int32Array): boolean {
  const unit = state.unit(index);
  if (shareOf(state, from, unit, -1) >= peak) return false;
  state.take(index);
  const to = chooseHost(state, unit, 'worst-fit', order);
  const lighter = to >= 0 && to !== from && shareOf(state, to, unit, 1) < peak;
  state.put(index, lighter ? to : from);
  return lighter;
}

function exchange(state: PlacementState, index: number, from: number, peak: number, incumbent: PlacementIncumbent): boolean {
  const unit = state.unit(index);
  if (shareOf(state, from, unit, -1) >= peak) return false;
  for (const to of hostsFor(state.problem, unit)) {
    if (incumbent.over) return false;
    if (to !== from && swapped(state, index, from, to, peak)) return true;
  }
  return false;
}

function swapped(state: PlacementState, index: number, from: number, to: number, peak: number): boolean {
  const unit = state.unit(index);
  for (const other of [...(state.on[to] ?? [])]) {
    const back = state.unit(other);
    if (!(back.allowed?.includes(from) ?? true)) continue;
    state.take(index);
    state.take(other);
    if (state.fits(unit, to) && state.fits(back, from)) {
      state.put(index, to);
      state.put(other, from);
      if (shareOf(state, to) < peak && shareOf(state, from) < peak) return true;
      state.take(index);
      state.take(other);
    }
    state.put(index, from);
    state.put(other, to);
  }
  return false;
}

/** Takes in what was left out, in place of something worth less where need be, in a random order each time. */
function takeIn(state: PlacementState, incumbent: PlacementIncumbent): void {
  const random = randomNumbers(incumbent.run.seed);
  const order = hostOrder(state.problem);
  let idle = 0;
  while (!incumbent.over && idle < 3) {
    idle += 1;
    const out = [...state.problem.units.keys()].filter((index) => (state.hostOf[index] as number) < 0);
    const ranked = out.map((index) => ({ index, rank: state.unit(index).profit * (0.5 + random()) })).sort((a, b) => b.rank - a.rank);
    for (const { index } of ranked) {
      if (incumbent.over) return;
      if (inserted(state, index, order)) idle = 0;
    }
  }
}

function inserted(state: PlacementState, index: number, order: Int32Array): boolean {
  const unit = state.unit(index);
  if (unit.profit === 0) return false;
  const host = chooseHost(state, unit, 'best-fit', order);
  if (host >= 0) {
    state.put(index, host);
    return true;
  }
  for (const candidate of unit.allowed ?? order) {
    for (const other of [...(state.on[candidate] ?? [])]) {
      if (state.unit(other).profit >= unit.profit) continue;
      state.take(other);
      if (state.affordable(unit) && state.fits(unit, candidate)) {
        state.put(index, candidate);
        return true;
      }
      state.put(other, candidate);
    }
  }
  return false;
}
