CREATE TABLE "partners"."keys" (
	"prefix" text PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "partners"."partners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"origins" text[] NOT NULL,
	"rights" jsonb NOT NULL,
	"may_explore" boolean NOT NULL,
	"quota" bigint,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "partners"."keys" ADD CONSTRAINT "keys_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "partners"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "keys_partner_id_index" ON "partners"."keys" USING btree ("partner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "partners_name_index" ON "partners"."partners" USING btree ("name");