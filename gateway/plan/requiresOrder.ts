/**
 * Keeps the planner from asking for a field with `@requires` before there is what it requires. The planner merges a
 * fetch into an earlier one of the same subgraph though it waits for others too, or is sent fields that this subgraph
 * cannot resolve; and it asks a subgraph for fields that are `@external` there. Here it does neither.
 */
import {
  type FieldDefinition,
  federationMetadata,
  type InterfaceType,
  MapWithCachedArrays,
  type ObjectType,
  type OperationElement,
  type Schema,
  type Selection,
  SelectionSet,
} from '@apollo/federation-internals';
import type { QueryPlanner } from '@apollo/query-planner';

interface QueryGraph {
  sources: ReadonlyMap<string, Schema>;
}

type Selections = SelectionSet | readonly Selection[];

interface Inputs {
  selectionSets: () => readonly SelectionSet[];
  contains: (other: Inputs) => boolean;
}

/** As much of a fetch that is being planned as is looked at here: `path` leads from a parent to what it fetches for. */
interface Group {
  subgraphName: string;
  dependencyGraph: { federatedQueryGraph: QueryGraph };
  inputs?: Inputs;
  parents: () => readonly { group: Group; path?: readonly OperationElement[] }[];
  isDescendantOf: (other: Group) => boolean;
  removeChild: (child: Group) => void;
}

interface GroupKind {
  addAtPath: (this: Group, path: readonly OperationElement[], selections?: Selections) => void;
  canMergeChildIn: (this: Group, child: Group) => boolean;
  canMergeGrandChildIn: (this: Group, grandChild: Group) => boolean;
  /** Both are sent the same of the same objects. */
  mergeInWithAllDependencies: (this: Group & GroupKind, other: Group & GroupKind) => void;
}

/** The planner's classes are shared with planners of others: only for these graphs they work otherwise. */
const graphs = new WeakSet<QueryGraph>();

/** Fetches that are gone, each with the one that has taken its place. */
const mergedInto = new WeakMap<Group, Group & GroupKind>();

/** The `@external` fields of subgraphs, as `Type.field`; only of those that have any. */
const externals = new WeakMap<Schema, ReadonlySet<string>>();

let groupKind: GroupKind | undefined;
let isRebaseChanged = false;

/** The planner must make its plans within the function that is returned; the first one shows what fetches are made of. */
export function askOnlyWhatIsReady(planner: QueryPlanner): <Plan>(makePlan: () => Plan) => Plan {
  const { federatedQueryGraph: graph } = planner as unknown as { federatedQueryGraph: QueryGraph };
  const known = [...graph.sources.values()].map((schema) => [schema, externalsOf(schema)] as const);
  // What nobody requires cannot be asked for too early.
  if (known.every(([, names]) => names.size === 0)) return (makePlan) => makePlan();
  for (const [schema, names] of known) if (names.size > 0) externals.set(schema, names);
  graphs.add(graph);
  changeRebase();
  return (makePlan) => (groupKind ? makePlan() : watched(makePlan));
}

function externalsOf(schema: Schema): Set<string> {
  const metadata = federationMetadata(schema);
  const isExternal = (field: FieldDefinition<ObjectType | InterfaceType> | undefined) =>
    field !== undefined && metadata?.isFieldExternal(field) === true;
  const fields = [
    ...schema.objectTypes().flatMap((type) => type.fields().filter(isExternal)),
    // One object of an interface is enough.
    ...schema
      .interfaceTypes()
      .flatMap((type) =>
        type
          .fields()
          .filter(({ name }) => type.possibleRuntimeTypes().some((one) => isExternal(one.field(name)))),
      ),
  ];
  return new Set(fields.map(({ coordinate }) => coordinate));
}

const isExternalIn = (schema: Schema | undefined, selections: SelectionSet): boolean => {
  const names = schema && externals.get(schema);
  return (
    names !== undefined && selections.some((one) => one.kind === 'Field' && names.has(coordinateOf(one)))
  );
};

const coordinateOf = ({ parentType, name }: OperationElement & { kind: 'Field' }) =>
  `${parentType.name}.${name}`;

/** A selection can stand in a subgraph only if that can resolve it. */
function changeRebase(): void {
  if (isRebaseChanged) return;
  isRebaseChanged = true;
  const { canRebaseOn } = SelectionSet.prototype;
  SelectionSet.prototype.canRebaseOn = function (type) {
    return canRebaseOn.call(this, type) && !isExternalIn(type.schema(), this);
  };
}

/** The class of fetches is not exported, but the first fetches are kept in a map of a class that is. */
function watched<Plan>(makePlan: () => Plan): Plan {
  const maps = MapWithCachedArrays.prototype;
  const { set } = maps;
  maps.set = function (this: MapWithCachedArrays<unknown, unknown>, key: unknown, value: unknown) {
    if (isGroup(value) && !groupKind) {
      groupKind = Object.getPrototypeOf(value) as GroupKind;
      changeMerging(groupKind);
    }
    return set.call(this, key, value);
  };
  try {
    return makePlan();
  } finally {
    maps.set = set;
  }
}

const isGroup = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'canMergeChildIn' in value && 'dependencyGraph' in value;

function changeMerging(kind: GroupKind): void {
  const { addAtPath, canMergeChildIn, canMergeGrandChildIn, mergeInWithAllDependencies } = kind;
  // A fetch of which nothing is left is merged into its parent: a fragment without fields would come of it there.
  kind.addAtPath = function (path, selections) {
    const isNone = selections instanceof SelectionSet && selections.isEmpty();
    if (!isNone || !graphs.has(this.dependencyGraph.federatedQueryGraph))
      addAtPath.call(this, path, selections);
  };
  kind.canMergeChildIn = function (child) {
    return canMergeChildIn.call(this, child) && isReadyIn(this, child);
  };
  kind.canMergeGrandChildIn = function (grandChild) {
    return canMergeGrandChildIn.call(this, grandChild) && hasInputsOf(this, grandChild);
  };
  kind.mergeInWithAllDependencies = function (other) {
    const { federatedQueryGraph: graph } = this.dependencyGraph;
    if (!graphs.has(graph)) return mergeInWithAllDependencies.call(this, other);
    // The planner goes on merging into a fetch that was itself merged into another.
    let group: Group & GroupKind = this;
    for (let next = mergedInto.get(group); next; next = mergedInto.get(group)) group = next;
    const isLater = group.isDescendantOf(other);
    const [earlier, later] = isLater ? [other, group] : [group, other];
    if (isLater) mergedInto.set(later, earlier);
    // A fetch that waits for itself: the planner would follow that circle without end.
    if (later.parents().some((parent) => parent.group === earlier)) earlier.removeChild(later);
    mergeInWithAllDependencies.call(earlier, later);
  };
}

/** Whether the child waits for nothing but what is there when `group` is sent. */
function isReadyIn(group: Group, child: Group): boolean {
  if (!graphs.has(group.dependencyGraph.federatedQueryGraph)) return true;
  const before = withAncestors(group);
  return child.parents().every((parent) => before.has(parent.group)) && hasInputsOf(group, child);
}

function withAncestors(group: Group): Set<Group> {
  const found = new Set([group]);
  // A set goes on with what is added to it meanwhile.
  for (const one of found) for (const parent of one.parents()) found.add(parent.group);
  return found;
}

/** Whether nothing must be sent to the child's subgraph for it, or the same is sent for `group`. */
function hasInputsOf(group: Group, child: Group): boolean {
  const { federatedQueryGraph: graph } = group.dependencyGraph;
  const { inputs, subgraphName } = child;
  if (!graphs.has(graph) || !inputs) return true;
  const schema = graph.sources.get(subgraphName);
  if (!inputs.selectionSets().some((selections) => isExternalIn(schema, selections))) return true;
  const path = child.parents().find((parent) => parent.group === group)?.path;
  const isSameObject = path?.every(({ kind }) => kind === 'FragmentElement');
  return isSameObject === true && group.inputs?.contains(inputs) === true;
}
