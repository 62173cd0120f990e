CREATE TABLE "membership"."sessions" (
	"family_hash" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"previous_hash" text,
	"member_id" uuid NOT NULL,
	"renewed_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."sign_in_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."tallies" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "membership"."members" ADD COLUMN "standing_changed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "sessions_member_id_index" ON "membership"."sessions" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at_index" ON "membership"."sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_in_links_expires_at_index" ON "membership"."sign_in_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "tallies_ends_at_index" ON "membership"."tallies" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "members_standing_changed_at_index" ON "membership"."members" USING btree ("standing_changed_at");