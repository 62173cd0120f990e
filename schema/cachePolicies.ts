/** What the normalised caches of clients need to know of the graph. Made by `npm run schema`: do not edit. */
import { connection, embedded, replace } from './cacheMerge.ts';

const none = () => null;

/** The object types of each interface and union, for `possibleTypes` of Apollo Client. */
export const possibleTypes: Record<string, string[]> = {
  ContentBlock: ['CalloutBlock', 'CodeBlock', 'DividerBlock', 'EmbedBlock', 'HeadingBlock', 'ImageBlock', 'ListBlock', 'ParagraphBlock', 'PaywallBlock', 'QuoteBlock', 'RelatedStoryBlock', 'TableBlock', 'VideoBlock'],
  MediaAsset: ['Image', 'Video'],
  MediaUse: ['ImageUse', 'VideoUse'],
  Node: ['Article', 'Author', 'Feed', 'Section', 'Tag'],
  Page: ['Article', 'Gone', 'Redirect'],
};

/** For `typePolicies` of Apollo Client. */
export const typePolicies = {
  ArchiveMonth: embedded,
  Article: { fields: {
    bylines: embedded,
    tags: replace,
    body: replace,
    corrections: replace,
    related: connection(['first', 'sources']),
  } },
  ArticleAccess: embedded,
  Author: { fields: {
    articles: connection(['filter', 'first', 'last']),
    sameAs: embedded,
  } },
  Byline: embedded,
  CaptionTrack: embedded,
  Feed: { fields: {
    articles: connection(['first', 'last']),
    withdrawals: embedded,
  } },
  FocalPoint: embedded,
  Gone: embedded,
  ImageUse: embedded,
  InfoSource: embedded,
  MediaCredit: embedded,
  MediaRights: embedded,
  Member: { fields: {
    tiers: replace,
    newsletters: replace,
  } },
  MemberCount: embedded,
  Membership: { keyFields: [], fields: {
    tiers: replace,
    newsletters: replace,
  } },
  Price: embedded,
  Query: { fields: {
    nodes: replace,
    articles: connection(['filter', 'first', 'last', 'orderBy']),
    removals: connection(['first', 'last', 'removedAfter']),
    archive: embedded,
    sections: replace,
    search: connection(['filter', 'first', 'query']),
    authors: connection(['filter', 'first', 'last']),
    videos: connection(['first', 'last']),
  } },
  Redirect: embedded,
  Rendition: embedded,
  Section: { fields: {
    articles: connection(['first', 'last']),
  } },
  SessionPayload: embedded,
  SignInLinkPayload: embedded,
  SocialLink: embedded,
  Tag: { fields: {
    articles: connection(['first', 'last']),
  } },
  Tier: { fields: {
    prices: embedded,
  } },
  UsageRights: embedded,
  Video: { fields: {
    captions: embedded,
  } },
  VideoUse: embedded,
  Withdrawal: embedded,
};

/** For `keys` of urql's graphcache: types without an id are kept in the object that refers to them. */
export const keys: Record<string, () => null> = {
  ArchiveMonth: none,
  ArticleAccess: none,
  ArticleConnection: none,
  ArticleEdge: none,
  ArticleRemovalConnection: none,
  ArticleRemovalEdge: none,
  ArticleSearchConnection: none,
  ArticleSearchEdge: none,
  AuthorConnection: none,
  AuthorEdge: none,
  Byline: none,
  CaptionTrack: none,
  FocalPoint: none,
  Gone: none,
  ImageUse: none,
  InfoSource: none,
  MediaCredit: none,
  MediaRights: none,
  MemberCount: none,
  Membership: none,
  PageInfo: none,
  Price: none,
  Redirect: none,
  RelatedArticleConnection: none,
  RelatedArticleEdge: none,
  Rendition: none,
  SessionPayload: none,
  SignInLinkPayload: none,
  SocialLink: none,
  UsageRights: none,
  VideoConnection: none,
  VideoEdge: none,
  VideoUse: none,
  Withdrawal: none,
};
