CREATE TABLE "push"."deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"target" uuid,
	"host" text NOT NULL,
	"intent" jsonb,
	"event" text,
	"story_id" uuid,
	"slug" text,
	"at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"is_taken" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"last_status" integer,
	"log" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "push"."following" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"position" bigint NOT NULL,
	"silent_until" bigint NOT NULL,
	"step" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push"."stories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"is_visible" boolean NOT NULL,
	"feeds" text[] NOT NULL,
	"appears_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "push"."subscriptions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"topic" text NOT NULL,
	"callback" text NOT NULL,
	"host" text NOT NULL,
	"secret" text,
	"lease_ends_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push"."webhooks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"partner" text NOT NULL,
	"url" text NOT NULL,
	"host" text NOT NULL,
	"secret" text NOT NULL,
	"events" text[] NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "push"."deliveries" USING btree ("host","next_attempt_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "deliveries_target_at_index" ON "push"."deliveries" USING btree ("target","at");--> statement-breakpoint
CREATE INDEX "deliveries_ended_at_index" ON "push"."deliveries" USING btree ("ended_at");--> statement-breakpoint
CREATE INDEX "stories_appears_at_index" ON "push"."stories" USING btree ("appears_at") WHERE appears_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_topic_callback_index" ON "push"."subscriptions" USING btree ("topic","callback");--> statement-breakpoint
CREATE INDEX "subscriptions_host_index" ON "push"."subscriptions" USING btree ("host");--> statement-breakpoint
CREATE INDEX "subscriptions_lease_ends_at_index" ON "push"."subscriptions" USING btree ("lease_ends_at");