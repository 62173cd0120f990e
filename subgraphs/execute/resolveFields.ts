/** Asks for the value of a field: a resolver, or a property of its object. */
import { type GraphQLResolveInfo, locatedError, type ResponsePath } from 'graphql';
import { type Args, type Container, type Field, type Frame, fail, type Run, settle } from './settleValues.ts';

/** A field with a resolver. Throws nothing. */
export function resolve(run: Run, field: Field, source: unknown, frame: Frame, out: Container): void {
  let value: unknown;
  try {
    value = field.resolve?.(source, argsOf(run, field), run.context, infoOf(run, field, frame));
  } catch (error) {
    fail(run, field, field.slot, error, frame, out, field.key);
    return;
  }
  settle(run, field, field.slot, value, frame, out, field.key);
}

/** A field that is a property of its object; a function is asked, as graphql-js does. Throws nothing. */
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
      fail(run, field, field.slot, error, frame, out, field.key);
      return;
    }
  }
  settle(run, field, field.slot, answer, frame, out, field.key);
}

/** What reading a property threw, as a value that settles as this error. */
export const thrown = (error: unknown): Error =>
  error instanceof Error ? error : locatedError(error, undefined);

/** The field's arguments, read once for a run. Throws where they are wrong. */
export function argsOf(run: Run, field: Field): Args {
  if (field.fixedArgs) return field.fixedArgs;
  const known = run.args[field.place];
  if (known) return known;
  const args = field.readArgs(run.variables);
  run.args[field.place] = args;
  return args;
}

/** What a resolver may want to know of where it stands; `frame` may be a list that the field gave. */
export function infoOf(run: Run, field: Field, frame: Frame): GraphQLResolveInfo {
  let owner = frame;
  while (owner.typeName === undefined && owner.up) owner = owner.up;
  return new Info(run, field, owner) as unknown as GraphQLResolveInfo;
}

/** Worked out when it is looked at. */
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

/** Each step names the type that has the field; a place in a list has none. */
function pathAt({ up, key: above, typeName }: Frame, key: string | number): ResponsePath {
  return { prev: up ? pathAt(up, above) : undefined, key, typename: typeName };
}
