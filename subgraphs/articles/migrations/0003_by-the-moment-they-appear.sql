DROP INDEX "articles"."articles_by_date_published";--> statement-breakpoint
DROP INDEX "articles"."articles_by_date_modified";--> statement-breakpoint
DROP INDEX "articles"."articles_breaking";--> statement-breakpoint
DROP INDEX "articles"."articles_by_month";--> statement-breakpoint
ALTER TABLE "articles"."keywords" RENAME COLUMN "date_published" TO "visible_from";--> statement-breakpoint
ALTER TABLE "articles"."listings" RENAME COLUMN "date_published" TO "visible_from";--> statement-breakpoint
ALTER TABLE "articles"."keywords" RENAME CONSTRAINT "keywords_keyword_date_published_article_id_pk" TO "keywords_keyword_visible_from_article_id_pk";--> statement-breakpoint
ALTER TABLE "articles"."listings" RENAME CONSTRAINT "listings_list_id_date_published_article_id_pk" TO "listings_list_id_visible_from_article_id_pk";--> statement-breakpoint
UPDATE "articles"."keywords" "k" SET "visible_from" = "a"."visible_from" FROM "articles"."articles" "a"
  WHERE "a"."id" = "k"."article_id" AND "a"."visible_from" > "k"."visible_from";--> statement-breakpoint
UPDATE "articles"."listings" "l" SET "visible_from" = "a"."visible_from" FROM "articles"."articles" "a"
  WHERE "a"."id" = "l"."article_id" AND "a"."visible_from" > "l"."visible_from";--> statement-breakpoint
ALTER TABLE "articles"."articles" ADD COLUMN "open_media_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "articles"."articles" ADD COLUMN "gated_media_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
-- Where a gated story has no mark, what of its body is free is not told here: the next writing of the story tells.
WITH "placed" AS (
  SELECT "b"."article_id", lower(coalesce("e"."block" ->> 'imageId', "e"."block" ->> 'videoId')) AS "media_id",
    "s"."visibility" = 'PUBLIC' OR "e"."place" < (
      SELECT min("m"."place") FROM jsonb_array_elements("b"."blocks") WITH ORDINALITY AS "m"("block", "place")
      WHERE "m"."block" ->> 'kind' = 'paywall') AS "is_open"
  FROM "articles"."bodies" "b"
  JOIN "articles"."articles" "s" ON "s"."id" = "b"."article_id"
  CROSS JOIN LATERAL jsonb_array_elements("b"."blocks") WITH ORDINALITY AS "e"("block", "place")
  WHERE "e"."block" ->> 'kind' IN ('image', 'video')
  UNION ALL
  SELECT "id", lower("lead_media" ->> 'id'), true FROM "articles"."articles" WHERE "lead_media" ->> 'id' IS NOT NULL
), "used" AS MATERIALIZED (
  SELECT "article_id", "media_id", bool_or(coalesce("is_open", false)) AS "is_open" FROM "placed"
  WHERE "media_id" ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' GROUP BY 1, 2
)
UPDATE "articles"."articles" "a" SET
  "open_media_ids" = ARRAY(SELECT "u"."media_id"::uuid FROM "used" "u" WHERE "u"."article_id" = "a"."id" AND "u"."is_open"),
  "gated_media_ids" = ARRAY(SELECT "u"."media_id"::uuid FROM "used" "u" WHERE "u"."article_id" = "a"."id" AND NOT "u"."is_open")
WHERE "a"."id" IN (SELECT "article_id" FROM "used");--> statement-breakpoint
CREATE INDEX "articles_by_visible_from" ON "articles"."articles" USING btree ("visible_from","id") WHERE pub_status = 'USABLE';--> statement-breakpoint
CREATE INDEX "articles_by_last_change" ON "articles"."articles" USING btree (greatest(date_modified, visible_from),"id") WHERE pub_status = 'USABLE';--> statement-breakpoint
CREATE INDEX "articles_breaking_by_visible_from" ON "articles"."articles" USING btree ("visible_from","id") WHERE breaking and pub_status = 'USABLE';--> statement-breakpoint
CREATE INDEX "articles_by_visible_month" ON "articles"."articles" USING btree (date_trunc('month', visible_from at time zone 'UTC'),"date_modified","visible_from") WHERE pub_status = 'USABLE';
