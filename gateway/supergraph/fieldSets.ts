/** Reads the field sets of a supergraph: keys, `@requires`, `@provides`, contexts. */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Names of the fields in field sets, which the planner may add to an operation. */
export interface FieldSetFields {
  names: ReadonlySet<string>;
  /** The fields that have arguments there. */
  withArguments: ReadonlySet<string>;
}

const setArguments = new Set(['key', 'requires', 'provides', 'selection']);

/** The fields in all field sets of the supergraph. */
export function readFieldSetFields(document: DocumentNode): FieldSetFields {
  const names = new Set<string>();
  const withArguments = new Set<string>();
  const readSet = (text: string) => {
    for (const { name, arguments: given } of fieldsOf(text)) {
      names.add(name.value);
      if (given && given.length > 0) withArguments.add(name.value);
    }
  };
  visit(document, {
    Directive: (directive) => {
      if (!directive.name.value.startsWith('join__')) return false;
      for (const text of fieldSetsOf(directive as ConstDirectiveNode)) readSet(text);
      return false;
    },
  });
  return { names, withArguments };
}

function fieldSetsOf(directive: ConstDirectiveNode): string[] {
  const texts: string[] = [];
  visit(directive, {
    enter: (node) => {
      const isSet = node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD;
      if (isSet && setArguments.has(node.name.value) && node.value.kind === Kind.STRING)
        texts.push(node.value.value);
    },
  });
  return texts;
}

/** The fields of a field set, including nested ones. */
function fieldsOf(text: string): FieldNode[] {
  const fields: FieldNode[] = [];
  visit(parseFieldSet(text), { Field: (field) => void fields.push(field) });
  return fields;
}

/**
 * Parses a field set. A context's name before its selection (`$context`) is skipped. Throws if the text is not a
 * selection set.
 */
export function parseFieldSet(text: string): SelectionSetNode {
  const selection = text.replace(/^\s*\$\w+/, '').trim();
  const source = selection.startsWith('{') ? selection : `{${selection}}`;
  const [definition] = parse(source, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error(`Expected a field set, but got: ${text}.`);
  return definition.selectionSet;
}
