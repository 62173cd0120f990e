CREATE TABLE "media"."earlier_versions" (
	"image_id" uuid NOT NULL,
	"version" text NOT NULL,
	CONSTRAINT "earlier_versions_image_id_version_pk" PRIMARY KEY("image_id","version")
);
--> statement-breakpoint
CREATE TABLE "media"."followed" (
	"source" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media"."uses" (
	"media_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"visible_from" timestamp (3) with time zone NOT NULL,
	"is_open" boolean NOT NULL,
	CONSTRAINT "uses_media_id_user_id_pk" PRIMARY KEY("media_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "media"."images" ADD COLUMN "visible_from" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "media"."videos" ADD COLUMN "visible_from" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "uses_user_id_index" ON "media"."uses" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "videos_poster_id_index" ON "media"."videos" USING btree ("poster_id");--> statement-breakpoint
CREATE INDEX "videos_file_index" ON "media"."videos" USING btree ("file");--> statement-breakpoint
CREATE INDEX "videos_captions" ON "media"."videos" USING gin ("captions");--> statement-breakpoint
CREATE FUNCTION "media"."keep_earlier_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "media"."earlier_versions" VALUES (old.id, old.version) ON CONFLICT DO NOTHING;
  RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER "keep_earlier_version" AFTER UPDATE ON "media"."images" FOR EACH ROW
  WHEN (old.version IS DISTINCT FROM new.version) EXECUTE FUNCTION "media"."keep_earlier_version"();
