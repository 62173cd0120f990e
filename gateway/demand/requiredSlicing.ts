/** Whether an operation gives one slicing argument where the schema requires one. */
import { holds } from './costConditions.ts';
import type { ListSize } from './costDirectives.ts';
import { type Given, slicesOf } from './listLengths.ts';
import type { FieldShape } from './responseShape.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Says what is wrong, or nothing. */
export type Check = (variables: Variables) => string | undefined;

/** The check of one field; undefined where no variables can make it fail. A default counts where no argument is given. */
export function checkSlices(
  { parent, definition, node, when }: FieldShape,
  size: ListSize,
): Check | undefined {
  const { slicingArguments, requireOneSlicingArgument } = size;
  if (!requireOneSlicingArgument || slicingArguments.length === 0) return undefined;
  const given = slicesOf(node, definition, size, false);
  const usual = slicesOf(node, definition, size, true);
  const mayBeNone = usual.every((one) => valueWith(one, {}) == null);
  const mayBeMany = given.filter((one) => 'read' in one || one.known != null).length > 1;
  if (!mayBeNone && !mayBeMany) return undefined;
  const names = slicingArguments.map((path) => `"${path.join('.')}"`).join(', ');
  return (variables) => {
    if (!holds(when, variables)) return undefined;
    const count = given.filter((one) => valueWith(one, variables) != null).length;
    if (count === 1 || (count === 0 && usual.some((one) => valueWith(one, variables) != null)))
      return undefined;
    const expected = slicingArguments.length === 1 ? names : `one of ${names}`;
    const got = count === 0 ? 'none' : `${count} of them`;
    return `Expected "${parent.name}.${definition.name}" to be asked for with ${expected}, but got: ${got}.`;
  };
}

const valueWith = (given: Given, variables: Variables): unknown =>
  'known' in given ? given.known : given.read(variables);
