/** Resolvers for sessions, and for the member's own data. */
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { badInput, quoted, unauthenticated, unknownReference } from '../errors.ts';
import type { Reference } from '../graph/federate.ts';
import { type Payload, payloadOf } from '../graph/userErrors.ts';
import type { MembershipContext } from './context.ts';
import {
  Member,
  RefreshSessionPayload,
  RequestSignInLinkPayload,
  SignInPayload,
  SignOutPayload,
  UpdateNewslettersPayload,
} from './memberTypes.ts';
import type { MemberRow } from './rows.ts';
import type { SignInSession } from './sessions/signInService.ts';

/** The scope to read members and their exact number. */
export const readingMembers = 'membership:read';

const newslettersAtMost = 100;

@Resolver()
export class SessionResolver {
  @Mutation(() => RequestSignInLinkPayload, {
    nullable: true,
    description:
      'Sends a sign-in link by e-mail; if the address is unknown, the link creates a free membership. The result is the same ' +
      'whether or not the address is known.',
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
  ): Promise<Payload<{ expiresAt: Date }>> {
    return payloadOf(() => signInService.requestLink({ email, returnTo }, reader.client));
  }

  @Mutation(() => SignInPayload, {
    nullable: true,
    description: 'Begins a session with the token of a sign-in link, which can be used once.',
  })
  signIn(
    @Arg('token', () => String, { description: 'Parameter `token` of the link.' }) token: string,
    @Ctx() { signInService, reader }: MembershipContext,
  ): Promise<Payload<{ session: SignInSession }>> {
    return payloadOf(async () => ({ session: await signInService.signIn(token, reader.client) }));
  }

  @Mutation(() => RefreshSessionPayload, {
    nullable: true,
    description:
      'Exchanges a refresh token, which can be used once, for new tokens; reuse of a token signs out its whole session.',
  })
  refreshSession(
    @Arg('refreshToken', () => String, { description: 'Latest refresh token of the session.' })
    refreshToken: string,
    @Ctx() { signInService, reader }: MembershipContext,
  ): Promise<Payload<{ session: SignInSession }>> {
    return payloadOf(async () => ({ session: await signInService.refresh(refreshToken, reader.client) }));
  }

  @Mutation(() => SignOutPayload, {
    nullable: true,
    description: 'Ends the session of a refresh token; succeeds too if there is no such session.',
  })
  signOut(
    @Arg('refreshToken', () => String, { description: 'Any refresh token of the session.' })
    refreshToken: string,
    @Ctx() { signInService }: MembershipContext,
  ): Promise<Payload> {
    return payloadOf(async () => {
      await signInService.signOut(refreshToken);
      return {};
    });
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

  @Mutation(() => UpdateNewslettersPayload, {
    nullable: true,
    description: 'Replaces the newsletter subscriptions of the signed-in member.',
  })
  @Directive('@authenticated')
  updateNewsletters(
    @Arg('newsletterIds', () => [ID], { description: 'Ids of all newsletters to subscribe to, at most 100.' })
    newsletterIds: string[],
    @Ctx() context: MembershipContext,
  ): Promise<Payload<{ member: MemberRow }>> {
    return payloadOf(async () => ({ member: await chooseNewsletters(newsletterIds, context) }));
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

async function chooseNewsletters(
  newsletterIds: readonly string[],
  { loaders, store, reader }: MembershipContext,
): Promise<MemberRow> {
  const existing = new Set((await loaders.newsletters()).map(({ id }) => id));
  const chosen = [...new Set(newsletterIds.slice(0, newslettersAtMost + 1))];
  if (chosen.length > newslettersAtMost)
    throw badInput(`Expected "newsletterIds" to have at most ${newslettersAtMost} items, but got: more.`);
  const unknownId = chosen.find((id) => !existing.has(id));
  if (unknownId !== undefined)
    throw unknownReference(
      `Expected "newsletterIds" to be ids of existing newsletters, but got: ${quoted(unknownId)}.`,
    );
  const { memberId } = reader;
  const member = memberId === null ? null : await store.chooseNewsletters(memberId, chosen, reader.name);
  if (!member) throw unauthenticated('Expected a signed-in member, but got: another reader.');
  loaders.memberById.clear(member.id).prime(member.id, member);
  return member;
}

/** Resolves members for themselves, and, without their address, for readers with the scope. */
export const memberReference: Reference<MembershipContext> = async ({ id }, { loaders, reader }) => {
  if (typeof id !== 'string') return null;
  if (id === reader.memberId) return loaders.memberById.load(id);
  if (!reader.scopes.has(readingMembers)) return null;
  const member = await loaders.memberById.load(id);
  return member && { ...member, email: null };
};
