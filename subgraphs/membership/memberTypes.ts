/** GraphQL types for members and sessions. */
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from '../graph/enums.ts';
import { DateTime } from '../graph/scalars.ts';
import { type UserError, userErrorsField } from '../graph/userErrors.ts';
import type { MemberStatus } from './content.ts';
import { Newsletter, Tier } from './types.ts';

const memberStatuses = enumOf<MemberStatus>('MemberStatus', 'How a member came by their membership.', {
  FREE: 'By signing up, without a payment.',
  PAID: 'By a subscription of their own.',
  COMPED: 'The newsroom gave it to them.',
  GIFT: 'Somebody else pays.',
});

@ObjectType({ description: 'Member of the publication; visible to the member only.' })
@Directive('@key(fields: "id")')
export class Member {
  @Field(() => ID, { description: 'Key of the member, the same as `sub` of their access token.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'E-mail address for sign-in links; null for other readers than the member.',
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the member; null if unknown.' })
  name!: string | null;

  @Field(() => memberStatuses, { description: 'Whether they pay, and if not, why they need not.' })
  status!: MemberStatus;

  @Field(() => [Tier], { description: 'What they have joined; empty for a free membership without a tier.' })
  tiers?: Tier[];

  @Field(() => [Newsletter], { description: 'Newsletters that the member subscribes to, ordered by name.' })
  newsletters?: Newsletter[];

  @Field(() => DateTime, { description: 'When the membership began; a change of tier does not change it.' })
  memberSince!: Date;
}

@ObjectType({
  description:
    'What a signed-in reader keeps: an access token for minutes, and a refresh token for the next one.',
})
export class Session {
  @Field(() => String, {
    description: 'JSON Web Token to send as "Authorization: Bearer ..." until it expires.',
  })
  accessToken!: string;

  @Field(() => String, {
    description: 'Secret token for `refreshSession` and `signOut`; it can be used once, within 30 days.',
  })
  refreshToken!: string;

  @Field(() => DateTime, { description: 'When the access token expires.' })
  expiresAt!: Date;

  @Field(() => Member, { nullable: true, description: 'Signed-in member; null only with an error.' })
  member?: Member | null;
}

@ObjectType({ description: 'Result of `requestSignInLink`, the same whether or not the address is known.' })
export class RequestSignInLinkPayload {
  @Field(() => DateTime, {
    nullable: true,
    description: 'When the mailed link expires, which can be used once; null if the request was refused.',
  })
  expiresAt?: Date | null;

  @userErrorsField()
  userErrors!: UserError[];
}

@ObjectType({ description: 'Result of `signIn`.' })
export class SignInPayload {
  @Field(() => Session, { nullable: true, description: 'The session that begins; null if there is none.' })
  session?: Session | null;

  @userErrorsField()
  userErrors!: UserError[];
}

@ObjectType({ description: 'Result of `refreshSession`.' })
export class RefreshSessionPayload {
  @Field(() => Session, {
    nullable: true,
    description: 'The session with its next tokens; null if it is over.',
  })
  session?: Session | null;

  @userErrorsField()
  userErrors!: UserError[];
}

@ObjectType({ description: 'Result of `signOut`.' })
export class SignOutPayload {
  @userErrorsField()
  userErrors!: UserError[];
}

@ObjectType({ description: 'Result of `updateNewsletters`.' })
export class UpdateNewslettersPayload {
  @Field(() => Member, {
    nullable: true,
    description: 'The signed-in member with the chosen newsletters; null if they were refused.',
  })
  member?: Member | null;

  @userErrorsField()
  userErrors!: UserError[];
}
