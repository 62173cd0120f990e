/** Cases that random runs found, each made small and asked again for ever. */
import type { Asked } from './run.ts';

export interface FoundCase {
  name: string;
  /** Why it is not answered rightly yet. The test then asserts that it is not. */
  pending?: string;
  asked: Asked;
}

export const found: readonly FoundCase[] = [
  {
    name: 'an interface object of which no more is asked than the interface has',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'z'],
        types: {
          E0: {
            name: 'E0',
            key: 'simple',
            keysIn: [],
            fields: [
              { name: 'tf0', base: 'Float', type: '[[Float]]', args: '', owners: [1], isOfInterface: true },
            ],
          },
        },
        queries: [{ name: 'qz1', type: '[Thing!]!', base: 'Thing', args: '', owners: [2] }],
        mutations: [],
        interface: {
          fields: [
            { name: 'tf0', base: 'Float', type: '[[Float]]', args: '', owners: [1], isOfInterface: true },
          ],
          members: ['E0'],
          objectIn: 2,
        },
        membersIn: { Any: [['E0'], ['E0']], Thing: [['E0'], ['E0'], ['E0']] },
      },
      question: { query: '{\n  qz1 {\n    zf\n  }\n}', variables: {} },
      faults: [],
    },
  },
  {
    name: 'a fragment on a union, of an interface object',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c', 'd', 'z'],
        types: {
          V0: {
            name: 'V0',
            key: undefined,
            keysIn: [],
            fields: [{ name: 'v0f2', base: 'Boolean', type: '[Boolean!]', args: '', owners: [] }],
          },
          E0: {
            name: 'E0',
            key: 'simple',
            keysIn: [],
            fields: [
              { name: 'e0f0', base: 'Any', type: '[Any!]!', args: '', owners: [2] },
              {
                name: 'tf0',
                base: 'Anything',
                type: '[[Anything]]',
                args: '',
                owners: [1],
                isOfInterface: true,
              },
              {
                name: 'tf1',
                base: 'Int',
                type: 'Int',
                args: '(mood: Mood = B, ids: [ID!])',
                owners: [0],
                isOfInterface: true,
              },
            ],
          },
        },
        queries: [{ name: 'qz1', type: '[Thing!]!', base: 'Thing', args: '', owners: [4] }],
        mutations: [],
        interface: {
          fields: [
            {
              name: 'tf0',
              base: 'Anything',
              type: '[[Anything]]',
              args: '',
              owners: [1],
              isOfInterface: true,
            },
            {
              name: 'tf1',
              base: 'Int',
              type: 'Int',
              args: '(mood: Mood = B, ids: [ID!])',
              owners: [0],
              isOfInterface: true,
            },
          ],
          members: ['E0'],
          objectIn: 4,
        },
        membersIn: {
          Any: [['E0', 'V0'], ['E0', 'V0', 'V1'], ['E0', 'V0'], ['V1']],
          Thing: [['E0'], ['E0'], ['E0'], ['E0'], ['E0']],
        },
      },
      question: {
        query: '{\n  qz1 {\n    ... on Any {\n      ... on Thing {\n        id\n      }\n    }\n  }\n}',
        variables: {},
      },
      faults: [],
    },
  },
  {
    name: 'a name of the client that is a nested key',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c'],
        types: {
          E0: {
            name: 'E0',
            key: 'nested',
            keysIn: [],
            fields: [
              { name: 'e0f0', base: 'String', type: '[String!]', args: '', owners: [0] },
              { name: 'e0f1', base: 'Int', type: 'Int!', args: '', owners: [2] },
              {
                name: 'e0f2',
                base: 'Int',
                type: 'Int!',
                args: '',
                owners: [1],
                requires: [{ field: 'e0f1', args: {}, inside: [] }],
              },
            ],
          },
        },
        queries: [{ name: 'q0', base: 'E0', type: '[E0!]!', args: '', owners: [1] }],
        mutations: [],
        membersIn: {},
        interface: undefined,
      },
      question: { query: '{ q0 { e0f2 k: e0f0 } }' },
      faults: [],
    },
  },
  {
    name: 'a name of the client that is a simple key',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c'],
        types: {
          E0: {
            name: 'E0',
            key: 'simple',
            keysIn: [],
            fields: [
              { name: 'e0f0', base: 'String', type: '[String!]', args: '', owners: [0] },
              { name: 'e0f1', base: 'Int', type: 'Int!', args: '', owners: [2] },
              {
                name: 'e0f2',
                base: 'Int',
                type: 'Int!',
                args: '',
                owners: [1],
                requires: [{ field: 'e0f1', args: {}, inside: [] }],
              },
            ],
          },
        },
        queries: [{ name: 'q0', base: 'E0', type: '[E0!]!', args: '', owners: [1] }],
        mutations: [],
        membersIn: {},
        interface: undefined,
      },
      question: { query: '{ q0 { id: e0f0 e0f1 e0f2 } }' },
      faults: [],
    },
  },
  {
    name: 'a field without an argument beside @requires with one',
    asked: {
      model: {
        subgraphs: ['a', 'b'],
        types: {
          E0: {
            name: 'E0',
            key: 'composite',
            keysIn: [],
            fields: [
              { name: 'e0f0', base: 'Int', type: 'Int', args: '(x: Int)', owners: [1] },
              {
                name: 'e0f1',
                base: 'Int',
                type: 'Int!',
                args: '',
                owners: [0],
                requires: [{ field: 'e0f0', args: { x: 2 }, inside: [] }],
              },
            ],
          },
        },
        queries: [{ name: 'q0', base: 'E0', type: '[E0!]!', args: '', owners: [0] }],
        mutations: [],
        membersIn: {},
        interface: undefined,
      },
      question: { query: '{ q0 { e0f0 e0f1 } }' },
      faults: [],
    },
  },
  {
    name: 'a field with a variable beside @requires with a value',
    asked: {
      model: {
        subgraphs: ['a', 'b'],
        types: {
          E0: {
            name: 'E0',
            key: 'composite',
            keysIn: [],
            fields: [
              { name: 'e0f0', base: 'Int', type: 'Int', args: '(x: Int)', owners: [1] },
              {
                name: 'e0f1',
                base: 'Int',
                type: 'Int!',
                args: '',
                owners: [0],
                requires: [{ field: 'e0f0', args: { x: 2 }, inside: [] }],
              },
            ],
          },
        },
        queries: [{ name: 'q0', base: 'E0', type: '[E0!]!', args: '', owners: [0] }],
        mutations: [],
        membersIn: {},
        interface: undefined,
      },
      question: { query: 'query ($x: Int) { q0 { e0f0(x: $x) e0f1 } }', variables: { x: 3 } },
      faults: [],
    },
  },
  {
    name: 'entities in lists of lists, through several keys',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c'],
        types: {
          E0: {
            name: 'E0',
            key: 'several',
            keysIn: [['id', 'code'], ['code'], ['id']],
            fields: [
              { name: 'e0f0', base: 'E0', type: '[[E0]]', args: '', owners: [0] },
              { name: 'e0f1', base: 'String', type: 'String!', args: '', owners: [1] },
              { name: 'e0f2', base: 'Int', type: 'Int!', args: '', owners: [2] },
            ],
          },
        },
        queries: [{ name: 'q0', base: 'E0', type: '[[E0!]]', args: '', owners: [1] }],
        mutations: [],
        membersIn: {},
        interface: undefined,
      },
      question: { query: '{ q0 { e0f2 e0f0 { e0f1 e0f2 } } }' },
      faults: [],
    },
  },
  {
    name: 'keys in the order of the operation, with fragments between them',
    asked: {
      model: {
        subgraphs: ['a'],
        types: {
          E0: {
            name: 'E0',
            key: 'nested',
            keysIn: [],
            fields: [{ name: 'e0f0', base: 'Int', type: 'Int!', args: '', owners: [0] }],
          },
        },
        queries: [{ name: 'q0', base: 'E0', type: '[E0!]!', args: '', owners: [0] }],
        mutations: [],
        membersIn: {},
        interface: undefined,
      },
      question: { query: '{ q0 { k { ... on E0Key { x_1: x } x ... on E0Key { id } } } }' },
      faults: [],
    },
  },
  {
    name: '@requires of what itself requires the same',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c', 'd'],
        types: {
          V0: {
            name: 'V0',
            keysIn: [],
            fields: [{ name: 'v0f0', base: 'ID', type: '[ID!]!', args: '', owners: [] }],
            key: undefined,
          },
          E1: {
            name: 'E1',
            key: 'simple',
            keysIn: [],
            fields: [
              { name: 'e1f0', base: 'V0', type: 'V0', args: '', owners: [0] },
              {
                name: 'e1f1',
                base: 'Boolean',
                type: '[Boolean!]!',
                args: '',
                owners: [3],
                requires: [{ field: 'e1f0', args: {}, inside: ['v0f0'] }],
              },
              {
                name: 'e1f4',
                base: 'Float',
                type: '[Float!]!',
                args: '',
                owners: [1],
                requires: [
                  { field: 'e1f0', args: {}, inside: ['v0f0'] },
                  { field: 'e1f1', args: {}, inside: [] },
                ],
              },
            ],
          },
        },
        queries: [{ name: 'q1', base: 'E1', type: '[E1]!', args: '', owners: [3] }],
        mutations: [],
        membersIn: {
          Any: [['E1', 'V0'], ['E1', 'V0', 'V1'], ['V0'], ['V1']],
          Thing: [['E0'], ['E0'], ['E0'], ['E0'], ['E0']],
        },
        interface: undefined,
      },
      question: { query: '{\n  q1 {\n    e1f4\n  }\n}', variables: {} },
      faults: [],
    },
  },
  {
    name: 'an object of which no selection can apply',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c', 'd', 'e'],
        types: {
          E0: {
            name: 'E0',
            key: 'simple',
            keysIn: [],
            fields: [{ name: 'tf1', base: 'Int', type: 'Int', args: '', owners: [0], isOfInterface: true }],
          },
          E1: {
            name: 'E1',
            key: 'simple',
            keysIn: [],
            fields: [{ name: 'e1f2', base: 'Any', type: '[Any]!', args: '', owners: [0] }],
          },
        },
        queries: [{ name: 'q3', base: 'E1', type: 'E1!', args: '', owners: [0] }],
        mutations: [],
        membersIn: {
          Any: [['E0', 'E1'], ['E0', 'E1'], ['E0'], ['E0', 'E1'], ['E0', 'E1']],
          Thing: [['E0'], ['E0'], ['E0'], ['E0'], ['E0'], ['E0']],
        },
        interface: undefined,
      },
      question: {
        query:
          'query ($b2: Boolean! = true) {\n  q3 @include(if: $b2) {\n    ... on Any {\n      ... on E0 {\n        tf1\n      }\n    }\n  }\n}',
        variables: {},
      },
      faults: [],
    },
  },
  {
    name: 'an object of which all is left out',
    asked: {
      model: {
        subgraphs: ['a', 'b'],
        types: {
          E0: { name: 'E0', key: 'simple', keysIn: [], fields: [] },
          E1: {
            name: 'E1',
            key: 'simple',
            keysIn: [],
            fields: [{ name: 'e1f5', base: 'Thing', type: '[Thing!]!', args: '', owners: [0] }],
          },
        },
        queries: [{ name: 'q1', base: 'E0', type: 'E0', args: '(x: Int)', owners: [0] }],
        mutations: [],
        interface: { fields: [], members: ['E0'], objectIn: undefined },
        membersIn: {
          Any: [
            ['E0', 'E2', 'V0'],
            ['E0', 'E2', 'V0'],
          ],
          Thing: [['E0'], ['E0'], ['E0']],
        },
      },
      question: {
        query:
          'query ($v0: Int, $b0: Boolean!) {\n  q1(x: $v0) @include(if: $b0) {\n    ... on Thing @include(if: false) {\n      id\n    }\n  }\n}',
        variables: { v0: 2, b0: true },
      },
      faults: [],
    },
  },
  {
    name: 'a subgraph that is down under a field that is left out',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c', 'd', 'e'],
        types: {
          E0: {
            name: 'E0',
            key: 'simple',
            keysIn: [],
            fields: [{ name: 'e0f4', base: 'Anything', type: '[[Anything]]', args: '', owners: [1] }],
          },
        },
        queries: [{ name: 'q2', base: 'E0', type: '[E0!]!', args: '', owners: [2] }],
        mutations: [],
        membersIn: {
          Any: [['V0'], ['V0'], ['V0'], ['V0'], ['V0']],
          Thing: [['E0'], ['E0'], ['E0'], ['E0'], ['E0'], ['E0']],
        },
        interface: undefined,
      },
      question: {
        query:
          'query ($b1: Boolean!) {\n  ... on Query @include(if: $b1) {\n    q2 {\n      e0f4\n    }\n  }\n  q2 {\n    e0f4__mood_v6_ids_20: e0f4\n  }\n}',
        variables: { b1: false },
      },
      faults: [{ kind: 'a subgraph is down', subgraph: 'b', how: 'silent' }],
    },
  },
  {
    name: 'a mutation that stands twice, once under a condition',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c'],
        types: {},
        queries: [{ name: 'q4', base: 'String', type: '[String]!', args: '', owners: [0] }],
        mutations: [
          { name: 'm0', base: 'Int', type: 'Int', args: '(x: Int)', owners: [1] },
          { name: 'm1', base: 'Int', type: 'Int', args: '(x: Int)', owners: [0] },
        ],
        membersIn: { Any: [['E0'], ['E0'], ['E0']], Thing: [['E0'], ['E0'], ['E0'], ['E0']] },
        interface: undefined,
      },
      question: {
        query:
          'mutation ($b0: Boolean!) {\n  ... on Mutation @skip(if: $b0) {\n    m0__x_0_6: m0(x: 0)\n    m1\n  }\n  m0__x_0_6: m0(x: 0)\n}',
        variables: { b0: false },
      },
      faults: [],
    },
  },
  {
    name: 'a list of objects of which all is left out by a variable',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c'],
        types: {
          V0: {
            name: 'V0',
            keysIn: [],
            fields: [{ name: 'v0f1', base: 'Anything', type: '[Anything!]!', args: '', owners: [] }],
            key: undefined,
          },
        },
        queries: [{ name: 'q0', base: 'V0', type: '[V0!]!', args: '', owners: [0] }],
        mutations: [],
        membersIn: { Any: [['E0'], ['E0'], ['E0']], Thing: [['E0'], ['E0'], ['E0'], ['E0']] },
        interface: undefined,
      },
      question: {
        query:
          'query Asked($b0: Boolean!, $b2: Boolean! = true) {\n  q0 @skip(if: $b0) {\n    v0f1 @skip(if: $b2)\n  }\n}',
        variables: { b0: false, b2: true },
        operationName: 'Asked',
      },
      faults: [],
    },
  },
  {
    name: 'an interface object with a fragment that never applies',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'c', 'd', 'e', 'z'],
        types: {
          V0: {
            name: 'V0',
            key: undefined,
            keysIn: [],
            fields: [{ name: 'v0f0', base: 'ID', type: '[ID]', args: '(text: String!)', owners: [] }],
          },
          E0: { name: 'E0', key: 'simple', keysIn: [], fields: [] },
        },
        queries: [
          { name: 'q3', base: 'Any', type: '[Any!]!', args: '', owners: [0] },
          { name: 'qz1', type: '[Thing!]!', base: 'Thing', args: '', owners: [5] },
        ],
        mutations: [],
        interface: { fields: [], members: ['E0'], objectIn: 5 },
        membersIn: {
          Any: [
            ['E0', 'V0'],
            ['E0', 'V0'],
            ['E0', 'V0'],
            ['E0', 'V0'],
            ['E0', 'V0'],
          ],
          Thing: [['E0'], ['E0'], ['E0'], ['E0'], ['E0'], ['E0']],
        },
      },
      question: {
        query:
          '{\n  qz1 {\n    id\n    ... on Any {\n      ... on V0 {\n        v0f0(text: "")\n      }\n    }\n  }\n}',
        variables: {},
      },
      faults: [],
    },
  },
  {
    name: 'a fragment for one of the types of an interface object, left out by a variable',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'z'],
        types: {
          E1: {
            name: 'E1',
            key: 'simple',
            keysIn: [],
            fields: [{ name: 'tf0', base: 'ID', type: 'ID', args: '', owners: [0], isOfInterface: true }],
          },
          E2: {
            name: 'E2',
            key: 'simple',
            keysIn: [],
            fields: [
              { name: 'e2f2', base: 'ID', type: '[[ID]]', args: '(text: String!)', owners: [0] },
              { name: 'tf0', base: 'ID', type: 'ID', args: '', owners: [0], isOfInterface: true },
            ],
          },
        },
        queries: [{ name: 'qz1', type: '[Thing!]!', base: 'Thing', args: '', owners: [2] }],
        mutations: [],
        interface: {
          fields: [{ name: 'tf0', base: 'ID', type: 'ID', args: '', owners: [0], isOfInterface: true }],
          members: ['E1', 'E2'],
          objectIn: 2,
        },
        membersIn: {
          Any: [
            ['E1', 'V0'],
            ['E1', 'E3', 'V0'],
          ],
          Thing: [
            ['E1', 'E2'],
            ['E1', 'E2'],
            ['E1', 'E2'],
          ],
        },
      },
      question: {
        query:
          'query ($b2: Boolean! = true) {\n  qz1 {\n    zf\n    ... on E2 @include(if: $b2) {\n      e2f2(text: "quoted")\n    }\n  }\n}',
        variables: { b2: false },
      },
      faults: [],
    },
  },
  {
    name: 'fields of the root within a list that is empty, where they fail',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'z'],
        types: {
          E1: {
            name: 'E1',
            key: 'simple',
            keysIn: [],
            fields: [
              { name: 'e1f5', base: 'Query', type: '[Query!]', args: '', owners: [0] },
              { name: 'tf0', base: 'ID', type: 'ID', args: '', owners: [0], isOfInterface: true },
            ],
          },
          E2: {
            name: 'E2',
            key: 'simple',
            keysIn: [],
            fields: [{ name: 'tf0', base: 'ID', type: 'ID', args: '', owners: [0], isOfInterface: true }],
          },
        },
        queries: [
          { name: 'q0', base: 'E1', type: '[E1]!', args: '', owners: [0] },
          { name: 'qz0', type: 'Thing', base: 'Thing', args: '', owners: [2] },
        ],
        mutations: [],
        interface: {
          fields: [{ name: 'tf0', base: 'ID', type: 'ID', args: '', owners: [0], isOfInterface: true }],
          members: ['E1', 'E2'],
          objectIn: 2,
        },
        membersIn: {
          Any: [
            ['E1', 'V0'],
            ['E1', 'E3', 'V0'],
          ],
          Thing: [
            ['E1', 'E2'],
            ['E1', 'E2'],
            ['E1', 'E2'],
          ],
        },
      },
      question: {
        query: '{\n  q0 {\n    e1f5 {\n      qz0 {\n        zf\n      }\n    }\n  }\n}',
        variables: {},
      },
      faults: [{ kind: 'a field throws', type: 'Query', field: 'qz0', rows: 5262 }],
    },
  },
  {
    name: 'a subgraph without data and without errors, of which its only field is asked',
    asked: {
      model: {
        subgraphs: ['a', 'b'],
        types: {},
        queries: [],
        mutations: [],
        interface: undefined,
        membersIn: { Any: [['E0'], ['E0']], Thing: [['E0'], ['E0'], ['E0']] },
      },
      question: { query: 'query Asked {\n  own1\n}', variables: {}, operationName: 'Asked' },
      faults: [{ kind: 'a subgraph is down', subgraph: 'b', how: 'silent' }],
    },
  },
  {
    name: 'an alias that every object has, of what takes the whole answer with it',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'z'],
        types: {
          E2: {
            name: 'E2',
            key: 'simple',
            keysIn: [],
            fields: [{ name: 'e2f2', base: 'String', type: 'String!', args: '', owners: [0] }],
          },
        },
        queries: [],
        mutations: [{ name: 'm0', base: 'E2', type: 'E2!', args: '(x: Int)', owners: [0] }],
        interface: undefined,
        membersIn: {
          Any: [
            ['E0', 'E1', 'E2'],
            ['E0', 'E1', 'E2'],
          ],
          Thing: [['E2'], ['E2'], ['E2']],
        },
      },
      question: { query: 'mutation {\n  constructor: m0 {\n    e2f2\n  }\n}', variables: {} },
      faults: [{ kind: 'a field throws', type: 'E2', field: 'e2f2', rows: 3174 }],
    },
  },
  {
    name: 'fields of a mutation under one condition, another field between them',
    asked: {
      model: {
        subgraphs: ['a', 'b', 'z'],
        types: {},
        queries: [],
        mutations: [{ name: 'm0', base: 'Int', type: 'Int', args: '(x: Int)', owners: [1] }],
        interface: undefined,
        membersIn: {
          Any: [
            ['E0', 'E1', 'E2'],
            ['E0', 'E1', 'E2'],
          ],
          Thing: [
            ['E2', 'E3'],
            ['E2', 'E3'],
            ['E2', 'E3'],
          ],
        },
      },
      question: {
        query:
          'mutation ($b2: Boolean! = false) {\n  ... on Mutation @skip(if: $b2) {\n    m0__x_3_6: m0\n  }\n  m0__x_null_9: m0\n  m0 @include(if: $b2)\n  m0\n}',
        variables: { b2: false },
      },
      faults: [],
    },
  },
  {
    name: 'fields of a mutation in fragments that are alike, another field between them',
    asked: {
      model: {
        subgraphs: ['a', 'b'],
        types: {},
        queries: [],
        mutations: [{ name: 'm0', base: 'Int', type: 'Int', args: '(x: Int)', owners: [0] }],
        interface: undefined,
        membersIn: {
          Any: [
            ['E0', 'E1'],
            ['E0', 'E1', 'E3'],
          ],
          Thing: [['E0'], ['E0'], ['E0']],
        },
      },
      question: {
        query:
          'mutation {\n  ... on Mutation {\n    m0__x_2_6: m0\n  }\n  m0\n  ... on Mutation {\n    m0__x_null_9: m0\n  }\n}',
        variables: {},
      },
      faults: [],
    },
  },
];
