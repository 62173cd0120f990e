/** Checks `requireOneSlicingArgument`: a field must have exactly one slicing argument. */
import { holds } from './costConditions.ts';
import type { ListSize } from './costDirectives.ts';
import { type SliceValue, slicesOf } from './listLengths.ts';
import type { FieldShape } from './responseShape.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Returns an error message, or undefined if the variables pass. */
export type Check = (variables: Variables) => string | undefined;

/** The check for one field; undefined if no variables can fail it. A default value counts if no argument is passed. */
export function checkSlices(
  { parent, definition, node, when }: FieldShape,
  size: ListSize,
): Check | undefined {
  const { slicingArguments, requireOneSlicingArgument } = size;
  if (!requireOneSlicingArgument || slicingArguments.length === 0) return undefined;
  const given = slicesOf(node, definition, size, false);
  const withDefaults = slicesOf(node, definition, size, true);
  const mayBeNone = withDefaults.every((one) => valueWith(one, {}) == null);
  const mayBeMany = given.filter((one) => 'read' in one || one.constant != null).length > 1;
  if (!mayBeNone && !mayBeMany) return undefined;
  const names = slicingArguments.map((path) => `"${path.join('.')}"`).join(', ');
  return (variables) => {
    if (!holds(when, variables)) return undefined;
    const count = given.filter((one) => valueWith(one, variables) != null).length;
    if (count === 1 || (count === 0 && withDefaults.some((one) => valueWith(one, variables) != null)))
      return undefined;
    const expected =
      slicingArguments.length === 1 ? `the argument ${names}` : `exactly one of the arguments ${names}`;
    const got = count === 0 ? 'none' : `${count} of them`;
    return `Expected "${parent.name}.${definition.name}" to have ${expected}, but got: ${got}.`;
  };
}

const valueWith = (given: SliceValue, variables: Variables): unknown =>
  'constant' in given ? given.constant : given.read(variables);
