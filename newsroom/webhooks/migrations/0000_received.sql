CREATE TABLE "webhooks"."latest" (
	"source" text PRIMARY KEY NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"is_gone" boolean NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks"."received" (
	"signature" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "latest_received_at_index" ON "webhooks"."latest" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "received_received_at_index" ON "webhooks"."received" USING btree ("received_at");