/** Every case there is. */
import type { FederationCase } from '../support/federation/case.ts';
import { abstractTypes } from './abstract/abstract.ts';
import { entityInterfaces } from './abstract/entityInterface.ts';
import { members } from './abstract/members.ts';
import { widerInterfaces } from './abstract/wider.ts';
import { guardedFields, guardedRoots } from './auth/fields.ts';
import { guardedInterfaceObject, guardedInterfaces, guardedRequires } from './auth/interfaces.ts';
import { conditions } from './conditions/conditions.ts';
import { literalConditions } from './conditions/literals.ts';
import { requiredConditions } from './conditions/required.ts';
import { contexts, contextsOfMany, contextsWithin } from './context/context.ts';
import { oddAnswers } from './errors/answers.ts';
import { downs, errors } from './errors/errors.ts';
import { interfaceObjectAgain } from './interfaceObject/again.ts';
import { interfaceObject, unresolvableInterfaceObject } from './interfaceObject/interfaceObject.ts';
import { compositeKeys, manyKeys, nestedKeys } from './keys/composite.ts';
import { keysWithNulls } from './keys/holes.ts';
import { mashedKeys } from './keys/mashed.ts';
import { simpleKeys } from './keys/simple.ts';
import { unresolvableKeys } from './keys/unresolvable.ts';
import { circularInterfaces } from './mixed/circular.ts';
import { mixedVersions } from './mixed/fed1.ts';
import { nestedSets } from './mixed/nested.ts';
import { differentNullability } from './mixed/nullability.ts';
import { sharedRoots } from './mixed/sharedRoots.ts';
import { mutations } from './mutations/mutations.ts';
import { payloads } from './mutations/payload.ts';
import { rootsWithin } from './mutations/within.ts';
import { names } from './names/names.ts';
import { typenames } from './names/typename.ts';
import { nulls, unknownEntities } from './nulls/nulls.ts';
import { overrideOnAbstract } from './override/abstract.ts';
import { overrideRequired } from './override/more.ts';
import { override, progressiveOverride } from './override/override.ts';
import { provides, providesOnAbstract } from './provides/provides.ts';
import { repeats } from './repeats/repeats.ts';
import { requiresAbstract, requiresInTurn } from './requires/abstract.ts';
import { requiresWithArguments } from './requires/arguments.ts';
import { requiresBack } from './requires/back.ts';
import { requiresByType } from './requires/branches.ts';
import { requiresFailing } from './requires/failing.ts';
import { requiresOfOtherTypes } from './requires/otherTypes.ts';
import { chains, requires, requiresEntities } from './requires/simple.ts';
import { shapes } from './shapes/shapes.ts';
import { shareable } from './shareable/shareable.ts';
import { hidden, hiddenAnswers, types } from './types/types.ts';
import { values } from './values/values.ts';
import { variables } from './variables/variables.ts';

export const cases: readonly FederationCase[] = [
  simpleKeys,
  compositeKeys,
  nestedKeys,
  manyKeys,
  mashedKeys,
  keysWithNulls,
  unresolvableKeys,
  requires,
  chains,
  requiresEntities,
  requiresWithArguments,
  requiresAbstract,
  requiresInTurn,
  requiresBack,
  requiresByType,
  requiresFailing,
  requiresOfOtherTypes,
  provides,
  providesOnAbstract,
  shareable,
  override,
  overrideRequired,
  progressiveOverride,
  overrideOnAbstract,
  interfaceObject,
  unresolvableInterfaceObject,
  interfaceObjectAgain,
  entityInterfaces,
  abstractTypes,
  members,
  widerInterfaces,
  types,
  hidden,
  hiddenAnswers,
  contexts,
  contextsOfMany,
  contextsWithin,
  nulls,
  unknownEntities,
  errors,
  downs,
  oddAnswers,
  mutations,
  payloads,
  rootsWithin,
  variables,
  values,
  names,
  typenames,
  conditions,
  requiredConditions,
  literalConditions,
  shapes,
  mixedVersions,
  sharedRoots,
  circularInterfaces,
  differentNullability,
  nestedSets,
  repeats,
  guardedFields,
  guardedRoots,
  guardedInterfaces,
  guardedInterfaceObject,
  guardedRequires,
];
