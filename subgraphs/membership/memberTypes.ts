/** GraphQL types for members and sessions. */
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from '../graph/enums.ts';
import { DateTime } from '../graph/scalars.ts';
import type { MemberStatus } from './content.ts';
import { Newsletter, Tier } from './types.ts';

const memberStatuses = enumOf<MemberStatus>('MemberStatus', 'How a member came by their membership.', {
  FREE: 'It costs nothing.',
  PAID: 'They pay for it.',
  COMPED: 'The newsroom gives it to them.',
  GIFT: 'Somebody else paid for it.',
});

@ObjectType({ description: 'Somebody who is part of the community. Nobody sees a member but themselves.' })
@Directive('@key(fields: "id")')
export class Member {
  @Field(() => ID, { description: 'Stays the same for as long as the member is known.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The address that sign-in links are mailed to; null to anybody but the member.',
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'What they are called; null where they never said.' })
  name!: string | null;

  @Field(() => memberStatuses, { description: 'How they came by their membership.' })
  status!: MemberStatus;

  @Field(() => [Tier], { description: 'What they are members of.' })
  tiers?: Tier[];

  @Field(() => [Newsletter], { description: 'The newsletters that they get, by name.' })
  newsletters?: Newsletter[];

  @Field(() => DateTime, { description: 'When they joined.' })
  memberSince!: Date;
}

@ObjectType({
  description: 'What is known when a sign-in link was asked for: nothing of whether the address is.',
})
export class SignInLinkPayload {
  @Field(() => Boolean, {
    description: 'True: a mail is on its way to the address, whether or not somebody has it already.',
  })
  accepted!: boolean;

  @Field(() => DateTime, { description: 'Until when the link holds; it can be used once.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'What a reader shows from now on to be known.' })
export class SessionPayload {
  @Field(() => String, {
    description: 'To be sent as "Authorization: Bearer ..." until it expires: a JSON Web Token.',
  })
  accessToken!: string;

  @Field(() => String, {
    description:
      'For `refreshSession` and `signOut`, to be kept secret. It can be used once, within 30 days.',
  })
  refreshToken!: string;

  @Field(() => DateTime, { description: 'When the access token expires.' })
  expiresAt!: Date;

  @Field(() => Member, { nullable: true, description: 'Who is signed in; null only with an error.' })
  member?: Member | null;
}
