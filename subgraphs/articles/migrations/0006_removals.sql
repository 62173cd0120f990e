ALTER TABLE "articles"."articles" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "articles_removed" ON "articles"."articles" USING btree ("removed_at","id") WHERE removed_at is not null;--> statement-breakpoint
UPDATE "articles"."articles" SET "removed_at" = "withdrawn_at"
  WHERE pub_status = 'CANCELED' AND "visible_from" <= "withdrawn_at";
