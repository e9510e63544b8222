import { dimensions, type Assignment, type PlacementProblem, type Unit } from './problem.ts';

/**
 * The same placement with equal hosts renamed among each other, so that as much as may be stays where it is: the pair of
 * planned and present host with most in common first. Equal are hosts of the same room and failure domain that no pin
 * names (of any domain, where nothing is spread); so no rule and no value of `hosts` or `balance` can tell them apart.
 */
export function keepHomes(problem: PlacementProblem, hostOf: Assignment): Assignment {
  const { units, hosts, room, domain } = problem;
  const pinned = new Set(units.flatMap(({ allowed }) => allowed ?? []));
  const spread = units.some((unit) => unit.spread.length > 0);
  const kindOf = (host: number) => (pinned.has(host) ? `pinned ${host}` : `${spread ? domain[host] : ''} ${room.subarray(host * dimensions, (host + 1) * dimensions).join(' ')}`);
  const kinds = hosts.map((_, host) => kindOf(host));
  const common = new Map<string, { planned: number; present: number; weight: number }>();
  hostOf.forEach((planned, index) => {
    if (planned < 0) return;
    for (const [present, weight] of (units[index] as Unit).kept) {
      if (kinds[planned] !== kinds[present]) continue;
      const key = `${planned} ${present}`;
      const pair = common.get(key) ?? { planned, present, weight: 0 };
      pair.weight += weight;
      common.set(key, pair);
    }
  });
  const names = new Map<number, number>();
  const taken = new Set<number>();
  for (const { planned, present } of [...common.values()].sort((a, b) => b.weight - a.weight || a.planned - b.planned || a.present - b.present)) {
    if (names.has(planned) || taken.has(present)) continue;
    names.set(planned, present);
    taken.add(present);
  }
  const free = Map.groupBy([...hosts.keys()].filter((host) => !taken.has(host)), (host) => kinds[host]);
  for (const host of hosts.keys()) if (!names.has(host)) names.set(host, free.get(kinds[host])?.shift() ?? host);
  return hostOf.map((host) => (host < 0 ? host : (names.get(host) ?? host)));
}
