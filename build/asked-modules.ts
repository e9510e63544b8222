import { parseAst } from 'vite';

interface Node {
  type: string;
  [field: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** The module that a node asks for by a fixed name. */
function askedBy({ type, source, callee, arguments: given }: Node): unknown {
  if (/^(Import|Export\w*)Declaration$|^ImportExpression$/.test(type)) return isNode(source) ? source['value'] : undefined;
  const name = type === 'CallExpression' && isNode(callee) ? callee['name'] : undefined;
  const [first] = Array.isArray(given) ? (given as unknown[]) : [];
  return (name === 'require' || name === '__require') && isNode(first) ? first['value'] : undefined;
}

/**
 * The modules that a program cannot do without, by its syntax: what stands in a comment, in a text or in code that is yet to be written asks
 * for nothing, and what is tried only is done without.
 */
export function askedModules(text: string): Set<string> {
  const asked = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isNode(value)) return;
    const name = askedBy(value);
    if (typeof name === 'string' && !name.startsWith('.')) asked.add(name);
    for (const [field, inner] of Object.entries(value)) if (!(value.type === 'TryStatement' && field === 'block')) visit(inner);
  };
  visit(parseAst(text));
  return asked;
}
