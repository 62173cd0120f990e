CREATE TABLE "articles"."profiles" (
	"article_id" uuid PRIMARY KEY NOT NULL,
	"terms" text[] NOT NULL,
	"weights" smallint[] NOT NULL,
	"title" text[] NOT NULL,
	"title_weights" smallint[] NOT NULL,
	"prints" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "articles"."spellings" (
	"key" text collate "C" NOT NULL,
	"word" text collate "C" NOT NULL,
	CONSTRAINT "spellings_key_word_pk" PRIMARY KEY("key","word")
);
--> statement-breakpoint
CREATE TABLE "articles"."vocabulary" (
	"word" text collate "C" PRIMARY KEY NOT NULL,
	"stories" integer NOT NULL
);
--> statement-breakpoint
DROP TABLE "articles"."keywords";--> statement-breakpoint
CREATE TABLE "articles"."keywords" (
	"keyword" text collate "C" NOT NULL,
	"weight" smallint NOT NULL,
	"article_id" uuid NOT NULL,
	CONSTRAINT "keywords_keyword_weight_article_id_pk" PRIMARY KEY("keyword","weight","article_id")
);
--> statement-breakpoint
ALTER TABLE "articles"."bodies" ADD COLUMN "search_form" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "bodies_to_index" ON "articles"."bodies" USING btree ("article_id") WHERE search_form < 1;--> statement-breakpoint
ALTER TABLE "articles"."articles" DROP COLUMN "keywords";