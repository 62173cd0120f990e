/**
 * Resolver calls without type-graphql's runtime: a resolver is called with its parameters only, and a type is resolved
 * without a promise.
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
 * Makes the schema call the methods of these classes and the `resolveType` of its interfaces and unions directly. What
 * type-graphql would do besides no longer happens, so middlewares and roles are rejected here. Arguments are plain
 * objects, not instances of their classes.
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
    const fieldTarget = field.getObjectType?.();
    const type = storage.objectTypes.find(({ target }) => target === fieldTarget);
    if (!instance || !type) continue;
    if (field.kind === 'internal')
      throw new Error(`Expected ${type.name} to hold data alone, but got a method: ${field.methodName}.`);
    put(type.name, field.schemaName, directly(instance, field));
  }
  const typeNames = new Set(storage.objectTypes.map(({ name }) => name));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !typeNames.has(type.name)) continue;
    // Without a resolver, a field is read as a property, which costs nothing.
    for (const field of Object.values(type.getFields())) if (!direct.has(field)) delete field.resolve;
  }
  for (const { name, resolveType } of [...storage.unions, ...storage.interfaceTypes]) {
    const type = name === undefined ? undefined : schema.getType(name);
    if (isAbstractType(type) && resolveType)
      type.resolveType = byName(resolveType as GraphQLTypeResolver<unknown, unknown>);
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
  // Most methods take one to three parameters; these are called without an intermediate array.
  if (!first) return () => call();
  if (!second) return (...params) => call(first(...params));
  if (!third) return (...params) => call(first(...params), second(...params));
  return (...params) => call(...read.map((one) => one(...params)));
}

/** Returns a function that reads the value of a parameter. */
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

/** Maps a class to its name in the schema. */
function byName(resolveType: GraphQLTypeResolver<unknown, unknown>): GraphQLTypeResolver<unknown, unknown> {
  return (value, context, info, type) => {
    const resolved: unknown = resolveType(value, context, info, type);
    if (typeof resolved !== 'function') return resolved as string | undefined;
    return getMetadataStorage().objectTypes.find(({ target }) => target === resolved)?.name;
  };
}
