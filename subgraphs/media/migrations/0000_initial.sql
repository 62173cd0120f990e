CREATE TABLE "media"."images" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"origin_url" text,
	"file" text,
	"creator_name" text,
	"agency" text,
	"provider" text,
	"category" text NOT NULL,
	"original_credit" text,
	"copyright_notice" text,
	"usage_terms" text,
	"licence" text,
	"acquire_licence_page" text,
	"syndicatable" boolean NOT NULL,
	"embeddable" boolean NOT NULL,
	"expires" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"size_is_known" boolean NOT NULL,
	"encoding_format" text NOT NULL,
	"alt_text" text,
	"caption" text,
	"copyright_holder" text,
	"date_created" timestamp (3) with time zone,
	"location_shown" text,
	"focal_x" double precision,
	"focal_y" double precision
);
--> statement-breakpoint
CREATE TABLE "media"."outbox" (
	"position" bigserial PRIMARY KEY NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"type" text NOT NULL,
	"id" uuid NOT NULL,
	"change" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media"."videos" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"origin_url" text,
	"file" text,
	"creator_name" text,
	"agency" text,
	"provider" text,
	"category" text NOT NULL,
	"original_credit" text,
	"copyright_notice" text,
	"usage_terms" text,
	"licence" text,
	"acquire_licence_page" text,
	"syndicatable" boolean NOT NULL,
	"embeddable" boolean NOT NULL,
	"expires" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"headline" text NOT NULL,
	"description" text,
	"embed_url" text,
	"duration" text,
	"upload_date" timestamp (3) with time zone NOT NULL,
	"poster_id" uuid,
	"captions" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "outbox_type_id_index" ON "media"."outbox" USING btree ("type","id");--> statement-breakpoint
CREATE INDEX "videos_upload_date_id_index" ON "media"."videos" USING btree ("upload_date","id");