CREATE TABLE "articles"."articles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"slug" text NOT NULL,
	"headline" text NOT NULL,
	"alternative_headline" text,
	"kicker" text,
	"standfirst" text,
	"abstract" text,
	"dateline" text,
	"genre" text NOT NULL,
	"section_id" uuid NOT NULL,
	"tag_ids" uuid[] NOT NULL,
	"author_ids" uuid[] NOT NULL,
	"bylines" jsonb NOT NULL,
	"in_language" text NOT NULL,
	"date_first_published" timestamp (3) with time zone,
	"date_published" timestamp (3) with time zone,
	"date_modified" timestamp (3) with time zone NOT NULL,
	"embargoed_until" timestamp (3) with time zone,
	"visible_from" timestamp (3) with time zone,
	"pub_status" text NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_reason" text,
	"urgency" smallint,
	"breaking" boolean NOT NULL,
	"word_count" integer NOT NULL,
	"reading_time_minutes" integer NOT NULL,
	"visibility" text NOT NULL,
	"required_tier_ids" uuid[] NOT NULL,
	"lead_media" jsonb,
	"corrections" jsonb NOT NULL,
	"related_slugs" text[] NOT NULL,
	"keywords" text[] NOT NULL,
	"source" jsonb,
	"copyright_notice" text,
	"usage_terms" text,
	"usage_rights" jsonb,
	"canonical_url" text
);
--> statement-breakpoint
CREATE TABLE "articles"."bodies" (
	"article_id" uuid PRIMARY KEY NOT NULL,
	"blocks" jsonb NOT NULL,
	"free_text" text NOT NULL,
	"search" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "articles"."keywords" (
	"keyword" text NOT NULL,
	"date_published" timestamp (3) with time zone NOT NULL,
	"article_id" uuid NOT NULL,
	CONSTRAINT "keywords_keyword_date_published_article_id_pk" PRIMARY KEY("keyword","date_published","article_id")
);
--> statement-breakpoint
CREATE TABLE "articles"."links" (
	"article_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"slug" text NOT NULL,
	CONSTRAINT "links_article_id_position_pk" PRIMARY KEY("article_id","position")
);
--> statement-breakpoint
CREATE TABLE "articles"."listings" (
	"list_id" uuid NOT NULL,
	"date_published" timestamp (3) with time zone NOT NULL,
	"article_id" uuid NOT NULL,
	CONSTRAINT "listings_list_id_date_published_article_id_pk" PRIMARY KEY("list_id","date_published","article_id")
);
--> statement-breakpoint
CREATE TABLE "articles"."lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"content_hash" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text
);
--> statement-breakpoint
CREATE TABLE "articles"."outbox" (
	"position" bigserial PRIMARY KEY NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"type" text NOT NULL,
	"id" uuid NOT NULL,
	"change" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "articles"."slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"article_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "articles_slug_index" ON "articles"."articles" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "articles_by_date_published" ON "articles"."articles" USING btree ("date_published","id") WHERE pub_status = 'USABLE';--> statement-breakpoint
CREATE INDEX "articles_by_date_modified" ON "articles"."articles" USING btree ("date_modified","id") WHERE pub_status = 'USABLE';--> statement-breakpoint
CREATE INDEX "articles_breaking" ON "articles"."articles" USING btree ("date_published","id") WHERE breaking and pub_status = 'USABLE';--> statement-breakpoint
CREATE INDEX "bodies_search" ON "articles"."bodies" USING gin ("search");--> statement-breakpoint
CREATE UNIQUE INDEX "lists_kind_slug_index" ON "articles"."lists" USING btree ("kind","slug");--> statement-breakpoint
CREATE INDEX "outbox_type_id_index" ON "articles"."outbox" USING btree ("type","id");