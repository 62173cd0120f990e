/** Operations are planned once, found again at once, and forgotten when there are too many. */

import type { QueryPlan } from '@apollo/query-planner';
import { describe, expect, it } from '@jest/globals';
import { type DocumentNode, parse } from 'graphql';
import { rollLabel } from '../../../gateway/plan/overrideLabels.ts';
import { openPlans } from '../../../gateway/plan/prepareOperation.ts';
import { buildModel } from '../../../gateway/supergraph/supergraphModel.ts';

const sdl = `
  directive @join__field(graph: String, override: String, overrideLabel: String, requires: String) repeatable on FIELD_DEFINITION
  type Query { story(id: ID): Story bill: Bill }
  type Story { title(words: Int): String body: String }
  type Bill {
    amount: Int @join__field(graph: "NEW", override: "old", overrideLabel: "percent(50)")
    payer: String @join__field(graph: "NEW", override: "old", overrideLabel: "payers")
    due: String @join__field(graph: "OLD", requires: "date")
    date: String @join__field(graph: "NEW", override: "old", overrideLabel: "dates")
  }
`;
const model = buildModel(sdl, sdl);

interface Compiled {
  text: string;
  labels: readonly string[];
}

/** A planner that writes down what it is asked, and answers when it is told to. */
function openAll({ maxBytes }: { maxBytes?: number } = {}) {
  const asked: Compiled[] = [];
  const waiting: (() => void)[] = [];
  let fault: Error | undefined;
  let isHeld = false;
  let compiled = 0;
  const planOf = new WeakMap<QueryPlan, Compiled>();
  const plans = openPlans<Compiled>({
    planner: {
      model,
      plan: async (text, overrides = new Map()) => {
        const labels = [...overrides].filter(([, holds]) => holds).map(([label]) => label);
        asked.push({ text, labels });
        if (isHeld) await new Promise<void>((go) => waiting.push(go));
        if (fault) throw fault;
        const plan: QueryPlan = { kind: 'QueryPlan' };
        planOf.set(plan, { text, labels });
        return plan;
      },
    },
    compile: (plan) => {
      compiled++;
      return { ...(planOf.get(plan) as Compiled) };
    },
    ...(maxBytes !== undefined && { maxBytes }),
  });
  return {
    ...plans,
    asked,
    compiled: () => compiled,
    fail: (error: Error | undefined) => {
      fault = error;
    },
    hold: () => {
      isHeld = true;
    },
    goOn: () => {
      isHeld = false;
      for (const go of waiting.splice(0)) go();
    },
  };
}

const story = (id: string) => parse(`{ story(id: "${id}") { title } }`);

describe('preparing an operation', () => {
  it('plans it once, and gives it at once from then on', async () => {
    const { prepare, asked } = openAll();
    const document = story('1');
    const first = await prepare(document);
    const again = prepare(document);
    expect(again).not.toBeInstanceOf(Promise);
    expect(again).toEqual(first);
    expect(asked).toHaveLength(1);
  });

  it('shares the plan with operations that mean the same, each with its own values', async () => {
    const { prepare, asked } = openAll();
    const [one, other] = await Promise.all([prepare(story('1')), prepare(story('2'))]);
    expect(asked).toHaveLength(1);
    expect(other.compiled).toBe(one.compiled);
    expect(
      [one, other].map(({ operation }) => operation.variables.map((given) => 'json' in given && given.json)),
    ).toEqual([['"1"'], ['"2"']]);
  });

  it('plans once what is asked for again while it is being planned', async () => {
    const { prepare, asked, hold, goOn } = openAll();
    hold();
    const document = story('1');
    const all = [prepare(document), prepare(document), prepare(story('3'))];
    goOn();
    const compiled = (await Promise.all(all)).map((one) => one.compiled);
    expect(new Set(compiled).size).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it('tells all who wait of a failure, and tries again for the next', async () => {
    const { prepare, asked, fail } = openAll();
    const document = story('1');
    fail(new Error('No time.'));
    const outcomes = await Promise.allSettled([prepare(document), prepare(story('2'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toHaveLength(1);
    fail(undefined);
    await expect(prepare(document)).resolves.toMatchObject({ compiled: { labels: [] } });
    expect(asked).toHaveLength(2);
  });

  it('rejects, and does not throw, when the document has no such operation', async () => {
    const { prepare } = openAll();
    await expect(prepare(parse('query A { story { body } }'), 'B')).rejects.toThrow('Expected an operation');
  });

  it('tells the operations of one document apart', async () => {
    const { prepare, asked } = openAll();
    const document = parse('query A { story { body } } query B { bill { due } }');
    const [a, b] = [await prepare(document, 'A'), await prepare(document, 'B')];
    expect(a.compiled.text).toContain('body');
    expect(b.compiled.text).toContain('due');
    expect(prepare(document, 'A')).toEqual(a);
    expect(asked).toHaveLength(2);
  });

  it('hands out what checks the values of the variables', async () => {
    const { prepare } = openAll();
    const { checkVariables } = await prepare(parse('query ($id: ID!) { story(id: $id) { body } }'));
    expect(checkVariables({ id: '1' })).toBeUndefined();
    expect(checkVariables({})?.map(({ message }) => message)).toEqual([
      'Variable "$id" of required type "ID!" was not provided.',
    ]);
  });

  const threePages = () =>
    ['a', 'b', 'c'].map((name) => parse(`{ ${name}${name.repeat(30)}: bill { due } }`)) as [
      DocumentNode,
      DocumentNode,
      DocumentNode,
    ];

  it('drops the compiled plan that was least recently used, and compiles it again without planning', async () => {
    const { prepare, asked, compiled } = openAll({ maxBytes: 16_000 });
    const [a, b, c] = threePages();
    await prepare(a);
    await prepare(b);
    await prepare(a);
    await prepare(c);
    expect(prepare(a)).not.toBeInstanceOf(Promise);
    const again = prepare(b);
    expect(again).toBeInstanceOf(Promise);
    await again;
    expect(compiled()).toBe(4);
    expect(asked).toHaveLength(3);
  });

  it('plans again what was dropped as text, too', async () => {
    const { prepare, asked } = openAll({ maxBytes: 100 });
    const [a, b] = threePages();
    await prepare(a);
    await prepare(b);
    await prepare(a);
    expect(asked).toHaveLength(3);
  });

  it('lists what is known as clients wrote it, the most used first', async () => {
    const { prepare, known } = openAll();
    const [rare, often] = [parse('query Rare { bill { due } }'), story('1')];
    await prepare(rare, 'Rare');
    await prepare(often);
    await prepare(story('2'));
    await prepare(often);
    expect(known()).toEqual([
      { document: often, operationName: undefined, uses: 3 },
      { document: rare, operationName: 'Rare', uses: 1 },
    ]);
  });
});

describe('labels of progressive @override', () => {
  const holding =
    (...labels: string[]) =>
    (label: string) =>
      labels.includes(label);

  it('are asked for only where a field of theirs may be asked for', async () => {
    const { prepare } = openAll();
    const looked: string[] = [];
    const look = (label: string) => {
      looked.push(label);
      return false;
    };
    await prepare(parse('{ bill { amount } }'), undefined, look);
    // "date" is what the planner needs for "due", whoever asks.
    expect(looked).toEqual(['dates', 'percent(50)']);
  });

  it('have a plan for each set that holds', async () => {
    const { prepare, asked } = openAll();
    const document = parse('{ bill { amount payer } }');
    for (const held of [[], ['payers'], ['percent(50)', 'payers'], ['payers'], []])
      expect((await prepare(document, undefined, holding(...held))).compiled.labels).toEqual(
        [...held].sort(),
      );
    expect(asked).toHaveLength(3);
  });

  it('that make no difference to an operation share its plan', async () => {
    const { prepare, asked } = openAll();
    await prepare(parse('{ bill { amount } }'), undefined, holding('payers'));
    await prepare(parse('{ bill { amount } }'), undefined, holding());
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['percent(25)', 0.2499, true],
    ['percent(25)', 0.25, false],
    ['percent(0)', 0, false],
    ['percent(100)', 0.999999, true],
    ['percent(0.00000001)', 0, true],
    ['percent(50) of all', 0, false],
    ['beta', 0, false],
  ])('hold by chance for a share: %s at %d is %s', (label, chance, holds) => {
    expect(rollLabel(label, () => chance)).toBe(holds);
  });
});
