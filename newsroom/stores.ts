/** The stores that content is put into: one `Put` for each kind of content of the four subgraphs. */
import type { ArticleContent, ContributorContent, TopicContent } from '../subgraphs/articles/content.ts';
import type { AuthorContent } from '../subgraphs/authors/content.ts';
import type { ImageContent, VideoContent } from '../subgraphs/media/content.ts';
import type {
  CampaignContent,
  CommunityContent,
  MemberContent,
  NewsletterContent,
  TierContent,
} from '../subgraphs/membership/content.ts';
import type { Put } from '../subgraphs/store/putContent.ts';

export interface NewsroomStores {
  articles: {
    putSections: Put<TopicContent>;
    putTags: Put<TopicContent>;
    putContributors: Put<ContributorContent>;
    putArticles: Put<ArticleContent>;
  };
  authors: { putAuthors: Put<AuthorContent> };
  media: { putImages: Put<ImageContent>; putVideos: Put<VideoContent> };
  membership: {
    putTiers: Put<TierContent>;
    putNewsletters: Put<NewsletterContent>;
    putCampaigns: Put<CampaignContent>;
    putMembers: Put<MemberContent>;
    putCommunity: (content: CommunityContent, by: string) => Promise<void>;
  };
}
