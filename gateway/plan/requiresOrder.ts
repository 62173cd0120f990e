/**
 * Prevents the planner from fetching a field with `@requires` before its requirements are available. The planner
 * merges a fetch into an earlier one of the same subgraph although it depends on further fetches, or needs fields
 * that this subgraph cannot resolve, and it selects `@external` fields. The patches here prevent all three.
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

/** The part of the planner's fetch groups that is used here; `path` leads from a parent to this group's objects. */
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
  /** Merges two groups with the same inputs for the same objects. */
  mergeInWithAllDependencies: (this: Group & GroupKind, other: Group & GroupKind) => void;
}

/** The query graphs for which the planner's shared classes are patched. */
const graphs = new WeakSet<QueryGraph>();

/** Merged groups → the groups they were merged into. */
const mergedInto = new WeakMap<Group, Group & GroupKind>();

/** The `@external` fields of subgraphs, as `Type.field`; only subgraphs that have any. */
const externals = new WeakMap<Schema, ReadonlySet<string>>();

let groupKind: GroupKind | undefined;
let isRebaseChanged = false;

/** Returns a function in which the planner must make its plans: the first plan reveals the class to patch. */
export function preventEarlyFetches(planner: QueryPlanner): <Plan>(makePlan: () => Plan) => Plan {
  const { federatedQueryGraph: graph } = planner as unknown as { federatedQueryGraph: QueryGraph };
  const externalsBySchema = [...graph.sources.values()].map(
    (schema) => [schema, externalsOf(schema)] as const,
  );
  // Without external fields nothing can be fetched too early.
  if (externalsBySchema.every(([, names]) => names.size === 0)) return (makePlan) => makePlan();
  for (const [schema, names] of externalsBySchema) if (names.size > 0) externals.set(schema, names);
  graphs.add(graph);
  changeRebase();
  return (makePlan) => (groupKind ? makePlan() : withGroupDetection(makePlan));
}

function externalsOf(schema: Schema): Set<string> {
  const metadata = federationMetadata(schema);
  const isExternal = (field: FieldDefinition<ObjectType | InterfaceType> | undefined) =>
    field !== undefined && metadata?.isFieldExternal(field) === true;
  const fields = [
    ...schema.objectTypes().flatMap((type) => type.fields().filter(isExternal)),
    // One implementing type is enough.
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

/** Patches selection sets: one with external fields cannot be moved to the subgraph. */
function changeRebase(): void {
  if (isRebaseChanged) return;
  isRebaseChanged = true;
  const { canRebaseOn } = SelectionSet.prototype;
  SelectionSet.prototype.canRebaseOn = function (type) {
    return canRebaseOn.call(this, type) && !isExternalIn(type.schema(), this);
  };
}

/** The class of fetch groups is not exported, but the first groups are stored in a map whose class is. */
function withGroupDetection<Plan>(makePlan: () => Plan): Plan {
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
  // An empty group is merged into its parent, where it would leave a fragment without fields.
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
    // The planner continues to merge into a group that was itself merged into another.
    let group: Group & GroupKind = this;
    for (let next = mergedInto.get(group); next; next = mergedInto.get(group)) group = next;
    const isLater = group.isDescendantOf(other);
    const [earlier, later] = isLater ? [other, group] : [group, other];
    if (isLater) mergedInto.set(later, earlier);
    // A group that depends on itself would send the planner into an infinite loop.
    if (later.parents().some((parent) => parent.group === earlier)) earlier.removeChild(later);
    mergeInWithAllDependencies.call(earlier, later);
  };
}

/** Whether all of the child's dependencies are available when `group` is sent. */
function isReadyIn(group: Group, child: Group): boolean {
  if (!graphs.has(group.dependencyGraph.federatedQueryGraph)) return true;
  const before = withAncestors(group);
  return child.parents().every((parent) => before.has(parent.group)) && hasInputsOf(group, child);
}

function withAncestors(group: Group): Set<Group> {
  const ancestors = new Set([group]);
  // Iteration of a set includes elements added meanwhile.
  for (const one of ancestors) for (const parent of one.parents()) ancestors.add(parent.group);
  return ancestors;
}

/** Whether the child's inputs can be resolved by its subgraph, or are sent for `group` too. */
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
