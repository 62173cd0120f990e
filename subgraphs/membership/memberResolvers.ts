/** Resolvers for sessions, and for the member's own data. */
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { badInput, quoted, unauthenticated } from '../errors.ts';
import type { Reference } from '../graph/federate.ts';
import type { MembershipContext } from './context.ts';
import { Member, SessionPayload, SignInLinkPayload } from './memberTypes.ts';
import type { MemberRow } from './rows.ts';
import type { SignInSession } from './sessions/signInService.ts';

/** The scope to read members and their exact number. */
export const readingMembers = 'membership:read';

const newslettersAtMost = 100;

@Resolver(() => SessionPayload)
export class SessionResolver {
  @Mutation(() => SignInLinkPayload, {
    nullable: true,
    description:
      'Sends a sign-in link by e-mail; if the address is unknown, the link creates a free membership. The result is the same ' +
      'whether or not the address is known. Too many requests fail with the code RATE_LIMITED.',
  })
  requestSignInLink(
    @Arg('email', () => String, { description: 'E-mail address to send the link to.' }) email: string,
    @Arg('returnTo', () => String, {
      nullable: true,
      description:
        'Path on the site to return to, such as "/articles/one"; the link has it as its parameter `returnTo`.',
    })
    returnTo: string | null | undefined,
    @Ctx() { signInService, reader }: MembershipContext,
  ): Promise<SignInLinkPayload> {
    return signInService.requestLink({ email, returnTo }, reader.client);
  }

  @Mutation(() => SessionPayload, {
    nullable: true,
    description:
      'Signs in with the token of a sign-in link. An invalid token fails with the code UNAUTHENTICATED.',
  })
  signIn(
    @Arg('token', () => String, { description: 'Parameter `token` of the link.' }) token: string,
    @Ctx() { signInService, reader }: MembershipContext,
  ): Promise<SignInSession> {
    return signInService.signIn(token, reader.client);
  }

  @Mutation(() => SessionPayload, {
    nullable: true,
    description:
      'Exchanges a refresh token, which can be used once, for new tokens; reuse of a token signs out its whole session. ' +
      'An invalid token fails with the code UNAUTHENTICATED.',
  })
  refreshSession(
    @Arg('refreshToken', () => String, { description: 'Latest refresh token of the session.' })
    refreshToken: string,
    @Ctx() { signInService, reader }: MembershipContext,
  ): Promise<SignInSession> {
    return signInService.refresh(refreshToken, reader.client);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description: 'Ends the session of a refresh token. Always true, even if there is no such session.',
  })
  async signOut(
    @Arg('refreshToken', () => String, { description: 'Any refresh token of the session.' })
    refreshToken: string,
    @Ctx() { signInService }: MembershipContext,
  ): Promise<boolean> {
    await signInService.signOut(refreshToken);
    return true;
  }
}

@Resolver(() => Member)
export class MemberResolver {
  @Query(() => Member, {
    nullable: true,
    description: 'Signed-in member; null if nobody is signed in, or the membership has ended.',
  })
  me(@Ctx() { loaders, reader: { memberId } }: MembershipContext): Promise<MemberRow | null> | null {
    return memberId === null ? null : loaders.memberById.load(memberId);
  }

  @Mutation(() => Member, {
    nullable: true,
    description: 'Replaces the newsletter subscriptions of the signed-in member.',
  })
  @Directive('@authenticated')
  async updateNewsletters(
    @Arg('newsletterIds', () => [ID], { description: 'Ids of all newsletters to subscribe to, at most 100.' })
    newsletterIds: string[],
    @Ctx() { loaders, store, reader }: MembershipContext,
  ): Promise<MemberRow> {
    const newsletterIdSet = new Set((await loaders.newsletters()).map(({ id }) => id));
    const chosen = [...new Set(newsletterIds.slice(0, newslettersAtMost + 1))];
    if (chosen.length > newslettersAtMost)
      throw badInput(`Expected "newsletterIds" to have at most ${newslettersAtMost} items, but got: more.`);
    const unknownId = chosen.find((id) => !newsletterIdSet.has(id));
    if (unknownId !== undefined)
      throw badInput(
        `Expected "newsletterIds" to be ids of existing newsletters, but got: ${quoted(unknownId)}.`,
      );
    const { memberId } = reader;
    const member = memberId === null ? null : await store.chooseNewsletters(memberId, chosen, reader.name);
    if (!member) throw unauthenticated('Expected a signed-in member, but got: another reader.');
    loaders.memberById.clear(member.id).prime(member.id, member);
    return member;
  }

  @FieldResolver()
  async tiers(@Root() { tierIds }: MemberRow, @Ctx() { loaders }: MembershipContext) {
    const loaded = await Promise.all(tierIds.map((id) => loaders.tierById.load(id)));
    return loaded.filter((tier) => tier !== null);
  }

  @FieldResolver()
  async newsletters(@Root() { newsletterIds }: MemberRow, @Ctx() { loaders }: MembershipContext) {
    return (await loaders.newsletters()).filter(({ id }) => newsletterIds.includes(id));
  }
}

/** Resolves members for themselves, and, without their address, for readers with the scope. */
export const memberReference: Reference<MembershipContext> = async ({ id }, { loaders, reader }) => {
  if (typeof id !== 'string') return null;
  if (id === reader.memberId) return loaders.memberById.load(id);
  if (!reader.scopes.has(readingMembers)) return null;
  const member = await loaders.memberById.load(id);
  return member && { ...member, email: null };
};
