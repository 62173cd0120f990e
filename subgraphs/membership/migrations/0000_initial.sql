CREATE TABLE "membership"."campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"goal" integer NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"call_to_action" text NOT NULL,
	"url" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."community" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"thank_you_message" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."member_counts" (
	"id" integer PRIMARY KEY NOT NULL,
	"total" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"name" text,
	"status" text NOT NULL,
	"tier_ids" uuid[] NOT NULL,
	"newsletter_ids" uuid[] NOT NULL,
	"stripe_customer_id" text,
	"labels" text[] NOT NULL,
	"note" text,
	"member_since" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "membership"."newsletters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text
);
--> statement-breakpoint
CREATE TABLE "membership"."outbox" (
	"position" bigserial PRIMARY KEY NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"type" text NOT NULL,
	"id" uuid NOT NULL,
	"change" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."tiers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"type" text NOT NULL,
	"prices" jsonb NOT NULL,
	"trial_days" integer NOT NULL,
	"benefits" text[] NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_slug_index" ON "membership"."campaigns" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "members_email_key_index" ON "membership"."members" USING btree ("email_key");--> statement-breakpoint
CREATE UNIQUE INDEX "newsletters_slug_index" ON "membership"."newsletters" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "outbox_type_id_index" ON "membership"."outbox" USING btree ("type","id");--> statement-breakpoint
CREATE UNIQUE INDEX "tiers_slug_index" ON "membership"."tiers" USING btree ("slug");