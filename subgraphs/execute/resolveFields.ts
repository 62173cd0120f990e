/** Resolves the value of a field: by its resolver, or as a property of the source object. */
import { type GraphQLResolveInfo, locatedError, type ResponsePath } from 'graphql';
import { type Args, type Container, type Field, type Frame, fail, type Run, settle } from './settleValues.ts';

/** Resolves a field with a resolver. Never throws. */
export function resolve(run: Run, field: Field, source: unknown, frame: Frame, out: Container): void {
  let value: unknown;
  try {
    value = field.resolve?.(source, argsOf(run, field), run.context, infoOf(run, field, frame));
  } catch (error) {
    fail(run, field, field.completer, error, frame, out, field.key);
    return;
  }
  settle(run, field, field.completer, value, frame, out, field.key);
}

/** Resolves a field that is a property of the source object. A function is called, as in graphql-js. Never throws. */
export function property(
  run: Run,
  field: Field,
  value: unknown,
  source: unknown,
  frame: Frame,
  out: Container,
): void {
  let answer = value;
  if (typeof value === 'function') {
    try {
      answer = value.call(source, argsOf(run, field), run.context, infoOf(run, field, frame));
    } catch (error) {
      fail(run, field, field.completer, error, frame, out, field.key);
      return;
    }
  }
  settle(run, field, field.completer, answer, frame, out, field.key);
}

/** An error that reading a property threw, as a value that settles as this error. */
export const thrown = (error: unknown): Error =>
  error instanceof Error ? error : locatedError(error, undefined);

/** The field's arguments, coerced once for a run. Throws if they are invalid. */
export function argsOf(run: Run, field: Field): Args {
  if (field.fixedArgs) return field.fixedArgs;
  const cached = run.args[field.place];
  if (cached) return cached;
  const args = field.readArgs(run.variables);
  run.args[field.place] = args;
  return args;
}

/** The GraphQLResolveInfo of a field; `frame` may be a list that the field returned. */
export function infoOf(run: Run, field: Field, frame: Frame): GraphQLResolveInfo {
  let owner = frame;
  while (owner.typeName === undefined && owner.up) owner = owner.up;
  return new Info(run, field, owner) as unknown as GraphQLResolveInfo;
}

/** Computes its properties when they are read. */
class Info {
  readonly #run: Run;
  readonly #field: Field;
  readonly #frame: Frame;

  constructor(run: Run, field: Field, frame: Frame) {
    this.#run = run;
    this.#field = field;
    this.#frame = frame;
  }

  get fieldName() {
    return this.#field.name;
  }
  get fieldNodes() {
    return this.#field.nodes;
  }
  get returnType() {
    return this.#field.type;
  }
  get parentType() {
    return this.#field.parentType;
  }
  get path() {
    return pathAt(this.#frame, this.#field.key);
  }
  get schema() {
    return this.#run.schema;
  }
  get fragments() {
    return this.#run.fragments;
  }
  get rootValue() {
    return undefined;
  }
  get operation() {
    return this.#run.operation;
  }
  get variableValues() {
    return this.#run.variables;
  }
}

/** Builds a path. Each step names the parent type; a list index has none. */
function pathAt({ up, key: above, typeName }: Frame, key: string | number): ResponsePath {
  return { prev: up ? pathAt(up, above) : undefined, key, typename: typeName };
}
