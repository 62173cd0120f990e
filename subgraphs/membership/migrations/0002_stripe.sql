CREATE TABLE "membership"."stripe_customers" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text,
	"email_order" text DEFAULT '' NOT NULL,
	"changed_email" text,
	"changed_email_order" text DEFAULT '' NOT NULL,
	"name" text,
	"is_deleted" boolean DEFAULT false NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"member_id" uuid,
	"is_own" boolean DEFAULT false NOT NULL,
	"has_made" boolean DEFAULT false NOT NULL,
	"tier_ids" uuid[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."stripe_events" (
	"id" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."stripe_subscriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"status" text NOT NULL,
	"status_order" text NOT NULL,
	"tiers" jsonb NOT NULL,
	"tiers_order" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "stripe_customers_member_id_index" ON "membership"."stripe_customers" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "stripe_events_received_at_index" ON "membership"."stripe_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "stripe_subscriptions_customer_id_index" ON "membership"."stripe_subscriptions" USING btree ("customer_id");