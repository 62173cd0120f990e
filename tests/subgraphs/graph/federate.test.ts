import { describe, expect, it } from '@jest/globals';
import { parse, print } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql';
import { federate } from '../../../subgraphs/graph/federate.ts';

@ArgsType()
class Range {
  @Field(() => Int) from!: number;
  @Field(() => Int) until!: number;
}

@Resolver()
class Queries {
  @Query(() => String)
  echo(
    @Arg('zero', () => String) zero: string,
    @Args(() => Range) { from, until }: Range,
    @Ctx() _context: unknown,
    @Arg('last', () => Int, { defaultValue: 3 }) last: number,
    @Arg('also', () => String, { nullable: true }) also: string | null,
  ): string {
    return [zero, from, until, last, also].join(' ');
  }
}

describe('federate', () => {
  it('prints arguments in the order of the parameters, at every build', () => {
    const sdl = () => print(parse(federate({ resolvers: [Queries], references: {} }).sdl));
    const field = 'echo(zero: String!, from: Int!, until: Int!, last: Int! = 3, also: String): String!';
    expect(sdl()).toContain(field);
    expect(sdl()).toContain(field);
  });
});
