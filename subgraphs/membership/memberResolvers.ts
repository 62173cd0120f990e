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
      'Mails a link by which whoever reads the mail signs in, or joins for free where nobody has the address. The answer ' +
      'is the same whether or not the address is known. RATE_LIMITED where it is asked for too often.',
  })
  requestSignInLink(
    @Arg('email', () => String, { description: 'Where the link is mailed to.' }) email: string,
    @Arg('returnTo', () => String, {
      nullable: true,
      description: 'The path on our site to come back to: "/articles/one". The link bears it as `returnTo`.',
    })
    returnTo: string | null | undefined,
    @Ctx() { signInService, reader }: MembershipContext,
  ): Promise<SignInLinkPayload> {
    return signInService.requestLink({ email, returnTo }, reader.client);
  }

  @Mutation(() => SessionPayload, {
    nullable: true,
    description: 'Uses the token of a mailed link, once. UNAUTHENTICATED where it is not in force.',
  })
  signIn(
    @Arg('token', () => String, { description: 'What the link bears as `token`.' }) token: string,
    @Ctx() { signInService, reader }: MembershipContext,
  ): Promise<SignInSession> {
    return signInService.signIn(token, reader.client);
  }

  @Mutation(() => SessionPayload, {
    nullable: true,
    description:
      'The next session for a refresh token, which can be used once: where it comes again, all that came of it is signed ' +
      'out. UNAUTHENTICATED where it is not in force.',
  })
  refreshSession(
    @Arg('refreshToken', () => String, { description: 'The one that came last.' }) refreshToken: string,
    @Ctx() { signInService, reader }: MembershipContext,
  ): Promise<SignInSession> {
    return signInService.refresh(refreshToken, reader.client);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description: 'Ends the session of a refresh token. True always, whether or not there was one.',
  })
  async signOut(
    @Arg('refreshToken', () => String, { description: 'Any of the session.' }) refreshToken: string,
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
    description: 'The member who is signed in; null when nobody is, or whoever is has left.',
  })
  me(@Ctx() { loaders, reader: { memberId } }: MembershipContext): Promise<MemberRow | null> | null {
    return memberId === null ? null : loaders.memberById.load(memberId);
  }

  @Mutation(() => Member, {
    nullable: true,
    description: 'Has the member who is signed in get these newsletters and no others.',
  })
  @Directive('@authenticated')
  async updateNewsletters(
    @Arg('newsletterIds', () => [ID], { description: 'All that they want, 100 at most.' })
    newsletterIds: string[],
    @Ctx() { loaders, store, reader }: MembershipContext,
  ): Promise<MemberRow> {
    const newsletterIdSet = new Set((await loaders.newsletters()).map(({ id }) => id));
    const chosen = [...new Set(newsletterIds.slice(0, newslettersAtMost + 1))];
    if (chosen.length > newslettersAtMost)
      throw badInput(`Expected "newsletterIds" to be at most ${newslettersAtMost}, but got: more.`);
    const unknownId = chosen.find((id) => !newsletterIdSet.has(id));
    if (unknownId !== undefined)
      throw badInput(`Expected the ids of newsletters that there are, but got: ${quoted(unknownId)}.`);
    const { memberId } = reader;
    const member = memberId === null ? null : await store.chooseNewsletters(memberId, chosen, reader.name);
    if (!member) throw unauthenticated('Expected a member to be signed in, but got: somebody else.');
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
