import type { Settlement } from '../../shared/contract/sync.ts';
import { fail } from '../../shared/errors.ts';
import type { Clash, ConflictChoice } from '../../shared/schema/conflict.ts';

type Content = Record<string, unknown>;

/** What a document becomes by settling what clashed in it. */
export interface Settled {
  content: Content;
  deleted: boolean;
  /** One word for all of it: what was done everywhere, or `edited`. */
  choice: ConflictChoice;
}

/** The path of a clash about whether the document was thrown away. */
const deletedPath = 'deleted';

/** Settles each clash of a document as a person chose. Fails with `invalid-input` unless there is one choice for each. */
export function settle(document: { content: Content; deleted: boolean }, clashes: readonly Clash[], settlements: readonly Settlement[]): Settled {
  const chosen = new Map(settlements.map((settlement) => [settlement.path, settlement]));
  if (chosen.size !== settlements.length || chosen.size !== clashes.length) incomplete();
  let { content, deleted } = document;
  for (const clash of clashes) {
    const value = settledValue(clash, chosen.get(clash.path) ?? incomplete());
    if (value === undefined) continue;
    if (clash.path === deletedPath) deleted = value.value === true;
    else content = clash.path === '' ? (value.value as Content) : withValue(content, clash.path.split('.'), value.value);
  }
  const choices = new Set(settlements.map(({ choice }) => choice));
  return { content, deleted, choice: choices.size === 1 ? (settlements[0] as Settlement).choice : 'edited' };
}

const incomplete = (): never => fail({ code: 'invalid-input', issues: [{ path: 'settlements', code: 'invalid' }] });

/** The value to write; undefined where what the document shows stays. */
function settledValue({ path, values, kept }: Clash, { choice, value }: Settlement): { value?: unknown } | undefined {
  const [shown, other] = [values[kept].value, values[kept === 0 ? 1 : 0].value];
  switch (choice) {
    case 'kept':
      return undefined;
    case 'other':
      return { value: other };
    case 'both':
      return path === '' || path === deletedPath || typeof shown !== 'string' || typeof other !== 'string' ? incomplete() : { value: `${shown}\n${other}` };
    case 'edited':
      return path === '' || path === deletedPath ? incomplete() : { value };
  }
}

/** What a document shows where it clashed; the whole of it for the path ''. */
export function presentValue(document: object, path: string): { value?: unknown } {
  if (path === '') return { value: document };
  const value = path.split('.').reduce<unknown>((node, name) => (isContent(node) ? node[name] : undefined), document);
  return value === undefined ? {} : { value };
}

/** A copy with the value at the end of the path; undefined takes the field away. */
function withValue(content: Content, [name = '', ...rest]: string[], value: unknown): Content {
  const { [name]: before, ...others } = content;
  const inner = rest.length === 0 ? value : withValue(isContent(before) ? before : {}, rest, value);
  return inner === undefined || inner === null ? others : { ...others, [name]: inner };
}

const isContent = (value: unknown): value is Content => value !== null && typeof value === 'object' && !Array.isArray(value);
