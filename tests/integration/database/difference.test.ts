import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { inRoot } from "@/lib/launcher/paths.mjs";
import { differenceScript } from "@/prisma/tools/difference";

const ownerUrl = () => process.env.DATABASE_OWNER_URL ?? "";

describe("the next migration", () => {
  it("is empty: the migrations say what the schema says", async () => {
    expect(await differenceScript(ownerUrl(), inRoot("prisma", "schema"))).toBe("");
  });

  it("is what the schema has more", async () => {
    const schema = mkdtempSync(join(tmpdir(), "schema-"));
    onTestFinished(() => rmSync(schema, { recursive: true }));
    cpSync(inRoot("prisma", "schema"), schema, { recursive: true });
    appendFileSync(
      join(schema, "main.prisma"),
      '\nmodel Extra {\n  id String @id @db.Uuid\n  @@map("extra")\n}\n',
    );
    const script = await differenceScript(ownerUrl(), schema);
    expect(script).toContain('CREATE TABLE "extra"');
    // Constraints that Prisma has no word for are left alone.
    expect(script).not.toMatch(/DROP|ALTER/);
  });
});
