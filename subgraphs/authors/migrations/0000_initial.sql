CREATE TABLE "authors"."authors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"given_name" text,
	"family_name" text,
	"job_title" text,
	"desk" text,
	"bio" text,
	"long_bio" text,
	"avatar_id" uuid,
	"location" text,
	"knows_about" text[] NOT NULL,
	"knows_language" text[] NOT NULL,
	"same_as" jsonb NOT NULL,
	"email" text,
	"is_staff" boolean NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authors"."outbox" (
	"position" bigserial PRIMARY KEY NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"type" text NOT NULL,
	"id" uuid NOT NULL,
	"change" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "authors_slug_index" ON "authors"."authors" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "authors_name_id_index" ON "authors"."authors" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "outbox_type_id_index" ON "authors"."outbox" USING btree ("type","id");