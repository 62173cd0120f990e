/** Bounds on an operation before anything parses it. */
import { overLimit } from '../operationLimits.ts';
import type { Settings } from '../settings.ts';
import { depthOf, directivesOf, nestingOf } from './textBounds.ts';

type Bounds = Settings;

/**
 * Throws OPERATION_TOO_LARGE for text or variables that are nested deeper than is safe for recursive functions, and for more
 * directives at one place than MAX_DIRECTIVES: validation would report an error for each.
 */
export function boundOperation(query: unknown, variables: unknown, bounds: Bounds): void {
  // By GET the variables are text.
  const texts = [query, variables].filter((value) => typeof value === 'string');
  if (texts.some((text) => nestingOf(text) > bounds.maxNesting)) throw overLimit('maxNesting', bounds);
  if (typeof query === 'string' && directivesOf(query, bounds.maxDirectives) > bounds.maxDirectives)
    throw overLimit('maxDirectives', bounds);
  boundVariables(variables, bounds);
}

/** The same, for the values alone. */
export function boundVariables(variables: unknown, bounds: Bounds): void {
  if (depthOf(variables, bounds.maxNesting) > bounds.maxNesting) throw overLimit('maxNesting', bounds);
}
