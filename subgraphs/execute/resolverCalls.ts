/**
 * What type-graphql's decorators say as plain functions: a resolver is called with its parameters and nothing around
 * it, and a type is told without a promise.
 */
import {
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Storage = ReturnType<typeof getMetadataStorage>;
type Parameter = NonNullable<Storage['queries'][number]['params']>[number];

/**
 * Has the schema call the methods of these classes and the `resolveType` of its interfaces and unions directly. What
 * type-graphql does besides is done by nobody then, so it is refused here: middlewares, roles, validation. Arguments
 * come as plain objects, not as instances of their classes.
 */
// biome-ignore lint/complexity/noBannedTypes: type-graphql takes resolver classes as functions.
export function callDirectly(schema: GraphQLSchema, resolvers: readonly Function[]): void {
  const storage = getMetadataStorage();
  const direct = new Set<object>();
  const instances = new Map(resolvers.map((target) => [target, Reflect.construct(target, []) as object]));
  for (const query of storage.queries) {
    const instance = instances.get(query.target);
    if (instance) put('Query', query.schemaName, directly(instance, query));
  }
  for (const mutation of storage.mutations) {
    const instance = instances.get(mutation.target);
    if (instance) put('Mutation', mutation.schemaName, directly(instance, mutation));
  }
  for (const field of storage.fieldResolvers) {
    const instance = instances.get(field.target);
    const shown = field.getObjectType?.();
    const type = storage.objectTypes.find(({ target }) => target === shown);
    if (!instance || !type) continue;
    if (field.kind === 'internal')
      throw new Error(`Expected ${type.name} to hold data alone, but got a method: ${field.methodName}.`);
    put(type.name, field.schemaName, directly(instance, field));
  }
  const known = new Set(storage.objectTypes.map(({ name }) => name));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !known.has(type.name)) continue;
    // Without a resolver a field is a property, which costs nothing to read.
    for (const field of Object.values(type.getFields())) if (!direct.has(field)) delete field.resolve;
  }
  for (const { name, resolveType } of [...storage.unions, ...storage.interfaceTypes]) {
    const type = name === undefined ? undefined : schema.getType(name);
    if (isAbstractType(type) && resolveType)
      type.resolveType = named(resolveType as GraphQLTypeResolver<unknown, unknown>);
  }

  function put(typeName: string, fieldName: string, resolve: Resolver) {
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (!field)
      throw new Error(`Expected ${typeName}.${fieldName} to be in the schema, since a resolver answers it.`);
    field.resolve = resolve;
    direct.add(field);
  }
}

type Decorated = Pick<Storage['queries'][number], 'methodName' | 'params' | 'middlewares' | 'roles'>;

function directly(instance: object, { methodName, params = [], middlewares, roles }: Decorated): Resolver {
  const method = (instance as Record<string, (...params: unknown[]) => unknown>)[methodName];
  if (!method || middlewares?.length || roles?.length)
    throw new Error(
      `Expected ${instance.constructor.name}.${methodName} to be a method without middlewares or roles.`,
    );
  const read = [...params].sort((a, b) => a.index - b.index).map(readerOf);
  const call = method.bind(instance);
  const [first, second, third] = read;
  // Nearly all take one to three; these are called without a list in between.
  if (!first) return () => call();
  if (!second) return (...given) => call(first(...given));
  if (!third) return (...given) => call(first(...given), second(...given));
  return (...given) => call(...read.map((one) => one(...given)));
}

/** Where a parameter's value comes from. */
function readerOf(param: Parameter): Resolver {
  switch (param.kind) {
    case 'root':
      if (param.propertyName === undefined) return (root) => root;
      break;
    case 'context':
      if (param.propertyName === undefined) return (_root, _args, context) => context;
      break;
    case 'args':
      return (_root, args) => args;
    case 'arg':
      return (_root, args) => args[param.name];
    case 'info':
      return (_root, _args, _context, info) => info;
  }
  throw new Error(`Expected parameters to be a root, a context, arguments or info, but got: ${param.kind}.`);
}

/** A class is told by its name in the schema. */
function named(resolveType: GraphQLTypeResolver<unknown, unknown>): GraphQLTypeResolver<unknown, unknown> {
  return (value, context, info, type) => {
    const told: unknown = resolveType(value, context, info, type);
    if (typeof told !== 'function') return told as string | undefined;
    return getMetadataStorage().objectTypes.find(({ target }) => target === told)?.name;
  };
}
